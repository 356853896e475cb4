"""Write the pages of students while they are graded, and none twice that would be as it is."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from lrquiz.cli.grading.naming import Names, hidden_names
from lrquiz.cli.grading.tolds import Languages, Telling

if TYPE_CHECKING:
    from lrquiz.cli.grading.work import Work
    from lrquiz.grade.batch import Batch
    from lrquiz.grade.gradebook import Writer
    from lrquiz.grade.marks import Rules
    from lrquiz.grade.subjects import Subject
    from lrquiz.model.record import Record
    from lrquiz.report.told import Told


class Pages:
    """Writes pages of one folder of results, and none twice that would be as it is."""

    def __init__(self, work: Work, subject: Subject, book: Writer) -> None:
        # Imported before anything is graded: while Python makes a dataclass, Ctrl-C would end it by
        # the signal (it exec's text), and not with the exit code that we promise.
        from lrquiz.grade.marks import Rules
        from lrquiz.grade.people.adjusting import voided
        from lrquiz.model.decision import Level
        from lrquiz.report.write import write_staff_page, write_student_page

        self._write_student, self._write_staff = write_student_page, write_staff_page
        self.work, self.subject, self.book = work, subject, book
        self.rules: Rules = Rules(subject.id, work.course, work.roster)
        before = self._before()
        same = before is not None and before.anonymous == work.anonymous
        self.level = Level.FEEDBACK if before is None else before.level
        self.shown = dict(before.shown) if before is not None and same else {}
        self.names = (
            hidden_names(work.secret_file, book, work.roster) if work.anonymous else Names()
        )
        void = voided(book.decisions(subject.id))
        self.telling = Telling(
            subject, self.level, self.names, void, Languages(work.course, work.roster)
        )

    def _before(self) -> Batch | None:
        """Return what an earlier run noted here, where it was of this work."""
        from lrquiz.grade.batch import read_batch

        before = read_batch(self.work.out)
        if before is None or before.task != self.subject.id:
            return None
        noted = (self.work.out / before.gradebook).resolve()
        return before if noted == self.book.path.resolve() else None

    def draw_first(self, record: Record) -> None:
        """Write the pages of a result that has just come in, while others are still running.

        What counts is known once all are there; what differs then is written again.
        """
        attempt = next(
            each
            for each in reversed(self.book.attempts(record.task, record.student))
            if each.submission == record.submission
        )
        self.draw(self.telling.told(record, self.rules.mark(attempt)))

    def draw(self, told: Told) -> None:
        """Write the pages of one student, unless they show just this."""
        student, digest = told.record.student, _digest(told)
        if self.shown.get(student) == digest and self._are_there(told):
            return
        if not self.names.are_hidden:
            self._write_student(told, self.work.out)
        self._write_staff(told, self.work.out)
        self.shown[student] = digest

    def _are_there(self, told: Told) -> bool:
        out, student = self.work.out, told.record.student
        pages = [out / "staff" / "feedback" / f"{told.shown}.html"]
        if not self.names.are_hidden:
            pages.append(out / "students" / student / "feedback.html")
        return all(each.exists() for each in pages)


def _digest(told: Told) -> str:
    """Return what tells what the pages of one student show from what they would show else."""
    parts = sorted(told.parts.items())
    shown = (told.record, told.mark, parts, told.level, told.name, told.quiz and told.quiz.id)
    return hashlib.sha256(repr(shown).encode(errors="replace")).hexdigest()[:16]
