"""What an exported table is, and where it says what.

* Canvas, gradebook export: `Student` (or `LastName`, `FirstName`), `ID`, `SIS User ID`,
  `SIS Login ID`, `Section`, assignments as `Title (12345)`; then a row `Points Possible`, in which
  columns that Canvas computes say `(read only)`, and before it perhaps one that says which are
  posted by hand.
* Moodle, grading worksheet of an assignment: `Identifier` (`Participant 12345`), `Full name`,
  whatever identity fields the site shows, `Status`, `Grade`, `Maximum Grade`.
* Moodle, gradebook export: `First name`, `Last name`, `ID number`, grades as `... (Real)`; a full
  mark stands nowhere.
* Any other table with a column `id`, for the column that is named.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lrquiz.errors import ExportError
from lrquiz.export.table.cells import Row, Table
from lrquiz.model.course import folded

_POINTS_POSSIBLE = "points possible"


class Platform(StrEnum):
    """Where a table comes from."""

    CANVAS = "Canvas"
    MOODLE = "Moodle"
    OTHER = "table"


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is laid out."""

    platform: Platform
    titles: tuple[str, ...]
    students: tuple[Row, ...]
    limits: Row | None
    """the row of points possible, where there is one"""
    maximum_place: int | None = None
    """position of the column that says what a full mark is, where there is one"""

    def place(self, *names: str) -> int | None:
        """Return the position of the first column that has one of these headings."""
        known = [folded(title) for title in self.titles]
        return next((known.index(name) for name in names if name in known), None)


def layout_of(table: Table, name: str) -> Layout:
    """Return how a table is laid out.

    Raises:
        ExportError: it is no table of students.
    """
    header, *rows = table.rows
    titles = tuple(cell.text.strip() for cell in header.cells)
    known = {folded(title) for title in titles}
    if "id" in known and ("student" in known or {"lastname", "firstname"} <= known):
        limits = next((row for row in rows if _is_limits(row)), None)
        below = rows if limits is None else rows[rows.index(limits) + 1 :]
        return Layout(Platform.CANVAS, titles, tuple(below), limits)
    place = next((n for n, each in enumerate(titles) if folded(each) == "maximum grade"), None)
    if {"identifier", "first name", "id number"} & known:
        return Layout(Platform.MOODLE, titles, tuple(rows), None, place)
    if {"id", "username", "email address"} & known:
        return Layout(Platform.OTHER, titles, tuple(rows), None, place)
    message = (
        f"{name}: is no table of students: no column is called ID, Identifier or First name; give "
        "the gradebook that Canvas exported, or Moodle's grading worksheet"
    )
    raise ExportError(message)


def _is_limits(row: Row) -> bool:
    return folded(row.text(0)).startswith(_POINTS_POSSIBLE)
