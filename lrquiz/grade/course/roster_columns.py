"""Which column of a roster says what: our own names, and those of Canvas's and Moodle's exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from lrquiz.model.course import folded

FIELDS = (
    *("id", "name", "email", "section", "group"),
    *("extra_time", "due", "late_days", "language"),
)
_CANVAS = ("student", "id", "sis user id", "sis login id", "section")
_CANVAS_IDS = ("sis user id", "sis login id", "id")
"""what the university calls a student comes before Canvas's own number"""
_MOODLE_IDS = ("id number", "username", "email address")
_MOODLE_NAMES = ("first name", "surname", "last name")
_MOODLE = MappingProxyType({"email address": "email", "groups": "group", "group": "group"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a file keeps what a roster holds."""

    source: str
    """`roster`, `Canvas` or `Moodle`"""
    places: MappingProxyType[str, int]
    """position of the column, by field of a student"""
    given_name: int | None
    """position of the column to put before the name, where a file splits names in two"""
    id_title: str
    """heading of the column that the ids are taken from"""
    unknown: tuple[str, ...]
    """headings that are kept out"""


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns | None:
    """Return which column says what; None where none is an id.

    Of several columns that could be the id, the first that every row fills is taken, in an order
    of its own for each kind of file; if none is filled by all, the first that any row fills.

    Args:
        header: the headings.
        rows: the students.
    """
    titles = [folded(each) for each in header]
    if "student" in titles and any(each in titles for each in _CANVAS_IDS):
        names = {"name": titles.index("student")}
        names |= {"section": titles.index("section")} if "section" in titles else {}
        return _export("Canvas", titles, header, rows, names)
    if "first name" in titles and any(each in titles for each in _MOODLE_IDS):
        names = {field: titles.index(each) for each, field in _MOODLE.items() if each in titles}
        last = next((titles.index(each) for each in _MOODLE_NAMES[1:] if each in titles), None)
        names |= {"name": titles.index("first name") if last is None else last}
        return _export("Moodle", titles, header, rows, names)
    own = [each.replace(" ", "_") for each in titles]
    if "id" not in own:
        return None
    places = {each: own.index(each) for each in FIELDS if each in own}
    return _columns("roster", header, places, None)


def _export(
    source: str,
    titles: Sequence[str],
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    places: dict[str, int],
) -> Columns:
    order = _CANVAS_IDS if source == "Canvas" else _MOODLE_IDS
    known = [titles.index(each) for each in order if each in titles]
    filled = [sum(bool(_cell(row, place)) for row in rows) for place in known]
    whole = (place for place, count in zip(known, filled, strict=True) if count == len(rows))
    some = (place for place, count in zip(known, filled, strict=True) if count)
    taken = next(whole, next(some, known[0]))
    own = {field: titles.index(field) for field in FIELDS[4:] if field in titles}
    split = source == "Moodle" and places["name"] != titles.index("first name")
    given = titles.index("first name") if split else None
    return _columns(source, header, {**own, **places, "id": taken}, given)


def _columns(
    source: str, header: Sequence[str], places: dict[str, int], given: int | None
) -> Columns:
    used = {*places.values(), given}
    unknown = tuple(each.strip() for n, each in enumerate(header) if n not in used and each.strip())
    title = header[places["id"]].strip()
    return Columns(source, MappingProxyType(places), given, title, unknown)


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""
