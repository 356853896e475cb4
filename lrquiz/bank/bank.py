"""A bank: a folder of item files, blueprints and tasks."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lrquiz.bank.items import load_item
from lrquiz.bank.schema import BlueprintFile
from lrquiz.bank.seeds import SEEDS_FILE
from lrquiz.bank.tomlfile import parse, read, refuse
from lrquiz.bank.translations import is_translation
from lrquiz.errors import BankError, BlueprintError, ItemError
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import Item

_NO_ITEMS = frozenset({"blueprints", "pipelines", "tasks"})
"""folders of a bank whose TOML files are no items"""


@dataclass(frozen=True, slots=True)
class Bank:
    """Every item of a bank, in order of their ids, and every file that could not be read."""

    folder: Path
    items: tuple[Item, ...]
    broken: Mapping[Path, ItemError]
    """why files could not be read, by file"""

    def select(self, names: Sequence[str]) -> tuple[Item, ...]:
        """Return the items of these ids; all of them when none is named.

        Raises:
            BankError: an id names no item.
            ItemError: a wanted file could not be read; the message lists every fault.
        """
        by_id = {item.id: item for item in self.items}
        wrong = [str(e) for path, e in self.broken.items() if not names or path.stem in names]
        if wrong:
            raise ItemError("\n".join(wrong))
        for name in names:
            if name not in by_id:
                raise BankError(f"{self.folder}: {no_item(name, by_id)}")
        return tuple(by_id[name] for name in names) if names else self.items


def no_item(name: str, known: Iterable[str]) -> str:
    """Return the sentence that no item has an id, and which id is near."""
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else "see: lrquiz bank list"
    return f"there is no item {name!r}; {hint}"


def load_bank(folder: Path, *, allow_local: bool = False) -> Bank:
    """Read every item file under `folder/items` (or `folder` itself, if it has no such folder).

    Files with faults are collected in `broken`, so that one of them hides no other. For
    `allow_local` see `load_item`.

    Raises:
        BankError: the folder is missing or holds no item file, or two files share an id.
    """
    if not folder.is_dir():
        message = f"{folder}: there is no such bank folder"
        raise BankError(message)
    items, broken = [], {}
    for path in _item_files(folder):
        try:
            items.append(load_item(path, allow_local=allow_local))
        except ItemError as error:
            broken[path] = error
    broken |= {path: _orphan(path) for path in _orphans(folder)}
    _refuse_twins(items)
    return Bank(folder, tuple(sorted(items, key=lambda item: item.id)), broken)


def load_blueprint(path: Path) -> Blueprint:
    """Read a blueprint file.

    Raises:
        BlueprintError: it is missing or has faults; the message lists all of them.
    """
    data, text = read(path, BlueprintError)
    file, wrong = parse(BlueprintFile, data)
    refuse(text, wrong, BlueprintError)
    assert file is not None, "without faults there is a model"
    picks = (
        Pick(each.count, tuple(each.items), each.objective, each.difficulty, each.points)
        for each in file.pick
    )
    return Blueprint(file.title, tuple(picks), file.minutes)


def load_objectives(folder: Path) -> dict[str, str]:
    """Return the bank's learning objectives: id to text; empty when the bank lists none.

    Raises:
        BankError: the file is not valid TOML.
    """
    path = folder / "objectives.toml"
    if not path.is_file():
        return {}
    try:
        return {name: str(text) for name, text in tomllib.loads(path.read_text()).items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: not valid TOML: {error}"
        raise BankError(message) from error


def has_items(folder: Path) -> bool:
    """Say whether there is any item file in a bank folder, which may be missing."""
    return bool(_toml_files(folder))


def _toml_files(folder: Path) -> list[Path]:
    inner = folder / "items"
    files = sorted((inner if inner.is_dir() else folder).rglob("*.toml"))
    names = {"objectives.toml", SEEDS_FILE}
    files = [path for path in files if path.name not in names and not is_translation(path)]
    return [path for path in files if not _NO_ITEMS & set(path.relative_to(folder).parts[:-1])]


def _item_files(folder: Path) -> list[Path]:
    files = _toml_files(folder)
    if not files:
        message = f"{folder}: the bank is empty; items are files items/<topic>/<id>.toml"
        raise BankError(message)
    return files


def _orphans(folder: Path) -> Iterator[Path]:
    """Yield the translations of items that are not there."""
    for path in sorted(folder.rglob("*.*.toml")):
        if is_translation(path) and not _original(path).exists():
            yield path


def _original(path: Path) -> Path:
    return path.with_name(f"{path.stem.partition('.')[0]}.toml")


def _orphan(path: Path) -> ItemError:
    return ItemError(f"{path}: this translates {_original(path).name}, which is not beside it")


def _refuse_twins(items: Sequence[Item]) -> None:
    seen: dict[str, Item] = {}
    for item in items:
        if item.id in seen:
            message = f"{item.path}: its id is already taken by {seen[item.id].path}"
            raise BankError(message)
        seen[item.id] = item
