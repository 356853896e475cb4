"""A task's stored results under a new decision: weighed anew, or run again where they must be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lrquiz.errors import RegradeError
from lrquiz.grade.intake import Submission
from lrquiz.grade.people.deciding import ruled_task
from lrquiz.model.decision import Decision
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Criterion, Outcome, Task

Runner = Callable[[Task, Sequence[Submission]], Iterable[Record]]
"""grades submissions in the box"""


@dataclass(frozen=True, slots=True)
class RuledTask:
    """A task before and after a decision."""

    before: Task
    after: Task

    @classmethod
    def of(cls, task: Task, decisions: Sequence[Decision], decision: Decision) -> RuledTask:
        """Return a task with what was decided until now, and with one decision more."""
        return cls(ruled_task(task, decisions), ruled_task(task, [*decisions, decision]))

    def renewed(self, records: Sequence[Record], run: Runner) -> Iterator[Record]:
        """Yield the results of stored attempts; only what has to be is run.

        Args:
            records: the newest of every attempt.
            run: grades the submissions that hold no result of some line of the new rubric.
        """
        again = []
        for each in records:
            if self._has_all(each):
                yield self._weighed(each)
            else:
                again.append(_submission(each))
        if again:
            yield from run(self.after, again)

    def has_to_run(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return the records that cannot be weighed anew."""
        return tuple(each for each in records if not self._has_all(each))

    def _has_all(self, record: Record) -> bool:
        """Say whether a record holds a result for every line, or none that running would give."""
        if not record.checks:  # a fault of ours, or nothing was handed in: for people, not for this
            return True
        names = {(each.check, each.case) for each in self.before.rubric}
        is_current = record.task_version == self.before.version
        return is_current and all((each.check, each.case) in names for each in self.after.rubric)

    def _weighed(self, record: Record) -> Record:
        ruled = replace(record, task_version=self.after.version, points=self.after.points)
        if not record.checks:
            return ruled
        stored = {each.check: each for each in record.checks}
        lines = {(each.check, each.case): each for each in self.before.rubric}
        checks = tuple(
            self._check(line, stored[self.before.part(lines[line.check, line.case])])
            for line in self.after.rubric
        )
        return replace(ruled, checks=checks, score=sum(each.points for each in checks))

    def _check(self, line: Criterion, stored: CheckResult) -> CheckResult:
        points = line.points if stored.outcome is Outcome.PASSED else 0.0
        return replace(stored, check=self.after.part(line), points=points, worth=line.points)


def require_secret(records: Sequence[Record], fingerprint: str) -> None:
    """Refuse to run again under another secret, which would draw other hidden data.

    Raises:
        RegradeError: the secret is not the one that the results were graded with.
    """
    if any(each.secret and each.secret != fingerprint for each in records):
        message = (
            "the stored results were graded with another secret, so running again would compare "
            "other hidden data; give the one of then: --secret FILE"
        )
        raise RegradeError(message)


def _submission(record: Record) -> Submission:
    """Return what was handed in, as the record keeps it."""
    # Refused without a tier: it could not even be run, and the detail says why.
    is_unreadable = record.ending is Ending.REFUSED and not record.tier
    return Submission(
        student=record.student,
        source=record.source,
        digest=record.submission,
        fault=record.detail if is_unreadable else "",
        modules=record.modules,
        notes=record.notes,
    )
