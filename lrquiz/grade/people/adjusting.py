"""Put people's marks beside the machine's, and say what counts.

Pure functions, so that the same rows always make the same marks: a regrade changes what the machine
says, never what a person said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.model.decision import WHOLE, Adjustment, Decision, DecisionKind
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


@dataclass(frozen=True, slots=True)
class Changes:
    """What is not in the gradebook yet, to see what it would make of the scores."""

    adjustments: Sequence[Adjustment] = ()
    decisions: Sequence[Decision] = ()
    records: Mapping[tuple[str, str], Record] = field(default_factory=dict)
    """results in place of those of today, by (student, digest of the attempt)"""


NO_CHANGES: Final = Changes()
_MARKED: Final = "marked by a person"
"""in place of what it was that waited for one"""


def voided(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the parts that count for nobody, whoever marked them.

    Args:
        decisions: the first first; a new rubric says anew what counts.
    """
    parts: set[str] = set()
    for each in decisions:
        if each.kind is DecisionKind.RUBRIC:
            parts.clear()
        elif each.kind is DecisionKind.VOID:
            parts.add(each.part)
    return frozenset(parts)


def standing(book: Gradebook, work: str, changes: Changes = NO_CHANGES) -> tuple[Attempt, ...]:
    """Return every attempt at a task or quiz with people's marks in its score, the first first.

    People's marks of parts that were voided are kept, and do not count.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    marks = in_force([*book.adjustments(work), *changes.adjustments])
    void = voided([*book.decisions(work), *changes.decisions])
    found = []
    for each in book.attempts(work):
        key = (each.student, each.submission)
        parts = {part: mark for part, mark in marks.get(key, {}).items() if part not in void}
        found.append(_marked(book, each, changes.records.get(key), parts))
    return tuple(found)


def _marked(book: Gradebook, attempt: Attempt, renewed: Record | None, parts: Parts) -> Attempt:
    if renewed is not None:
        attempt = _renewed(attempt, renewed)
    if not any(each.points is not None for each in parts.values()):
        return attempt
    whole = parts.get(WHOLE)
    score = score_of(renewed or book.record(attempt), parts)
    waits_no_more = attempt.score is None and score is not None
    return replace(
        attempt,
        score=score,
        detail=_MARKED if waits_no_more else attempt.detail,
        adjusted=True,
        is_last_word=whole is not None and whole.points is not None,
    )


def _renewed(attempt: Attempt, record: Record) -> Attempt:
    return replace(
        attempt,
        task_version=record.task_version,
        ending=str(record.ending),
        detail=record.detail,
        score=record.score,
        machine=record.score,
        points=record.points,
    )
