"""Put marks into a column: who gets which number, and of everybody else, why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lrquiz.errors import ExportError
from lrquiz.export.table.cells import Cell, Table, read_table
from lrquiz.export.table.columns import Column, column_of
from lrquiz.export.table.layout import Layout, layout_of
from lrquiz.export.table.students import Owner, known_students, owners
from lrquiz.export.table.wish import Filled, Line, Wish
from lrquiz.model.mark import Mark

_KEPT = ("ex", "n/a")
"""what Canvas writes for those who are excused, or to whom nothing was assigned"""
_DECIMALS = 5
"""as many as Moodle keeps; Canvas rounds to two"""


@dataclass
class _Desk:
    """Where the answers are gathered."""

    changes: list[tuple[Cell, str]] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)
    missing: list[Line] = field(default_factory=list)
    left: list[Line] = field(default_factory=list)
    unmatched: list[Line] = field(default_factory=list)

    def write(self, cell: Cell, text: str, student: str) -> None:
        """Note what a student's cell is to say; one that says it already is not touched."""
        self.filled[student] = text
        if cell.text != text:
            self.changes.append((cell, text))


def fill(content: bytes, wish: Wish, name: str) -> Filled:
    """Return an exported table with marks in one column and every other byte as it was.

    Args:
        content: the file that Canvas or Moodle exported.
        wish: marks, and how they are to be written.
        name: of the file, for errors.

    Raises:
        ExportError: it is no such file, the column is not certain, or a full mark is another there.
    """
    table = read_table(content, name)
    layout = layout_of(table, name)
    column = column_of(layout, wish.column, wish.work, name)
    factor = _factor(wish, column, name)
    marks = {mark.student: mark for mark in wish.marks}
    known = known_students(wish.roster, marks, wish.places, layout.platform)
    rows = owners(layout, known)
    desk = _Desk()
    reached = {row.student for row in rows}
    strays = [mark for mark in wish.marks if mark.student not in reached]
    for row in rows:
        _fill_row(row, column, factor, marks, desk)
    _fill_missing(_nameless(wish, desk, strays), column, wish, desk, rows)
    return _filled(table, layout, column, desk, strays)


def _factor(wish: Wish, column: Column, name: str) -> float:
    """Return what scores are multiplied with; refuse where a full mark is another in the table."""
    points = {mark.points for mark in wish.marks}
    full = ", ".join(f"{each:g}" for each in sorted(points))
    if wish.scale:
        if column.maximum is None or len(points) != 1 or not max(points):
            message = (
                f"{name}: nothing to scale by: a full mark of {column.title!r} must stand there as "
                f"one number, and all marks be of the same points (they are of {full})"
            )
            raise ExportError(message)
        return column.maximum / points.pop()
    if column.maximum is not None and points != {column.maximum}:
        message = (
            f"{name}: a full mark is {column.maximum:g} in {column.title!r} and {full} here; "
            "change it there, or give --scale"
        )
        raise ExportError(message)
    return 1.0


def _fill_row(
    row: Owner, column: Column, factor: float, marks: Mapping[str, Mark], desk: _Desk
) -> None:
    if not row.student:
        desk.unmatched.append(Line(row.shown, row.reason, row.row.line))
        return
    mark = marks.get(row.student)
    if mark is None:
        desk.missing.append(Line(row.student, "handed in nothing", row.row.line))
    elif mark.score is None:
        why = f"waits for a person: {mark.ending}"
        desk.left.append(Line(row.student, why, row.row.line))
    elif (cell := _cell(row, column)) is None or cell.text.strip().casefold() in _KEPT:
        why = "the row is too short" if cell is None else f"says {cell.text.strip()} there"
        desk.left.append(Line(row.student, why, row.row.line))
    else:
        desk.write(cell, _number(mark.score * factor, comma=column.comma), row.student)


def _nameless(wish: Wish, desk: _Desk, strays: Sequence[Mark]) -> bool:
    """Say whether rows of nobody known are of those who handed in nothing.

    Without a roster nobody is known but those with a mark. Once each of these has found a row,
    the other rows are of those without one; before, one of them could be anybody's.
    """
    return not wish.roster.students and not strays and bool(desk.unmatched)


def _fill_missing(
    nameless: bool,  # noqa: FBT001 - said by `_nameless`
    column: Column,
    wish: Wish,
    desk: _Desk,
    rows: Iterable[Owner],
) -> None:
    if nameless:
        desk.missing += [Line(each.who, "handed in nothing", each.line) for each in desk.unmatched]
        desk.unmatched.clear()
    if wish.missing is None:
        return
    cells = {row.row.line: _cell(row, column) for row in rows}
    for each in desk.missing:
        cell = cells.get(each.line or 0)
        if cell is not None and cell.text.strip().casefold() not in _KEPT:
            desk.write(cell, _number(wish.missing, comma=column.comma), each.who)


def _cell(row: Owner, column: Column) -> Cell | None:
    cells = row.row.cells
    return cells[column.place] if column.place < len(cells) else None


def _number(value: float, *, comma: bool) -> str:
    """Return a number as platforms read it: no exponent, no zeros at its end."""
    text = f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    text = "0" if text in {"-0", ""} else text
    return text.replace(".", ",") if comma else text


def _filled(
    table: Table, layout: Layout, column: Column, desk: _Desk, strays: Sequence[Mark]
) -> Filled:
    return Filled(
        table.replaced(desk.changes),
        layout.platform,
        column.title,
        desk.filled,
        tuple(desk.missing),
        tuple(desk.left),
        tuple(desk.unmatched),
        tuple(Line(mark.student, "no row is certain to be theirs") for mark in strays),
    )
