"""What tables of people's marks are read against: who there is, which work, which attempts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.grade.marks import Rules, counting_attempts
from lrquiz.grade.people.adjusting import Parts, in_force, standing, voided
from lrquiz.grade.people.cells import spelled
from lrquiz.grade.people.codes import decoded
from lrquiz.model.course import NOBODY, Course, Roster
from lrquiz.model.record import Record


@dataclass(frozen=True, slots=True)
class Known:
    """A gradebook with the rules of its course."""

    book: Gradebook
    course: Course | None = None
    roster: Roster = NOBODY
    codes: Mapping[str, str] = field(default_factory=dict)
    """by student, where names may be hidden"""

    def rules(self, work: str) -> Rules:
        """Return what turns attempts at a piece of work into marks."""
        return Rules(work, self.course, self.roster)


def everyone(book: Gradebook, roster: Roster) -> tuple[str, ...]:
    """Return the ids of all who are in the course or handed anything in.

    An id is spelled as the place of what was handed in spells it.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    handed_in = {each.student for work in book.tasks() for each in book.attempts(work)}
    names = {spelled(each): each for each in sorted(handed_in)}
    others = {each.id for each in roster.students if spelled(each.id) not in names}
    return tuple(sorted({*handed_in, *others}))


class People:
    """Finds students by what somebody wrote in a cell."""

    def __init__(self, known: Known) -> None:
        self._codes = known.codes
        people = everyone(known.book, known.roster)
        self._names = {spelled(each): each for each in reversed(people)}
        self._numbers = _without_zeros(people)

    def find(self, cell: str) -> str | None:
        """Return the id of a student by id or code; None where it is nobody's.

        A spreadsheet takes the zeros from before a number, so a number is found without them too.
        """
        found = self._names.get(spelled(cell)) or decoded(cell, self._codes)
        return found or (self._numbers.get(cell.lstrip("0")) if cell.isdecimal() else None)


def _without_zeros(people: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for each in people:
        if each.isdecimal():
            found.setdefault(each.lstrip("0"), []).append(each)
    return {number: ids[0] for number, ids in found.items() if len(ids) == 1}


class WorkKnown:
    """What a gradebook holds of one piece of work."""

    def __init__(self, known: Known, work: str) -> None:
        book = known.book
        self.id = work
        self.attempts = standing(book, work)
        counting = counting_attempts(self.attempts, known.rules(work))
        self.counting = {each.student: each for each in counting}
        self.voided = voided(book.decisions(work))
        self.marks = in_force(book.adjustments(work))
        assigned = book.assigned(work)
        self.unmatched = tuple(each for each in book.unmatched(work) if each.place not in assigned)
        self._book = book
        self._records: dict[int, Record] = {}

    def record(self, attempt: Attempt) -> Record:
        """Return the record of an attempt, read once."""
        if attempt.result not in self._records:
            self._records[attempt.result] = self._book.record(attempt)
        return self._records[attempt.result]

    def parts(self, attempt: Attempt) -> Parts:
        """Return the marks by people that an attempt has."""
        return self.marks.get((attempt.student, attempt.submission), {})

    def place(self, cell: str) -> str | None:
        """Return the unmatched place that a cell names; None where there is none, or several."""
        found = [each.place for each in self.unmatched if spelled(each.place) == spelled(cell)]
        return found[0] if len(found) == 1 else None
