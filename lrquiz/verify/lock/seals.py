"""Seals of a bank's lock: digests that no longer fit when a part of it was changed.

They are not meant as security: whoever can write the lock can compute them. They catch accidents,
merges and casual edits.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from lrquiz.evidence.store import digest
from lrquiz.model.proof import Lines

if TYPE_CHECKING:
    from lrquiz.verify.lock.entries import LockedVariant


def digest_of_curves(quantity: str, lines: Mapping[str, Lines]) -> str:
    """Return the digest of what is drawn of a variant: which arm has which lines of what."""
    return digest({"quantity": quantity, "lines": {arm: _numbers(lines[arm]) for arm in lines}})


def seal_of(item: str, variant: str, entry: LockedVariant) -> str:
    """Return the digest of an entry and its place: of all that it holds but its seal.

    So it covers inputs, the names of options and premises with their counts, what was measured and
    the digest of the curves, and also what is said of them: verdicts, key and rejection.
    """
    return digest({"item": item, "variant": variant, "entry": _dumped(entry)})


def _dumped(entry: LockedVariant) -> dict[str, Any]:
    kind: Any = type(entry)
    values: dict[str, Any] = _adapter(kind).dump_python(entry, mode="json")
    left_out = {"seal"} if entry.orders else {"seal", "orders"}  # older locks know no orders
    return {name: value for name, value in values.items() if name not in left_out}


@functools.cache
def _adapter(kind: Any) -> TypeAdapter[LockedVariant]:  # noqa: ANN401 - a type, as a key
    """Return what dumps entries; made once, since a lock has thousands of them."""
    return TypeAdapter(kind)


def _numbers(lines: Lines) -> list[list[float | None]]:
    return [[None if each is None else float(each) for each in line] for line in lines]
