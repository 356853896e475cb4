"""How a class did: distribution, endings, mistakes."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lrquiz.model.record import Record
from lrquiz.resources.texts import said

_BINS = 5


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


def summarise(
    records: Sequence[Record], marks: Sequence[tuple[float | None, float]] | None = None
) -> ClassSummary:
    """Return the numbers of a class.

    Args:
        records: of what was handed in, for endings and mistakes.
        marks: what counts for each student, as (score, points); the records' own where None. At
            least one.
    """
    counting = [(each.score, each.points) for each in records] if marks is None else marks
    scores = [score for score, _ in counting if score is not None]
    points = max(each for _, each in counting)
    mistakes = Counter(f"{each.code} {each.title}" for r in records for each in r.diagnoses)
    return ClassSummary(
        submissions=len(counting),
        scored=len(scores),
        mean=statistics.mean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        points=points,
        distribution=_distribution(scores, points),
        endings=_ranked(Counter(str(record.ending) for record in records)),
        mistakes=_ranked(mistakes),
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
    ends = {"low": f"{index * width:g}", "high": f"{(index + 1) * width:g}"}
    if index == _BINS - 1:
        return said("%(low)s to %(high)s", **ends)
    return said("%(low)s to under %(high)s", **ends)
