"""From how a class stands to what its pages are told of each student."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lrquiz.cli.grading.graded import Graded, Wanted
    from lrquiz.grade.batch import Standing
    from lrquiz.grade.gradebook import Attempt, Gradebook
    from lrquiz.grade.subjects import Subject
    from lrquiz.model.course import Roster
    from lrquiz.model.decision import Level
    from lrquiz.model.mark import Mark
    from lrquiz.model.record import Record
    from lrquiz.report.told import Told


@dataclass(frozen=True, slots=True)
class Telling:
    """What the pages of a whole class have in common."""

    subject: Subject | None
    """what was graded; None where it is not found"""
    level: Level
    codes: Mapping[str, str]
    """by student, the code that staff see; empty where they see names"""
    void: frozenset[str]
    """parts that count for nobody, whoever marked them"""

    def told(self, record: Record, mark: Mark, standing: Standing, source: str) -> Told:
        """Return what pages are told of one student; `source` is who handed the record in."""
        from lrquiz.report.told import Told

        given = standing.parts.get(source, {})
        return Told(
            record=replace(record, staff_notes=()) if self.codes else record,
            mark=hidden_mark(mark, self.codes) if self.codes else mark,
            parts={part: each for part, each in given.items() if part not in self.void},
            quiz=None if self.subject is None else self.subject.quiz,
            task=None if self.subject is None else self.subject.task,
            level=self.level,
            name=self.codes.get(mark.student, ""),
        )


def tolds_of(book: Gradebook, standing: Standing, telling: Telling) -> tuple[Told, ...]:
    """Return what pages are told of everybody whose work is there, in order of students.

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
            found.append(telling.told(record, mark, standing, source))
    return tuple(found)


def hidden_mark(mark: Mark, codes: Mapping[str, str]) -> Mark:
    """Return a mark under codes."""
    shared_by = codes.get(mark.shared_by, "") if mark.shared_by else ""
    return replace(mark, student=codes.get(mark.student, ""), shared_by=shared_by)


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
    return Telling(
        subject=graded.subject(wanted.of, work),
        level=wanted.release or graded.level,
        codes=_codes(wanted.secret or graded.secret, book, graded.roster) if is_anonymous else {},
        void=voided(book.decisions(work)),
    )


def _codes(secret: Path, book: Gradebook, roster: Roster) -> dict[str, str]:
    from lrquiz.errors import RecordsError
    from lrquiz.grade.people.codes import codes_of
    from lrquiz.grade.people.knowing import everyone
    from lrquiz.resources.secret import load_secret

    if not secret.exists():
        message = f"{secret}: there is no secret here for codes to follow from; give --secret FILE"
        raise RecordsError(message)
    return codes_of(load_secret(secret), everyone(book, roster))
