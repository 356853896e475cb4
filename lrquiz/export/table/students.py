"""Tell whose a row of an exported table is: by what a roster knows, or by the platform's number.

Everything that a row says has to agree; a row that fits nobody, or several, is listed, not filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lrquiz.export.table.cells import Row
from lrquiz.export.table.layout import Layout, Platform
from lrquiz.grade.intake.gradescope import Submitter
from lrquiz.grade.intake.matching import Match, Register
from lrquiz.grade.intake.names import Label, System, label_of
from lrquiz.model.course import Roster, Student

_IDS = ("sis user id", "sis login id", "integration id", "id number", "username")
_EMAILS = ("email address", "email", "e-mail")
_TEST_STUDENT = "student, test"


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a row is; who is empty where nobody can say."""

    row: Row
    shown: str
    """what the row calls its student"""
    student: str = ""
    reason: str = ""
    """why it is nobody's; empty when it is somebody's"""


@dataclass(frozen=True, slots=True)
class Known:
    """Who can be found, and by what."""

    register: Register
    numbers: Mapping[str, str] = field(default_factory=dict)
    """students by the number that the platform wrote into the names of what they handed in"""


def known_students(
    roster: Roster, students: Iterable[str], places: Mapping[str, str], platform: Platform
) -> Known:
    """Return who can be found in a table.

    Args:
        roster: of the course; without one, `students` stand for themselves.
        students: who has a mark.
        places: names under which submissions came, by student.
        platform: where the table comes from; numbers of another one say nothing.
    """
    everyone = roster.students or tuple(Student(each) for each in students)
    numbers: dict[str, set[str]] = {}
    for student, place in places.items():
        label = _label(place)
        if label.number and str(label.system) == str(platform):
            numbers.setdefault(label.number, set()).add(student)
    sure = {number: whose.copy().pop() for number, whose in numbers.items() if len(whose) == 1}
    return Known(Register(Roster(everyone)), sure)


def _label(place: str) -> Label:
    label = label_of(place, folder=False)
    return label if label.system is not System.NONE else label_of(place, folder=True)


def owners(layout: Layout, known: Known) -> tuple[Owner, ...]:
    """Return whose each row is; where two rows come to one student, neither is.

    Canvas's test student and rows without any identity are left out.
    """
    found = [_owner(row, layout, known) for row in layout.students if _is_student(row, layout)]
    counts: dict[str, int] = {}
    for each in found:
        counts[each.student] = counts.get(each.student, 0) + 1
    return tuple(
        Owner(each.row, each.shown, reason=f"another row is {each.student}'s as well")
        if each.student and counts[each.student] > 1
        else each
        for each in found
    )


def _is_student(row: Row, layout: Layout) -> bool:
    name, number = _name(row, layout), row.text(layout.place("id", "identifier"))
    return bool(name or number) and name.casefold() != _TEST_STUDENT


def _owner(row: Row, layout: Layout, known: Known) -> Owner:
    name, number = _name(row, layout), _number(row, layout)
    matches = [
        *(
            known.register.match_submitter(Submitter(sid=each))
            for each in _texts(row, layout, _IDS)
        ),
        *(
            known.register.match_submitter(Submitter(email=each))
            for each in _texts(row, layout, (*_EMAILS, "sis login id", "username"))
        ),
        known.register.match_submitter(Submitter(name=name)),
        _by_number(name, number, layout, known.register),
    ]
    students = {each.student for each in matches if each.student}
    if number in known.numbers:
        students.add(known.numbers[number])
    shown = name or number
    if len(students) == 1:
        return Owner(row, shown, students.pop())
    fits = f"fits several: {', '.join(sorted(students))}" if students else "is nobody known here"
    return Owner(row, shown, reason=f"{shown} {fits}")


def _by_number(name: str, number: str, layout: Layout, register: Register) -> Match:
    """Say whose a number is; Moodle's belongs to the assignment, so it is nobody's id."""
    if layout.platform is Platform.CANVAS:
        return register.match_label(Label(System.CANVAS, name, number))
    return register.match_submitter(
        Submitter(sid=number if layout.platform is Platform.OTHER else "")
    )


def _texts(row: Row, layout: Layout, names: Iterable[str]) -> list[str]:
    return [text for name in names if (text := row.text(layout.place(name)))]


def _number(row: Row, layout: Layout) -> str:
    """Return the platform's number: Canvas's `ID`, and what ends Moodle's `Participant 12345`."""
    if layout.platform is Platform.MOODLE:
        return row.text(layout.place("identifier")).rpartition(" ")[2]
    return row.text(layout.place("id"))


def _name(row: Row, layout: Layout) -> str:
    whole = row.text(layout.place("student", "full name", "name"))
    given = row.text(layout.place("firstname", "first name"))
    family = row.text(layout.place("lastname", "last name", "surname"))
    return whole or f"{given} {family}".strip()
