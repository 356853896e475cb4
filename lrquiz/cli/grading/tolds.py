"""From how a class stands to what its pages are told of each student."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from lrquiz.cli.grading.naming import Names, hidden_names

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lrquiz.cli.grading.graded import Graded, Wanted
    from lrquiz.grade.batch import Standing
    from lrquiz.grade.gradebook import Attempt, Gradebook
    from lrquiz.grade.subjects import Subject
    from lrquiz.model.course import Course, Roster
    from lrquiz.model.decision import Adjustment, Level
    from lrquiz.model.mark import Mark
    from lrquiz.model.record import Record
    from lrquiz.report.told import Told

NO_PARTS: Mapping[str, Adjustment] = MappingProxyType({})
"""where a person marked nothing"""


@dataclass(frozen=True, slots=True)
class Languages:
    """In which language each student's page speaks: the roster's, else the course's."""

    course: Course | None = None
    roster: Roster | None = None

    def of(self, student: str) -> str:
        """Return the language of one student's page."""
        from lrquiz.resources.texts import ENGLISH

        found = None if self.roster is None else self.roster.find(student)
        own = "" if found is None else found.language
        return own or (ENGLISH if self.course is None else self.course.language)


@dataclass(frozen=True, slots=True)
class Telling:
    """What the pages of a whole class have in common."""

    subject: Subject | None
    """what was graded; None where it is not found"""
    level: Level
    names: Names
    """what staff see students called"""
    void: frozenset[str] = frozenset()
    """parts that count for nobody, whoever marked them"""
    languages: Languages = Languages()

    def told(self, record: Record, mark: Mark, parts: Mapping[str, Adjustment] = NO_PARTS) -> Told:
        """Return what pages are told of one student."""
        from lrquiz.report.told import Told

        names = self.names
        return Told(
            record=replace(record, staff_notes=()) if names.are_hidden else record,
            mark=names.mark(mark),
            parts={part: each for part, each in parts.items() if part not in self.void},
            quiz=None if self.subject is None else self.subject.quiz,
            task=None if self.subject is None else self.subject.task,
            level=self.level,
            name=names.of(mark.student) if names.are_hidden else "",
            language=self.languages.of(mark.student),
        )


def tolds_of(book: Gradebook, standing: Standing, telling: Telling) -> tuple[Told, ...]:
    """Return what pages are told of everybody whose work is there, in order of what staff see.

    Who handed in nothing and shares the mark of a group has a page of the work that made it.

    Raises:
        GradebookError: a record cannot be read.
    """
    own = {each.student: _record(book, each) for each in standing.counting}
    found = []
    for mark in standing.marks:
        source = mark.student if mark.student in own else mark.shared_by
        if source in own:
            record = replace(own[source], student=mark.student)
            found.append(telling.told(record, mark, standing.parts.get(source, NO_PARTS)))
    return tuple(sorted(found, key=lambda told: told.shown))


def _record(book: Gradebook, attempt: Attempt) -> Record:
    """Return the record of an attempt; one of nothing where a person marked what was no file."""
    from lrquiz.model.record import Record
    from lrquiz.model.run import Ending

    if attempt.submission:
        return book.record(attempt)
    nothing = ("", "", attempt.task, attempt.task_version, Ending.OK, "", None, attempt.points)
    return Record(attempt.student, *nothing)


def telling_of(graded: Graded, book: Gradebook, wanted: Wanted) -> Telling:
    """Return what the pages of a class have in common, as it was asked for and as it was before.

    Raises:
        RecordsError: nothing was graded, what was named is another, or codes have no secret.
    """
    from lrquiz.grade.people.adjusting import voided

    work = graded.work(book)
    noted = graded.batch is not None and graded.batch.anonymous
    is_anonymous = noted if wanted.anonymous is None else wanted.anonymous
    names = _names(wanted.secret or graded.secret, book, graded.roster) if is_anonymous else Names()
    return Telling(
        subject=graded.subject(wanted.of, work),
        level=wanted.release or graded.level,
        names=names,
        void=voided(book.decisions(work)),
        languages=Languages(graded.course, graded.roster),
    )


def _names(secret: Path, book: Gradebook, roster: Roster) -> Names:
    from lrquiz.errors import RecordsError

    if not secret.exists():
        message = f"{secret}: there is no secret here for codes to follow from; give --secret FILE"
        raise RecordsError(message)
    return hidden_names(secret, book, roster)
