"""What a table of marks changes, to be told before and after it is kept."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.grade.people.adjust_plan import Plan
from lrquiz.grade.people.adjusting import Changes, standing
from lrquiz.grade.people.aim import Aim
from lrquiz.model.decision import Adjustment


@dataclass(frozen=True, slots=True)
class Changed:
    """One mark of a person that is new; its fields are told to programs as they are."""

    student: str
    """as the table names them: by code, where names are hidden"""
    work: str
    part: str
    """empty for the whole"""
    machine: float | None
    points: float | None
    """None where it is only a comment, or a mark was withdrawn"""
    worth: float
    old_score: float | None
    new_score: float | None
    """of the attempt, before the late rule; None while it waits for a person"""
    out_of: float
    counts: bool
    """whether it is the attempt that counts"""
    by: str


def changes_of(plan: Plan, book: Gradebook) -> tuple[Changed, ...]:
    """Return what is new in a plan, in the order of its table; the gradebook is only read.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    new = [mark for _, mark in plan.marked]
    before, after = {}, {}
    for work in sorted({mark.work for mark in new}):
        before.update(_scores(standing(book, work)))
        mine = [mark for mark in new if mark.work == work]
        after.update(_scores(standing(book, work, Changes(mine))))
    return tuple(_changed(aim, mark, before, after) for aim, mark in plan.marked)


_Scores = dict[tuple[str, str, str], float | None]


def _scores(attempts: tuple[Attempt, ...]) -> _Scores:
    return {(each.task, each.student, each.submission): each.score for each in attempts}


def _changed(aim: Aim, mark: Adjustment, before: _Scores, after: _Scores) -> Changed:
    key = (mark.work, mark.student, mark.submission)
    return Changed(
        student=aim.row.student,
        work=mark.work,
        part=mark.part,
        machine=aim.machine,
        points=mark.points,
        worth=aim.worth,
        old_score=before.get(key),
        # Who handed in nothing has no attempt yet, and is marked as a whole.
        new_score=mark.points if aim.attempt is None else after.get(key),
        out_of=aim.record.points,
        counts=aim.counts,
        by=mark.by,
    )
