"""Read a roster: our own CSV, or what Canvas or Moodle exports. Every fault at once, with lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from lrquiz.errors import RosterError
from lrquiz.grade.course.roster_columns import FIELDS, Columns, columns_of
from lrquiz.grade.course.roster_values import Faults, due, extra_time, late_days
from lrquiz.grade.course.table import Row, rows_of, text_of
from lrquiz.model.course import Roster, Student, folded

_POINTS_POSSIBLE = "points possible"
_TEST_STUDENT = "student, test"


@dataclass
class _Reading:
    """A roster while it is read."""

    columns: Columns
    zone: tzinfo
    faults: Faults = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    """where each id stands"""


def read_roster(path: Path, zone: tzinfo) -> tuple[Roster, tuple[str, ...]]:
    """Return the roster at `path`, with notices: which column is the id, what was kept out.

    Args:
        path: a file of values separated by commas, semicolons or tabs, in UTF-8.
        zone: of dates that name none.

    Raises:
        RosterError: it cannot be read; the message lists every fault with its line.
    """
    return parse_roster(text_of(path), zone, str(path))


def parse_roster(text: str, zone: tzinfo, path: str) -> tuple[Roster, tuple[str, ...]]:
    """Return the roster in `text`, as `read_roster` does.

    Raises:
        RosterError: see there.
    """
    header, students, columns = students_of(text, path)
    reading = _Reading(columns, zone)
    _refuse_twins(header, columns, reading)
    found = tuple(_student(row, reading) for row in students)
    if reading.faults:
        lines = (f"{path}:{line}: {fault}" for line, fault in sorted(reading.faults))
        raise RosterError("\n".join(lines))
    return Roster(found), tuple(_notices(path, columns))


def students_of(text: str, path: str) -> tuple[Row, list[Row], Columns]:
    """Return the header of a roster, the rows of its students, and which column says what.

    Raises:
        RosterError: it is no table, is empty, or has no column of ids.
    """
    try:
        rows = [row for row in rows_of(text) if any(cell.strip() for cell in row.cells)]
    except csv.Error as error:
        raise RosterError(f"{path}: is no table of values: {error}") from error
    if not rows:
        raise RosterError(f"{path}: is empty; its first line names the columns: {','.join(FIELDS)}")
    header, students = rows[0], [row for row in rows[1:] if _is_student(row)]
    columns = columns_of(header.cells, [row.cells for row in students])
    if columns is None:
        message = (
            f"{path}:{header.line}: no column is called id; give one that heading, or take the "
            "file that Canvas or Moodle exports as it is"
        )
        raise RosterError(message)
    return header, students, columns


def _is_student(row: Row) -> bool:
    """Tell students from the rows that Canvas puts between them: points possible, its test one."""
    first = folded(row.get(0))
    return not (first.startswith(_POINTS_POSSIBLE) or first == _TEST_STUDENT)


def _refuse_twins(header: Row, columns: Columns, reading: _Reading) -> None:
    titles = [folded(each) for each in header.cells]
    for name, place in columns.places.items():
        if titles.count(titles[place]) > 1:
            fault = f"two columns are called {header.cells[place].strip()!r}; keep one {name}"
            reading.faults.append((header.line, fault))


def _student(row: Row, reading: _Reading) -> Student:
    places, faults = reading.columns.places, reading.faults

    def cell(name: str) -> str:
        return row.get(places.get(name))

    _check_id(cell("id"), row, reading)
    given = row.get(reading.columns.given_name)
    return Student(
        id=cell("id"),
        name=f"{given} {cell('name')}".strip(),
        email=cell("email"),
        section=cell("section"),
        group=cell("group"),
        extra_time=extra_time(cell("extra_time"), row.line, faults),
        due=due(cell("due"), reading.zone, row.line, faults),
        late_days=late_days(cell("late_days"), row.line, faults),
        language=cell("language"),
    )


def _check_id(student: str, row: Row, reading: _Reading) -> None:
    if not student:
        fault = f"the id is empty (column {reading.columns.id_title}); every student needs one"
        reading.faults.append((row.line, fault))
    elif not student.isprintable():
        reading.faults.append(
            (row.line, f"the id {student!r} holds characters that cannot be seen")
        )
    elif (known := reading.lines.setdefault(folded(student), row.line)) != row.line:
        fault = f"the id {student!r} stands on line {known} already (case and spaces apart)"
        reading.faults.append((row.line, fault))


def _notices(path: str, columns: Columns) -> Iterator[str]:
    if columns.source != "roster":
        yield f"{path}: an export of {columns.source}; ids are taken from {columns.id_title!r}"
    if columns.unknown:
        names = ", ".join(repr(each) for each in columns.unknown)
        yield f"{path}: left out the columns {names}"
