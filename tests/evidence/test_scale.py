"""Axes that curves share, and how far apart curves lie on them."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.evidence.predicates.curves import loss_looks_like, rate_looks_like
from lrquiz.evidence.scale import apart, common_scale
from lrquiz.model.trace import Trace

LINES = st.lists(st.none() | st.floats(), max_size=12)
FALLING, FLAT, RISING, BROKEN = (1.0, 0.5, 0.2), (1.0, 1.0, 1.0), (1.0, 1.5, 2.0), (1.0, nan, nan)


def trace(*values: float) -> Trace:
    columns = {"loss": values, "lr": values}
    return Trace(columns, recorded=frozenset({"epoch.loss", "epoch.lr"}))


def looks_like(mine: tuple[float, ...], *drawn: tuple[float, ...]) -> bool:
    """Say whether a run looks like the first of four curves; the same of losses and of rates."""
    found = [each(trace(*mine), *(trace(*one) for one in drawn)) for each in BOTH]
    assert found[0] is found[1]
    return found[0]


BOTH = (loss_looks_like, rate_looks_like)


@given(LINES, LINES, LINES)
def test_a_distance_is_a_share_of_the_height(
    one: list[float], other: list[float], third: list[float]
) -> None:
    """Any two lines lie 0 to 1 apart, the same both ways, and none apart from itself."""
    scale = common_scale([one, other, third])
    assert 0 <= apart(one, other, scale) <= 1
    assert apart(one, other, scale) == apart(other, one, scale)
    assert apart(one, one, scale) == 0


@given(LINES, LINES)
def test_whatever_is_drawn_stands_on_the_axes(one: list[float], other: list[float]) -> None:
    """A value has a height from 0 to 1 exactly where it can be drawn."""
    scale = common_scale([one, other])
    for value in (*one, *other):
        height = scale.height(value)
        can_be_drawn = value is not None and abs(value) <= 1e6
        assert (height is not None) == can_be_drawn
        assert height is None or 0 <= height <= 1


def test_axes_are_logarithmic_where_values_span_decades() -> None:
    """A tenfold step is as high at the top as at the bottom; a zero keeps the axes linear."""
    wide = common_scale([(0.01, 0.1, 0.1), (0.1, 100.0)])
    assert wide.is_log
    assert wide.height(0.1) == pytest.approx(0.25)
    assert not common_scale([(0.0, 0.1, 0.1), (0.1, 100.0)]).is_log
    assert common_scale([(nan,), ()]).height(0.5) == 0.5


def test_a_run_looks_like_the_curve_it_is_nearest_to() -> None:
    """It looks like one of four curves, and like no other of them."""
    drawn = [FALLING, FLAT, RISING, BROKEN]
    near = (1.0, 0.52, 0.23)
    for first in drawn:
        others = [each for each in drawn if each is not first]
        assert looks_like(near, first, *others) is (first is FALLING)


def test_what_is_no_number_is_decided_first() -> None:
    """A run that stops being a number looks like the curve that ends there, however it began."""
    assert looks_like((3.0, inf, nan), BROKEN, FALLING, FLAT, RISING)
    assert not looks_like((1.0, nan, nan), FLAT, FALLING, RISING, BROKEN)
    assert looks_like((1.0,), BROKEN, FALLING, FLAT, RISING)


def test_curves_that_nobody_can_tell_apart_look_like_nothing() -> None:
    """Two of four that lie on each other leave no run that looks like any of them."""
    twin = (1.0, 0.5, 0.21)
    assert not looks_like(FALLING, FALLING, twin, FLAT, RISING)
    assert not looks_like(FALLING, FALLING, FLAT, RISING, RISING)


def test_a_run_in_the_middle_looks_like_neither() -> None:
    """Nearer by less than eyes can tell is not nearer."""
    middle = (1.0, 0.751, 0.601)
    assert not looks_like(middle, FALLING, FLAT, RISING, BROKEN)
    assert not looks_like(middle, FLAT, FALLING, RISING, BROKEN)
