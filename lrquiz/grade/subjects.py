"""What can be graded, behind one face: a code task, or a quiz with its response files."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from lrquiz.grade.code.box import HARNESS, Box
from lrquiz.grade.intake import Intake, Listed, ResponseFile, Submission, chosen_responses
from lrquiz.grade.people.deciding import decided_version, ruled_task
from lrquiz.grade.responses.grading import grade_responses
from lrquiz.grade.responses.reading import Exam
from lrquiz.model.decision import Decision
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.model.task import Task

Entry = Submission | ResponseFile
"""what one student handed in"""
OpenBox = Callable[[str], AbstractContextManager[Box]]
"""opens what runs code, given the name of the harness"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What of an intake is graded, and what is not."""

    entries: tuple[Entry, ...]
    """in order of students, one each"""
    aside: tuple[Listed, ...]
    """recognised, and for something else: code where a quiz is graded, responses where a task is"""
    unmatched: tuple[Listed, ...]
    """of which it is not certain whose they are, or which of several counts"""
    ignored: tuple[Listed, ...]


class Subject(Protocol):
    """What is graded."""

    @property
    def id(self) -> str:
        """The id under which results are kept."""
        ...

    @property
    def version(self) -> str:
        """What results depend on, decisions included."""
        ...

    @property
    def task(self) -> Task | None:
        """The task, where it is one."""
        ...

    @property
    def quiz(self) -> Quiz | None:
        """The quiz, where it is one."""
        ...

    @property
    def file(self) -> Path | None:
        """The file of the quiz."""
        ...

    def ruled(self, decisions: Sequence[Decision]) -> Subject:
        """Return it as it is graded after decisions."""
        ...

    def taken(self, intake: Intake) -> Taken:
        """Return what of an intake is graded."""
        ...

    def grade(
        self, waiting: Sequence[Entry], secret: bytes, open_box: OpenBox, jobs: int
    ) -> Generator[Record, None, None]:
        """Yield the record of everything that waits, each the moment it is known."""
        ...


@dataclass(frozen=True, slots=True)
class TaskSubject:
    """A code task: submissions run in a box."""

    task: Task
    quiz: None = None
    file: None = None

    @property
    def id(self) -> str:
        """The task's id."""
        return self.task.id

    @property
    def version(self) -> str:
        """The task's version."""
        return self.task.version

    def ruled(self, decisions: Sequence[Decision]) -> TaskSubject:
        """Return the task by the rubric that holds after decisions."""
        return TaskSubject(ruled_task(self.task, decisions))

    def taken(self, intake: Intake) -> Taken:
        """Take code; response files are set aside."""
        aside = tuple(Listed(each.place, f"of {each.student}") for each in intake.responses)
        return Taken(intake.submissions, aside, intake.unmatched, intake.ignored)

    def grade(
        self, waiting: Sequence[Entry], secret: bytes, open_box: OpenBox, jobs: int
    ) -> Generator[Record, None, None]:
        """Yield records as boxes finish."""
        from lrquiz.grade.code.grading import Grader  # noqa: PLC0415 - it imports torch

        submissions = [each for each in waiting if isinstance(each, Submission)]
        with open_box(HARNESS) as box:
            yield from Grader(self.task, secret, box).grade_all(submissions, jobs)


@dataclass(frozen=True, slots=True)
class QuizSubject:
    """A quiz, with its papers where it is an exam: response files are scored."""

    exam: Exam
    file: Path | None = None
    task: None = None

    @property
    def quiz(self) -> Quiz:
        """The quiz."""
        return self.exam.quiz

    @property
    def id(self) -> str:
        """The quiz's id."""
        return self.exam.quiz.id

    @property
    def version(self) -> str:
        """The quiz's id, which is the digest of everything in it, with what was decided."""
        return decided_version(self.exam.quiz.id, self.exam.decisions)

    def ruled(self, decisions: Sequence[Decision]) -> QuizSubject:
        """Return the quiz as it is scored after decisions."""
        return replace(self, exam=replace(self.exam, decisions=tuple(decisions)))

    def taken(self, intake: Intake) -> Taken:
        """Take response files; code, and what is neither, is set aside."""
        chosen = chosen_responses(intake)
        handed_in = {each.place for each in (*intake.responses, *intake.unlike)}
        aside = [
            Listed(each.place, f"of {each.student}" if not each.fault else "holds no responses")
            for each in intake.submissions
            if not each.fault or each.place not in handed_in
        ]
        return Taken(
            chosen.files,
            tuple(aside),
            (*intake.unmatched, *chosen.unsettled),
            (*intake.ignored, *chosen.superseded),
        )

    def grade(
        self, waiting: Sequence[Entry], secret: bytes, open_box: OpenBox, jobs: int
    ) -> Generator[Record, None, None]:
        """Yield records; a box is opened only where a response has to run."""
        files = [each for each in waiting if isinstance(each, ResponseFile)]
        yield from grade_responses(files, self.exam, secret, open_box, jobs)
