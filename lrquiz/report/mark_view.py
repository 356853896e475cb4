"""Scores, points and what became of them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lrquiz.grade.people.adjusting import score_of
from lrquiz.model.decision import WHOLE
from lrquiz.model.mark import Mark
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome
from lrquiz.report.told import Told
from lrquiz.resources.texts import said, said_of

WAITS = said("waits for a person")
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.PASSED: said("passed"),
        Outcome.FAILED: said("failed"),
        Outcome.UNCHECKED: said("unchecked"),
        Outcome.OPEN: said("open"),
    }
)
ENDINGS: Mapping[Ending, str] = MappingProxyType(
    {
        Ending.OK: said("ok"),
        Ending.RUNTIME_ERROR: said("runtime error"),
        Ending.TIME_LIMIT: said("time limit"),
        Ending.CPU_LIMIT: said("CPU limit"),
        Ending.MEMORY_LIMIT: said("memory limit"),
        Ending.PROCESS_LIMIT: said("process limit"),
        Ending.OUTPUT_LIMIT: said("output limit"),
        Ending.REFUSED: said("refused"),
        Ending.INTERNAL_ERROR: said("internal error"),
    }
)


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
        return said("not scored yet (of %(full)s)", full=points(full))
    return _of(points(counts), full)


def part_points(check: CheckResult, told: Told) -> PointsView:
    """Return what one part of a piece of work gives."""
    is_open, mark = check.outcome is Outcome.OPEN and check.worth, told.parts.get(check.check)
    machine = _of("?" if is_open else points(check.points), check.worth)
    comment = "" if mark is None else mark.comment
    if mark is None or mark.points is None:
        return PointsView(machine, "", comment)
    person = _of(points(mark.points), check.worth)
    return PointsView(said("no points") if is_open else machine, person, comment)


def mark_lines(told: Told) -> tuple[str, ...]:
    """Return what became of the machine's score, in sentences for the student; nobody is named."""
    lines = []
    if told.needs_attention:
        lines.append(said("A person will look at it; there is no score before that."))
    if told.mark is not None and told.mark.shared_by:
        is_shown = told.mark.submission == told.record.submission
        lines.append(
            said("Your group's best attempt counts, and this page shows it.")
            if is_shown
            else said("Your group's best attempt counts, and this page shows your own.")
        )
    return (*lines, *_own_lines(told))


def _own_lines(told: Told) -> Iterator[str]:
    """Yield what holds for the attempt that the page shows."""
    mark, record = told.mark, told.record
    if mark is not None and mark.submission == record.submission and mark.days_late:
        yield _late(mark, told)
    whole = told.parts.get(WHOLE)
    if whole is not None and whole.points is not None:
        yield said(
            "A person marked it as a whole: %(given)s. The machine gave %(machine)s.",
            given=_of(points(whole.points), record.points),
            machine=said("no score") if record.score is None else points(record.score),
        )


def _late(mark: Mark, told: Told) -> str:
    days = said_of(mark.days_late or 0, "%(count)s day", "%(count)s days")
    if mark.factor >= 1:
        return said("Handed in %(days)s late, which costs nothing.", days=days)
    told_so = {"days": days, "share": f"{100 * (1 - mark.factor):.3g}"}
    before = score_of(told.record, told.parts)
    if before is None or mark.score is None:
        return said("Handed in %(days)s late, which costs %(share)s %%.", **told_so)
    return said(
        "Handed in %(days)s late, which costs %(share)s %%: %(before)s became %(after)s.",
        **told_so,
        before=points(before),
        after=points(mark.score),
    )


def _of(given: str, full: float) -> str:
    return said("%(given)s of %(full)s", given=given, full=points(full))


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
    return mark.shared_by if is_told else said("a member of the group")
