"""How a class did: distribution, endings, checks, mistakes."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lrquiz.model.record import Record
from lrquiz.model.task import Outcome

_BINS = 5


@dataclass(frozen=True, slots=True)
class CheckFacility:
    """How many passed one line of the rubric."""

    says: str
    passed: int
    of: int


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """Numbers about a class; scores of records that need a person are left out of the averages."""

    submissions: int
    scored: int
    mean: float | None
    median: float | None
    points: float
    distribution: tuple[tuple[str, int], ...]
    """(range of scores, number of submissions), lowest first"""
    endings: tuple[tuple[str, int], ...]
    mistakes: tuple[tuple[str, int], ...]
    checks: tuple[CheckFacility, ...]


def summarise(records: Sequence[Record]) -> ClassSummary:
    """Return the numbers of a class of at least one record."""
    scores = [record.score for record in records if record.score is not None]
    points = max(record.points for record in records)
    mistakes = Counter(f"{each.code} {each.title}" for r in records for each in r.diagnoses)
    return ClassSummary(
        submissions=len(records),
        scored=len(scores),
        mean=statistics.mean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        points=points,
        distribution=_distribution(scores, points),
        endings=_ranked(Counter(str(record.ending) for record in records)),
        mistakes=_ranked(mistakes),
        checks=_facilities(records),
    )


def _ranked(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _distribution(scores: Sequence[float], points: float) -> tuple[tuple[str, int], ...]:
    width = points / _BINS
    # Multiplied before it is divided: 0.6 of 1 is 2.999... widths of 0.2, yet 3 fifths.
    fifths = [int(score * _BINS / points) if points else 0 for score in scores]
    bins = Counter(min(each, _BINS - 1) for each in fifths)
    return tuple((_range(index, width), bins[index]) for index in range(_BINS))


def _range(index: int, width: float) -> str:
    end = f"{(index + 1) * width:g}"
    return f"{index * width:g} to {end if index == _BINS - 1 else f'under {end}'}"


def _facilities(records: Sequence[Record]) -> tuple[CheckFacility, ...]:
    lines: dict[str, list[Outcome]] = {}
    for record in records:
        for check in record.checks:
            lines.setdefault(check.says, []).append(check.outcome)
    return tuple(
        CheckFacility(says, outcomes.count(Outcome.PASSED), len(outcomes))
        for says, outcomes in lines.items()
    )
