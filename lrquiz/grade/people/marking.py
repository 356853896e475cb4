"""One row of a table of marks, as it is kept: its points, its reason, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lrquiz.grade.people.aim import WITHDRAWN, Aim, FaultError
from lrquiz.grade.people.points import points_in
from lrquiz.model.decision import Adjustment


@dataclass(frozen=True, slots=True)
class Marking:
    """What holds for every row of a table."""

    by: str
    at: datetime
    work: str = ""
    """of rows that name none"""
    allow_extra: bool = False
    """whether more points than a part is worth are a bonus, not a slip"""


def adjustment_of(aim: Aim, marking: Marking) -> Adjustment:
    """Return what is kept of a row.

    Raises:
        FaultError: its points are none, or too many, or it lacks a reason or a name.
    """
    row, by = aim.row, aim.row.by or marking.by
    points = _points(aim, allow_extra=marking.allow_extra)
    if row.points and not row.reason:
        raise FaultError("says no reason; staff need one for every mark")
    if not by:
        raise FaultError("does not say by whom; fill in the column by, or give --by")
    return Adjustment(
        *(aim.record.student, aim.work.id, aim.part, points, row.comment, row.reason, by),
        at=marking.at,
        submission=aim.record.submission,
    )


def _points(aim: Aim, *, allow_extra: bool) -> float | None:
    text = aim.row.points
    if text == WITHDRAWN:
        return None
    if not text:  # only a comment: what a person gave before stays
        return None if aim.held is None else aim.held.points
    try:
        points = points_in(text)
    except ValueError as error:
        raise FaultError(str(error)) from error
    if points > aim.worth and not allow_extra:
        message = f"{points:g} points are more than the {aim.worth:g} that it is worth"
        raise FaultError(f"{message}; for a bonus give --allow-extra")
    return points
