"""Grade response files: each result the moment it is known, what has to run last."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrquiz.grade.code.box import HARNESS, Box
from lrquiz.grade.intake import ResponseFile
from lrquiz.grade.people.deciding import decided_version
from lrquiz.grade.records import versions
from lrquiz.grade.responses.judging import is_unforeseen
from lrquiz.grade.responses.reading import Exam, Read, read_responses
from lrquiz.grade.responses.scoring import rescored, score_responses
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.resources.secret import fingerprint

if TYPE_CHECKING:
    from concurrent.futures import Future

    from lrquiz.grade.responses.running import Ran, Runs

_OpenBox = Callable[[str], AbstractContextManager[Box]]
_FAULT = "a response could not be run, by a fault of lrquiz; it costs no points"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A response file that was read."""

    file: ResponseFile
    read: Read
    quiz: Quiz
    """with the items alone that the student is asked"""

    @property
    def unforeseen(self) -> dict[int, QuizItem]:
        """The responses that have to run, by their place."""
        pairs = zip(self.quiz.items, self.read.responses, strict=False)
        return {at: item for at, (item, each) in enumerate(pairs) if is_unforeseen(item, each)}


def grade_responses(
    files: Sequence[ResponseFile], exam: Exam, secret: bytes, open_box: _OpenBox, jobs: int
) -> Iterator[Record]:
    """Yield the record of every response file; a box is opened only where something has to run.

    Args:
        files: one for each student.
        exam: what they are read and scored by.
        secret: draws the hidden data of what has to run.
        open_box: opens what runs code; called with the name of the harness.
        jobs: how many runs at once.
    """
    later = []
    for file in files:
        waiting = _Waiting(file, _read(file, exam), exam.asked(exam.paper_of(file.student)))
        if waiting.unforeseen:
            later.append(waiting)
        else:
            yield _record(waiting, exam, secret, {})
    if later:
        yield from _run(later, exam, secret, open_box, jobs)


def _read(file: ResponseFile, exam: Exam) -> Read:
    if file.fault:
        return Read(fault=f"this file of responses cannot be scored: {file.fault}")
    return read_responses(file.content, exam, file.student)


def _run(
    later: list[_Waiting], exam: Exam, secret: bytes, open_box: _OpenBox, jobs: int
) -> Iterator[Record]:
    from lrquiz.grade.responses.running import opened_runs  # noqa: PLC0415 - it imports torch

    with open_box(HARNESS) as box, opened_runs(secret, box, jobs) as runs:
        begun = [(each, _begin(each, runs)) for each in later]
        for waiting, futures in begun:
            ran = {at: future.result() for at, future in futures.items()}
            yield _record(waiting, exam, secret, ran)


def _begin(waiting: _Waiting, runs: Runs) -> dict[int, Future[Ran]]:
    responses = waiting.read.responses
    return {at: runs.of(item, responses[at]) for at, item in waiting.unforeseen.items()}


def _record(waiting: _Waiting, exam: Exam, secret: bytes, ran: dict[int, Ran]) -> Record:
    """Return the scored record of a file, or the flagged one of a file that cannot be scored."""
    read, faults = waiting.read, [each.fault for each in ran.values() if each.fault]
    base = _base(waiting, exam, secret)
    if read.fault:
        return base
    responses = tuple(
        replace(each, ran=ran[at].is_right) if at in ran else each
        for at, each in enumerate(read.responses)
    )
    known = replace(
        base,
        responses=responses,
        ending=Ending.INTERNAL_ERROR if faults else Ending.OK,
        detail=_FAULT if faults else "",
        staff_notes=tuple(faults),
        tier=next((each.tier for each in ran.values() if each.tier), ""),
        seconds=round(sum(each.seconds for each in ran.values()), 3),
        memory_mib=max((each.memory_mib for each in ran.values()), default=0.0),
    )
    return rescored(known, waiting.quiz, exam.decisions)


def _base(waiting: _Waiting, exam: Exam, secret: bytes) -> Record:
    """Return a record without a score: what stands where a file cannot be scored."""
    file, read, quiz = waiting.file, waiting.read, waiting.quiz
    return Record(
        student=file.student,
        submission=file.digest,
        source=file.content.decode("utf-8", errors="replace"),
        task=quiz.id,
        task_version=decided_version(quiz.id, exam.decisions),
        ending=Ending.REFUSED,
        detail=read.fault,
        score=None,
        points=_worth(waiting.quiz, exam),
        secret=fingerprint(secret),
        versions=versions(),
        paper=read.paper,
        staff_notes=(read.staff_note,) if read.staff_note else (),
    )


def _worth(quiz: Quiz, exam: Exam) -> float:
    """Return what is to be had of the items that a student is asked."""
    nothing = [ItemResponse(each.id, each.variant) for each in quiz.items]
    return sum(each.worth for each in score_responses(quiz, nothing, exam.decisions))
