"""A bank's lock on disk: verdicts in one file that a diff can show, curves in one file per item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import BankError
from lrquiz.resources.files import explained, make_folder, write_text
from lrquiz.verify.lock.entries import Curves, Lock, LockedCurves
from lrquiz.verify.lock.seals import seal_of

LOCK_FILE, CURVES_FOLDER = "verdicts.lock.json", "curves"

T = TypeVar("T")

_LOCK = TypeAdapter(Lock)
_CURVES = TypeAdapter(dict[str, LockedCurves])
_LOCK_SCHEMA, _CURVES_SCHEMA, _VERSION = "lrquiz/lock", "lrquiz/curves", 1


def lock_path(bank: Path) -> Path:
    """Return where the lock of a bank is, or would be."""
    return bank / LOCK_FILE


def remedy(bank: Path) -> str:
    """Return the command that writes a bank's lock."""
    return f"lrquiz bank lock --bank {bank}"


def read_lock(bank: Path) -> Lock | None:
    """Return the lock of a bank, or None where it has none.

    Raises:
        BankError: the file is damaged or of another version, or an entry does not fit its seal.
    """
    data = _read(lock_path(bank), _LOCK_SCHEMA, bank)
    if data is None:
        return None
    lock = _checked(_LOCK, data, lock_path(bank), bank)
    _refuse_broken_seals(lock, bank)
    return lock


def read_curves(bank: Path, item: str) -> dict[str, LockedCurves]:
    """Return what is drawn of an item, by variant; nothing where no such file is.

    Raises:
        BankError: the file is damaged or of another version.
    """
    path = curves_path(bank, item)
    data = _read(path, _CURVES_SCHEMA, bank)
    return {} if data is None else _checked(_CURVES, data.get("variants"), path, bank)


def write_lock(bank: Path, lock: Lock, curves: Curves) -> None:
    """Write all curves, then the lock, each in one step; curves of items that left go last.

    Whenever it ends early, what is read back of any variant is its old entry, its new one or none.

    Raises:
        OutputError: the bank cannot be written.
    """
    make_folder(bank / CURVES_FOLDER)
    for item, variants in curves.items():
        values = {"variants": _CURVES.dump_python(dict(variants), mode="json")}
        write_text(curves_path(bank, item), _document(_CURVES_SCHEMA, values))
    values = _LOCK.dump_python(lock, mode="json", exclude_defaults=True)
    write_text(lock_path(bank), _document(_LOCK_SCHEMA, values))
    for path in left_over_curves(bank, lock):
        with explained(path):
            path.unlink()


def left_over_curves(bank: Path, lock: Lock) -> list[Path]:
    """Return the files of curves whose items are not locked."""
    return [
        path
        for path in sorted((bank / CURVES_FOLDER).glob("*.json"))
        if path.stem not in lock.items and _is_curves(path)
    ]


def curves_path(bank: Path, item: str) -> Path:
    """Return where the curves of an item are, or would be."""
    return bank / CURVES_FOLDER / f"{item}.json"


def _read(path: Path, schema: str, bank: Path) -> dict[str, Any] | None:
    """Return the JSON document at `path`, or None where there is no file."""
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise BankError(message) from error
    except (ValueError, RecursionError) as error:
        raise damaged(path, bank, "it is not JSON") from error
    if not isinstance(data, dict) or (data.get("schema"), data.get("version")) != (
        schema,
        _VERSION,
    ):
        raise damaged(path, bank, f"it is not {schema} version {_VERSION}")
    return data


def _checked(adapter: TypeAdapter[T], data: object, path: Path, bank: Path) -> T:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise damaged(path, bank, f"{place} {first['msg'].lower()}") from error


def _refuse_broken_seals(lock: Lock, bank: Path) -> None:
    """Refuse entries that were changed since they were written; old ones without seals are stale.

    Raises:
        BankError: an entry does not fit its seal.
    """
    for item, variants in lock.items.items():
        for name, entry in variants.items():
            if entry.seal and entry.seal != seal_of(item, name, entry):
                reason = f"{' '.join(filter(None, [item, name]))} does not fit its seal"
                raise damaged(lock_path(bank), bank, f"{reason}: it was edited or merged")


def damaged(path: Path, bank: Path, reason: str) -> BankError:
    """Return the error to raise for a file of the lock that cannot be used."""
    return BankError(f"{path}: the lock is damaged: {reason}; write it again: {remedy(bank)}")


def _is_curves(path: Path) -> bool:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("schema") == _CURVES_SCHEMA


def _document(schema: str, values: Mapping[str, Any]) -> str:
    return _laid_out({"schema": schema, "version": _VERSION, **values}) + "\n"


def _laid_out(value: object, indent: str = "") -> str:
    """Return JSON with one line for whatever holds nothing but plain values."""
    parts = value.values() if isinstance(value, dict) else value
    if not isinstance(parts, Iterable) or not any(isinstance(each, dict | list) for each in parts):
        return json.dumps(value, allow_nan=False, ensure_ascii=False)
    deeper = indent + " "
    if isinstance(value, dict):
        lines = [
            f"{json.dumps(name, ensure_ascii=False)}: {_laid_out(each, deeper)}"
            for name, each in value.items()
        ]
        return f"{{\n{deeper}" + f",\n{deeper}".join(lines) + f"\n{indent}}}"
    lines = [_laid_out(each, deeper) for each in parts]
    return f"[\n{deeper}" + f",\n{deeper}".join(lines) + f"\n{indent}]"
