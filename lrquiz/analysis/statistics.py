"""Statistics of items and of whole works, as Moodle computes them; variances are of samples.

None stands where a number is not defined: too few students, or nothing that varies.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

_NOISE = 1e-9
"""marks this close are equal: rests are differences of sums, in whatever order"""


def covariance(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return the covariance of a sample; None of fewer than two."""
    if len(one) < 2:
        return None
    first, second = fmean(one), fmean(other)
    products = ((a - first) * (b - second) for a, b in zip(one, other, strict=True))
    return math.fsum(products) / (len(one) - 1)


def varies(values: Sequence[float]) -> bool:
    """Say whether values differ by more than rounding."""
    return len(values) > 1 and max(values) - min(values) > _NOISE


def item_rest(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return the correlation of an item's marks with those of the rest, from -1 to 1.

    Moodle's discrimination index is a hundred times this.
    """
    between = covariance(marks, rests)
    if between is None or not varies(marks) or not varies(rests):
        return None
    spread = math.sqrt((covariance(marks, marks) or 0.0) * (covariance(rests, rests) or 0.0))
    return max(-1.0, min(1.0, between / spread)) if spread else None


def efficiency(marks: Sequence[float], rests: Sequence[float]) -> float | None:
    """Return the discriminative efficiency: the covariance as a share of the largest possible.

    The largest is the one that the same marks and rests have when both are sorted.
    """
    between, largest = covariance(marks, rests), covariance(sorted(marks), sorted(rests))
    if between is None or not largest or not varies(marks) or not varies(rests):
        return None
    return between / largest


def consistency(columns: Sequence[Sequence[float]]) -> float | None:
    """Return Cronbach's alpha: Moodle's coefficient of internal consistency is a hundred times it.

    Args:
        columns: the marks of each item, of the same students in the same order.
    """
    totals = [math.fsum(row) for row in zip(*columns, strict=True)]
    count, whole = len(columns), covariance(totals, totals)
    if count < 2 or not whole or not varies(totals):
        return None
    parts = math.fsum(covariance(each, each) or 0.0 for each in columns)
    return count / (count - 1) * (1 - parts / whole)


def deviation(values: Sequence[float]) -> float | None:
    """Return the standard deviation of a sample."""
    spread = covariance(values, values)
    return None if spread is None else math.sqrt(spread)


def skewness(values: Sequence[float]) -> float | None:
    """Return the skew of a sample: below 0 where few are far below the mean."""
    count = len(values)
    if count < 3 or not varies(values):
        return None
    mean = fmean(values)
    third = math.fsum((each - mean) ** 3 for each in values) * count
    spread = deviation(values) or 0.0
    return third / ((count - 1) * (count - 2) * spread**3)
