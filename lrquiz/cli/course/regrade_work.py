"""What is regraded, a quiz or a task, and how its stored results are scored anew."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.cli.course.again import Again
    from lrquiz.grade.gradebook import Gradebook
    from lrquiz.grade.people.deciding_parts import Decidable
    from lrquiz.grade.people.regrading import Renew
    from lrquiz.model.decision import Decision
    from lrquiz.model.quiz import Quiz
    from lrquiz.model.record import Record
    from lrquiz.model.task import Criterion, Task


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says; one of the first four is given."""

    void: str | None
    accept: str | None
    points: str | None
    rubric: Path | None
    reason: str
    by: str

    @property
    def count(self) -> int:
        """How many of the four are given."""
        return sum(each is not None for each in (self.void, self.accept, self.points, self.rubric))

    def decision(self, decidable: Decidable, work: Quiz | Task) -> Decision:
        """Return the decision, checked against what it is about.

        Raises:
            RegradeError: there is no such part or option, or the rubric does not fit.
        """
        from datetime import UTC, datetime

        from lrquiz.model.decision import Decision, DecisionKind

        kind, part, option, points = DecisionKind.RUBRIC, "", "", None
        if self.void is not None:
            kind, part = DecisionKind.VOID, decidable.part(self.void)
        elif self.accept is not None:
            kind, (part, option) = DecisionKind.ACCEPT, decidable.accepted(self.accept)
        elif self.points is not None:
            kind, (part, points) = DecisionKind.POINTS, decidable.weighed(self.points)
        rubric = () if self.rubric is None else _rubric(self.rubric, work)
        of_all = (decidable.work, part, self.reason, self.by, datetime.now(UTC))
        return Decision(kind, *of_all, option=option, points=points, rubric=rubric)


def work_of(what: str) -> Quiz | Task:
    """Return the quiz in the file `what`, or the task of this id or folder.

    Raises:
        QuizError: it is a file, and no quiz.
        TaskError: it is no task.
    """
    if Path(what).is_file() or what.endswith(".json"):
        from lrquiz.quiz import read_quiz

        return read_quiz(Path(what))
    from lrquiz.cli.grading.finding import find_task

    return find_task(what)


def decidable(work: Quiz | Task, book: Gradebook) -> Decidable:
    """Return what can be decided about a quiz or task of which a gradebook holds something.

    Raises:
        RegradeError: it holds nothing of it.
    """
    from lrquiz.errors import RegradeError
    from lrquiz.grade.people.deciding_parts import Decidable
    from lrquiz.model.quiz import Quiz

    if work.id not in (known := book.tasks()):
        message = f"{book.path}: holds nothing of {work.id}; there are: {', '.join(known)}"
        raise RegradeError(message)
    decisions = book.decisions(work.id)
    if isinstance(work, Quiz):
        return Decidable.quiz(work, decisions)
    return Decidable.task(work, decisions)


def renewing(work: Quiz | Task, again: Again) -> Renew:
    """Return what makes new records of stored ones, by decisions."""
    from lrquiz.model.quiz import Quiz

    return partial(_of_quiz, work) if isinstance(work, Quiz) else partial(_of_task, work, again)


def _of_quiz(quiz: Quiz, records: Sequence[Record], decisions: Sequence[Decision]) -> list[Record]:
    from lrquiz.grade.responses.scoring import rescored

    return [rescored(each, quiz, decisions) for each in records]


def _of_task(
    task: Task, again: Again, records: Sequence[Record], decisions: Sequence[Decision]
) -> list[Record]:
    from lrquiz.grade.people.ruling_task import RuledTask, require_secret
    from lrquiz.resources.secret import fingerprint

    ruled = RuledTask.of(task, decisions[:-1], decisions[-1])
    if waiting := ruled.has_to_run(records):
        require_secret(waiting, fingerprint(again.kept_secret()))
    return list(ruled.renewed(records, again.run))


def _rubric(path: Path, work: Quiz | Task) -> tuple[Criterion, ...]:
    from lrquiz.errors import RegradeError
    from lrquiz.model.quiz import Quiz

    if isinstance(work, Quiz):
        message = f"{work.id} is a quiz, which has no rubric; decide about its items one by one"
        raise RegradeError(message)
    from lrquiz.grade.people.rubric_file import read_rubric

    return read_rubric(path, work)
