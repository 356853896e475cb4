"""What became of the pages a bank grew from: one row for each of their statements."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from lrquiz.bank.schema import Slug, Strict, Words
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import BankError

SEEDS_FILE = "seeds.toml"

RowId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]*(-[A-Z][0-9*]+)?$")]

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]|\.\d)")
_ALWAYS = frozenset({"0", "1"})  # where counting and grey values start and end


class SeedRow(Strict):
    """One statement, question or contradiction of the pages."""

    id: RowId
    source: Annotated[list[Words], Field(min_length=1)]
    """the files of the pages"""
    says: Words
    """what they say, in short; numbers are their own"""
    made: Words
    """what became of it; a number in it is one that the pages say"""
    items: list[Slug] = Field(default_factory=list)
    pipelines: list[Slug] = Field(default_factory=list)
    open: Words | None = None
    """what is not yet rebuilt"""


class SeedFile(Strict):
    """All rows, in the order in which they are shown."""

    row: Annotated[list[SeedRow], Field(min_length=1)]


def load_seeds(
    bank: Path, items: Collection[str], pipelines: Collection[str]
) -> tuple[SeedRow, ...]:
    """Read the rows of a bank's pages.

    Args:
        bank: its folder.
        items: ids of the items that a row may name.
        pipelines: ids of the pipelines that a row may name.

    Raises:
        BankError: there is no such file, or it has faults; the message lists all of them, each with
            its line.
    """
    data, text = read(bank / SEEDS_FILE, BankError)
    file, wrong = parse(SeedFile, data)
    refuse(text, wrong, BankError)
    assert file is not None, "without faults there is a model"
    rows = tuple(file.row)
    named = _references(rows, "items", "item", items)
    drawn = _references(rows, "pipelines", "pipeline", pipelines)
    refuse(text, [*_twins(rows), *_empty(rows), *_typed(rows), *named, *drawn], BankError)
    return rows


def seed_faults(bank: Path, items: Collection[str], pipelines: Collection[str]) -> list[str]:
    """Return what is wrong with a bank's rows, a line each; a bank without any is fine."""
    if not (bank / SEEDS_FILE).is_file():
        return []
    try:
        load_seeds(bank, items, pipelines)
    except BankError as error:
        return str(error).split("\n")
    return []


def _twins(rows: tuple[SeedRow, ...]) -> Iterator[Fault]:
    first: set[str] = set()
    for index, row in enumerate(rows):
        if row.id in first:
            message = f"there is another row {row.id!r} above; keep one of them"
            yield Fault(("row", index, "id"), message)
        first.add(row.id)


def _empty(rows: tuple[SeedRow, ...]) -> Iterator[Fault]:
    for index, row in enumerate(rows):
        if not (row.items or row.pipelines or row.open):
            message = "a row names items or pipelines, or says with  open = ...  what is missing"
            yield Fault(("row", index), message)


def _typed(rows: tuple[SeedRow, ...]) -> Iterator[Fault]:
    """Find numbers that nobody measured: only what the page itself says may be typed."""
    for index, row in enumerate(rows):
        quoted = set(_NUMBER.findall(row.says)) | _ALWAYS
        for name, text in (("made", row.made), ("open", row.open or "")):
            for number in sorted(set(_NUMBER.findall(text)) - quoted):
                message = (
                    f"the number {number} is not what the page says, and one typed here is not "
                    "measured; leave it to the items"
                )
                yield Fault(("row", index, name), message)


def _references(
    rows: tuple[SeedRow, ...], field: str, kind: str, known: Collection[str]
) -> Iterator[Fault]:
    for index, row in enumerate(rows):
        for name, count in Counter(getattr(row, field)).items():
            if name not in known:
                message = f"there is no {kind} {name!r} in the bank"
                yield Fault(("row", index, field), message)
            if count > 1:
                yield Fault(("row", index, field), f"the {kind} {name!r} is named twice")
