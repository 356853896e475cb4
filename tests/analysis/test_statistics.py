"""Statistics against independent formulas: what NumPy, ranks and definitions give."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lrquiz.analysis.statistics import (
    consistency,
    deviation,
    efficiency,
    item_rest,
    skewness,
)

MARKS = st.integers(0, 4).map(float)
PAIRS = st.lists(st.tuples(MARKS, MARKS), min_size=2, max_size=30)
TABLES = st.integers(2, 5).flatmap(
    lambda items: st.lists(st.lists(MARKS, min_size=items, max_size=items), min_size=2, max_size=20)
)
quickly = settings(deadline=None, max_examples=80)


@quickly
@given(PAIRS)
def test_item_rest_is_pearsons_correlation(pairs: list[tuple[float, float]]) -> None:
    """The corrected item-rest correlation of a hundred students or two is NumPy's."""
    marks, rests = zip(*pairs, strict=True)
    found = item_rest(marks, rests)
    if len(set(marks)) < 2 or len(set(rests)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(float(np.corrcoef(marks, rests)[0, 1]))


@quickly
@given(st.lists(st.tuples(MARKS, MARKS), min_size=2, max_size=5))
def test_efficiency_is_of_the_best_pairing(pairs: list[tuple[float, float]]) -> None:
    """No way of handing out the same marks has a larger covariance than the one compared with."""
    marks, rests = zip(*pairs, strict=True)
    assume(len(set(marks)) > 1 and len(set(rests)) > 1)
    best = max(float(np.cov(marks, other)[0, 1]) for other in permutations(rests))
    assert efficiency(marks, rests) == pytest.approx(float(np.cov(marks, rests)[0, 1]) / best)


@quickly
@given(TABLES)
def test_consistency_is_cronbachs_alpha(rows: list[list[float]]) -> None:
    """Alpha equals the formula over the covariance matrix of the items."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    found, matrix = consistency(columns), np.cov(np.array(columns))
    if len({math.fsum(row) for row in rows}) < 2:
        assert found is None
    else:
        items = len(columns)
        mean_on, total = float(np.trace(matrix)), float(matrix.sum())
        assert found == pytest.approx(items / (items - 1) * (1 - mean_on / total))


@quickly
@given(st.lists(MARKS, min_size=3, max_size=30))
def test_skew_is_moodles(values: list[float]) -> None:
    """Skew is k3 / k2 ** 1.5, with k-statistics as Moodle's calculator writes them."""
    count, mean = len(values), sum(values) / len(values)
    second = sum((each - mean) ** 2 for each in values) / count
    third = sum((each - mean) ** 3 for each in values) / count
    k2 = count * second / (count - 1)
    k3 = count * count * third / ((count - 1) * (count - 2))
    found = skewness(values)
    if len(set(values)) < 2:
        assert found is None
    else:
        assert found == pytest.approx(k3 / k2**1.5, abs=1e-9)


def test_what_is_not_defined_is_none() -> None:
    """One student has no spread, equal marks no correlation, one item no consistency."""
    assert deviation([1.0]) is None
    assert item_rest([1.0, 1.0], [0.0, 2.0]) is None
    assert efficiency([], []) is None
    assert consistency([[1.0, 2.0]]) is None


def test_rounding_is_no_spread() -> None:
    """Rests that differ only by the order of sums correlate with nothing."""
    rests = [0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, 0.6]
    assert len(set(rests)) > 1
    assert item_rest([0.0, 1.0, 0.0], rests) is None
