"""What one row of a table of marks is about: whose attempt, and which part of it."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.grade.gradebook import Attempt
from lrquiz.grade.people.adjust_file import MarkRow
from lrquiz.grade.people.cells import spelled
from lrquiz.grade.people.knowing import WorkKnown
from lrquiz.grade.people.todo import DIGEST_MARK
from lrquiz.grade.records import versions
from lrquiz.model.decision import WHOLE, Adjustment
from lrquiz.model.record import Record
from lrquiz.model.run import Ending

WITHDRAWN = "machine"
"""in place of points: a person's mark no longer holds, and the machine's does again"""
NOTHING_HANDED_IN = "nothing was handed in; a person marked it"


class FaultError(Exception):
    """One row cannot be applied; the message says why, and is told with its line."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a row marks."""

    row: MarkRow
    work: WorkKnown
    attempt: Attempt | None
    """None where the student handed in nothing"""
    record: Record
    part: str
    worth: float

    @property
    def held(self) -> Adjustment | None:
        """The mark by a person that the part has already."""
        parts = {} if self.attempt is None else self.work.parts(self.attempt)
        return parts.get(self.part)

    @property
    def machine(self) -> float | None:
        """What the machine gave for the part."""
        check = next((each for each in self.record.checks if each.check == self.part), None)
        return self.record.score if check is None else check.points

    @property
    def counts(self) -> bool:
        """Whether it is the attempt that counts."""
        return self.attempt is None or self.work.counting[self.record.student] is self.attempt


def aim_of(row: MarkRow, work: WorkKnown, student: str) -> Aim:
    """Return what a row marks of a student's work.

    Raises:
        FaultError: there is no such attempt or part.
    """
    attempt = _attempt(row, work, student)
    if attempt is None:
        record = _nothing(row, work, student)
        return Aim(row, work, None, record, WHOLE, record.points)
    record = work.record(attempt)
    return Aim(row, work, attempt, record, *_part(row, record, work))


def _attempt(row: MarkRow, work: WorkKnown, student: str) -> Attempt | None:
    """Return the attempt that a row names by its digest, or else the one that counts."""
    digest = row.submission.removeprefix(DIGEST_MARK)
    if not digest:
        return work.counting.get(student)
    held = [each for each in work.attempts if each.student == student]
    found = [each for each in held if each.submission == digest]
    if not found:
        raise FaultError(f"{row.student!r} has no attempt {row.submission!r} at {work.id}")
    return found[-1]


def _nothing(row: MarkRow, work: WorkKnown, student: str) -> Record:
    """Return the record of who handed in nothing, so that a mark has something to hold by."""
    if row.part or not row.points or row.points == WITHDRAWN:
        message = (
            f"{row.student!r} handed in nothing at {work.id}, so only points for the whole of it "
            "can be given: leave the part empty"
        )
        raise FaultError(message)
    newest = max(work.attempts, key=lambda each: each.result)
    return Record(
        student=student,
        submission="",
        source="",
        task=work.id,
        task_version=newest.task_version,
        ending=Ending.REFUSED,
        detail=NOTHING_HANDED_IN,
        score=None,
        points=max(each.points for each in work.attempts),
        versions=versions(),
    )


def _part(row: MarkRow, record: Record, work: WorkKnown) -> tuple[str, float]:
    """Return the part that a row marks and what it is worth."""
    if not row.part:
        return WHOLE, record.points
    if spelled(row.part) in {spelled(each) for each in work.voided}:
        raise FaultError(f"{row.part!r} was voided, so it counts for nobody")
    if not record.checks:
        message = (
            f"this attempt has no parts ({record.ending}: {record.detail}); leave the part empty, "
            "and give points for the whole of it"
        )
        raise FaultError(message)
    found = next((each for each in record.checks if spelled(each.check) == spelled(row.part)), None)
    if found is None:
        parts = ", ".join(each.check for each in record.checks)
        raise FaultError(f"{work.id} has no part {row.part!r}; there are: {parts}")
    return found.check, found.worth
