"""Put people's marks beside the machine's, and say what counts.

Pure functions, so that the same rows always make the same marks: a regrade changes what the machine
says, never what a person said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.model.decision import WHOLE, Adjustment
from lrquiz.model.record import Record
from lrquiz.model.task import CheckResult, Outcome

Parts = Mapping[str, Adjustment]
"""the marks of one attempt that are in force, by part"""


def in_force(adjustments: Iterable[Adjustment]) -> dict[tuple[str, str], dict[str, Adjustment]]:
    """Return what counts of adjustments, by (student, digest of the attempt) and by part.

    Args:
        adjustments: the first first; a later one of the same part takes an earlier one's place.
    """
    found: dict[tuple[str, str], dict[str, Adjustment]] = {}
    for each in adjustments:
        found.setdefault((each.student, each.submission), {})[each.part] = each
    return found


def points_of(check: CheckResult, parts: Parts) -> float | None:
    """Return what a check gives: a person's points before the machine's; None while it is open."""
    mark = parts.get(check.check)
    if mark is not None and mark.points is not None:
        return mark.points
    return None if check.outcome is Outcome.OPEN and check.worth else check.points


def score_of(record: Record, parts: Parts) -> float | None:
    """Return the score of a record with people's marks in it; None while a person has to look."""
    whole = parts.get(WHOLE)
    if whole is not None and whole.points is not None:
        return whole.points
    if not record.checks:
        return record.score
    points = [points_of(each, parts) for each in record.checks]
    known = [each for each in points if each is not None]
    return sum(known) if len(known) == len(points) else None


def standing(book: Gradebook, work: str) -> tuple[Attempt, ...]:
    """Return every attempt at a task or quiz with people's marks in its score, the first first.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    marks = in_force(book.adjustments(work))
    return tuple(
        _marked(book, each, marks.get((each.student, each.submission), {}))
        for each in book.attempts(work)
    )


def _marked(book: Gradebook, attempt: Attempt, parts: Parts) -> Attempt:
    if not any(each.points is not None for each in parts.values()):
        return attempt
    whole = parts.get(WHOLE)
    return replace(
        attempt,
        score=score_of(book.record(attempt), parts),
        adjusted=True,
        is_last_word=whole is not None and whole.points is not None,
    )
