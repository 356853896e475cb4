"""Scores, points and what became of them, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lrquiz.grade.people.adjusting import score_of
from lrquiz.model.decision import WHOLE
from lrquiz.model.mark import Mark
from lrquiz.model.task import CheckResult, Outcome
from lrquiz.report.told import Told

WAITS = "waits for a person"


@dataclass(frozen=True, slots=True)
class PointsView:
    """What one part gives: the machine's points, and a person's beside them."""

    machine: str
    person: str
    """empty where nobody marked it"""
    comment: str
    """for the student"""


def points(value: float) -> str:
    """Return points to the hundredth, as `1.33`."""
    return f"{round(value, 2) + 0:g}"


def score(told: Told) -> float | None:
    """Return the score that counts; None while a person has to look."""
    return score_of(told.record, told.parts) if told.mark is None else told.mark.score


def score_text(told: Told) -> str:
    """Return the score that counts as `7 of 10`, or that there is none yet."""
    full = (told.record if told.mark is None else told.mark).points
    counts = score(told)
    if counts is None:
        return f"not scored yet (of {points(full)})"
    return f"{points(counts)} of {points(full)}"


def part_points(check: CheckResult, told: Told) -> PointsView:
    """Return what one part of a piece of work gives."""
    is_open, mark = check.outcome is Outcome.OPEN and check.worth, told.parts.get(check.check)
    machine = f"{'?' if is_open else points(check.points)} of {points(check.worth)}"
    comment = "" if mark is None else mark.comment
    if mark is None or mark.points is None:
        return PointsView(machine, "", comment)
    person = f"{points(mark.points)} of {points(check.worth)}"
    return PointsView("no points" if is_open else machine, person, comment)


def mark_lines(told: Told) -> tuple[str, ...]:
    """Return what became of the machine's score, in sentences for the student; nobody is named."""
    lines = []
    if told.needs_attention:
        lines.append("A person will look at it; there is no score before that.")
    if told.mark is not None and told.mark.shared_by:
        is_shown = told.mark.submission == told.record.submission
        shown = "and this page shows it" if is_shown else "and this page shows your own"
        lines.append(f"Your group's best attempt counts, {shown}.")
    return (*lines, *_own_lines(told))


def _own_lines(told: Told) -> Iterator[str]:
    """Yield what holds for the attempt that the page shows."""
    mark, record = told.mark, told.record
    if mark is not None and mark.submission == record.submission and mark.days_late:
        yield _late(mark, told)
    whole = told.parts.get(WHOLE)
    if whole is not None and whole.points is not None:
        machine = "no score" if record.score is None else points(record.score)
        yield (
            f"A person marked it as a whole: {points(whole.points)} of {points(record.points)}. "
            f"The machine gave {machine}."
        )


def _late(mark: Mark, told: Told) -> str:
    days = f"{mark.days_late} day{'s' if mark.days_late != 1 else ''}"
    if mark.factor >= 1:
        return f"Handed in {days} late, which costs nothing."
    before = score_of(told.record, told.parts)
    became = "" if None in {before, mark.score} else f": {_change(before, mark.score)}"
    return f"Handed in {days} late, which costs {100 * (1 - mark.factor):.3g} %{became}."


def _change(before: float | None, after: float | None) -> str:
    return f"{points(before or 0.0)} became {points(after or 0.0)}"


def whole_comment(told: Told) -> str:
    """Return what a person says of the work as a whole."""
    whole = told.parts.get(WHOLE)
    return "" if whole is None else whole.comment


def sharer(told: Told) -> str:
    """Return for staff whose mark it is; not by an id where ids are hidden behind codes."""
    mark = told.mark
    if mark is None:
        return ""
    is_told = not told.name or mark.student == told.name  # then the mark is in codes too
    return mark.shared_by if is_told else "a member of the group"
