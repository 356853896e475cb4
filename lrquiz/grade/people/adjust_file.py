"""Read a table of people's marks: as `lrquiz todo` writes it, or as a spreadsheet saves it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import AdjustmentError, RosterError
from lrquiz.grade.course.table import Row, rows_of, text_of
from lrquiz.grade.people.cells import active
from lrquiz.model.course import folded

COLUMNS = (
    *("student", "work", "item or check", "points", "comment", "reason", "by"),
    *("what", "worth", "context", "response", "submission", "file"),
)
"""of the table that `lrquiz todo` writes; those that say what is marked are not read back"""
_PART = ("item or check", "item", "check", "part")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "student": ("student", "id"),
    "work": ("work", "task", "quiz"),
    "part": _PART,
    **{name: (name,) for name in ("points", "comment", "reason", "by", "submission", "file")},
}


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One row of a table of marks, as it was written."""

    line: int
    student: str = ""
    work: str = ""
    part: str = ""
    points: str = ""
    comment: str = ""
    reason: str = ""
    by: str = ""
    submission: str = ""
    file: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody has marked it yet."""
        return not (self.points or self.comment)


def read_marks(path: Path) -> tuple[MarkRow, ...]:
    """Return the rows of a table of marks.

    Commas, semicolons or tabs separate its cells; a byte order mark is welcome.

    Raises:
        AdjustmentError: it cannot be read, or its first line does not name the columns.
    """
    try:
        return parse_marks(text_of(path), str(path))
    except RosterError as error:
        raise AdjustmentError(str(error)) from error


def parse_marks(text: str, path: str) -> tuple[MarkRow, ...]:
    """Return the rows in `text`, as `read_marks` does.

    Raises:
        AdjustmentError: see there.
    """
    try:
        rows = [row for row in rows_of(text) if any(cell.strip() for cell in row.cells)]
    except csv.Error as error:
        raise AdjustmentError(f"{path}: is no table of values: {error}") from error
    if not rows:
        message = f"{path}: is empty; its first line names the columns: {','.join(COLUMNS[:7])}"
        raise AdjustmentError(message)
    places = _places(rows[0], path)
    return tuple(
        MarkRow(row.line, **{name: active(row.get(place)) for name, place in places.items()})
        for row in rows[1:]
    )


def _places(header: Row, path: str) -> dict[str, int]:
    """Return where each column stands."""
    titles = [folded(each) for each in header.cells]
    found: dict[str, int] = {}
    for name, spellings in _NAMES.items():
        held = [place for place, title in enumerate(titles) if title in spellings]
        if len(held) > 1:
            twins = " and ".join(repr(header.cells[place].strip()) for place in held)
            message = f"{path}:{header.line}: {twins} are one column twice; keep one of them"
            raise AdjustmentError(message)
        found.update(dict.fromkeys([name], held[0]) if held else {})
    if missing := [name for name in ("student", "points") if name not in found]:
        message = (
            f"{path}:{header.line}: no column is called {' or '.join(missing)}; the first line "
            f"names the columns: {','.join(COLUMNS[:7])}"
        )
        raise AdjustmentError(message)
    return found
