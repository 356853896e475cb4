"""A folder of results: where its gradebook is, what was graded into it, by which rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from lrquiz.grade.batch import Batch
    from lrquiz.grade.gradebook import Gradebook
    from lrquiz.grade.subjects import Subject
    from lrquiz.model.course import Course, Roster
    from lrquiz.model.decision import Level


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for."""

    folder: Path
    out: Path
    gradebook: Path | None = None
    release: Level | None = None
    """None where nothing is released"""
    of: str | None = None
    """what was graded, where the folder does not say"""
    secret: Path | None = None
    anonymous: bool | None = None
    """None: as before"""


@dataclass(frozen=True, slots=True)
class Graded:
    """What a folder of results says of itself."""

    folder: Path
    gradebook: Path
    batch: Batch | None
    """None where grading has not ended once"""
    course: Course | None
    roster: Roster

    @property
    def students(self) -> set[str] | None:
        """Whose results the folder holds; None where it does not say."""
        return None if self.batch is None else set(self.batch.pages)

    @property
    def level(self) -> Level:
        """What students' pages hold so far."""
        from lrquiz.model.decision import Level

        return Level.FEEDBACK if self.batch is None else self.batch.level

    @property
    def secret(self) -> Path:
        """The secret that codes follow from."""
        if self.course is not None:
            return self.course.secret
        return self.folder / "staff" / "secret"

    def work(self, book: Gradebook) -> str:
        """Return the id of what was graded.

        Raises:
            RecordsError: nothing was.
        """
        from lrquiz.errors import RecordsError

        work = book.newest_task() if self.batch is None else self.batch.task
        if work is None:
            raise RecordsError(f"{self.folder}: nothing has been graded yet")
        return work

    def subject(self, named: str | None, work: str) -> Subject | None:
        """Return what was graded, as it was named or as the folder says; None if it is not there.

        Args:
            named: a task or quiz; None to look where the folder says.
            work: its id.

        Raises:
            RecordsError: the one that was named is another.
            QuizError: the quiz cannot be read.
            TaskError: the task that was named cannot be read.
        """
        from lrquiz.cli.grading.finding import find_subject
        from lrquiz.errors import RecordsError

        if named is None:
            return self._noted(work)
        found = find_subject(named)
        if found.id != work:
            raise RecordsError(f"{self.folder}: holds results of {work}, and {named} is {found.id}")
        return found

    def _noted(self, work: str) -> Subject | None:
        from lrquiz.cli.grading.finding import find_quiz, find_task
        from lrquiz.errors import TaskError
        from lrquiz.grade.subjects import TaskSubject

        if self.batch is not None and self.batch.quiz:
            return find_quiz(self.folder / self.batch.quiz)
        try:
            return TaskSubject(find_task(work))
        except TaskError:  # a task of one's own; its folder is not known here
            return None


def find_graded(folder: Path, gradebook: Path | None) -> Graded:
    """Return what a folder of results says of itself.

    Args:
        folder: that `lrquiz grade` wrote.
        gradebook: where to look instead of where the folder says.

    Raises:
        RecordsError: what the folder notes cannot be read.
    """
    from lrquiz.cli.grading.work import GRADEBOOK
    from lrquiz.grade.batch import read_batch
    from lrquiz.grade.course.folder import course_roster, find_course
    from lrquiz.model.course import NOBODY

    batch, course = read_batch(folder), find_course(folder)
    path = gradebook or folder / (GRADEBOOK if batch is None else batch.gradebook)
    if not path.exists() and course is not None:  # a grading that was killed, or moved
        path = course.gradebook
    roster = NOBODY if course is None else course_roster(course)[0]
    return Graded(folder, path, batch, course, roster)
