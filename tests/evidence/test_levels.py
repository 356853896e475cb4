"""Predicates that hold the loss against a level, its own end, or another run's."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.evidence.predicates.levels import (
    late_loss_is_lower_than,
    loss_ends_above,
    loss_ends_below,
    loss_settles,
    reaches_later_than,
)
from tests.evidence.made_traces import trace_of

STOPPED = "RuntimeError: out of luck"
LOSSES = st.lists(st.floats(), max_size=8)


@pytest.mark.parametrize(
    ("losses", "above", "below"),
    [
        ([9.0, 0.6], True, False),
        ([0.1, 0.4], False, True),
        ([0.5], False, False),
        ([0.1, nan], True, False),
        ([0.1, inf], True, False),
        ([0.1, -inf], True, False),
        ([], True, False),
    ],
)
def test_where_the_loss_ends(losses: list[float], *, above: bool, below: bool) -> None:
    """Only the last loss counts; one that is no finite number ends above and below nothing."""
    assert loss_ends_above(trace_of(losses), 0.5) is above
    assert loss_ends_below(trace_of(losses), 0.5) is below


@settings(deadline=None, max_examples=60)
@given(LOSSES, st.floats(-1e6, 1e6))
def test_no_loss_ends_above_and_below(losses: list[float], level: float) -> None:
    """A loss ends above a level, below it, or exactly on it."""
    above, below = (each(trace_of(losses), level) for each in (loss_ends_above, loss_ends_below))
    assert above + below == (0 if losses and losses[-1] == level else 1)


@pytest.mark.parametrize(
    ("mine", "other", "lower"),
    [
        ([9.0, 9.0, 9.0, 0.1], [0.0, 0.0, 0.0, 0.2], True),
        ([0.0, 0.0, 0.0, 0.2], [9.0, 9.0, 9.0, 0.1], False),
        ([1.0] * 6 + [0.0, 0.3], [1.0] * 6 + [0.2, 0.2], True),
        ([0.1], [0.1], False),
        ([0.1], [nan], True),
        ([nan], [0.1], False),
        ([nan], [nan], False),
        ([0.1], [], True),
        ([], [], False),
    ],
)
def test_late_loss_is_the_mean_of_the_last_quarter(
    mine: list[float], other: list[float], *, lower: bool
) -> None:
    """What came before the last quarter does not count, and no number is lower than none."""
    assert late_loss_is_lower_than(trace_of(mine), trace_of(other)) is lower


@settings(deadline=None, max_examples=60)
@given(LOSSES, LOSSES)
def test_of_two_runs_at_most_one_ends_lower(mine: list[float], other: list[float]) -> None:
    """`late_loss_is_lower_than` and `reaches_later_than` are no two-way streets."""
    one, two = trace_of(mine), trace_of(other)
    assert not (late_loss_is_lower_than(one, two) and late_loss_is_lower_than(two, one))
    assert not (reaches_later_than(one, two, 0.5) and reaches_later_than(two, one, 0.5))


@pytest.mark.parametrize(
    ("mine", "other", "later"),
    [
        ([1.0, 0.6, 0.4], [1.0, 0.4, 0.9], True),
        ([1.0, 0.4], [1.0, 0.4], False),
        ([1.0, 0.9], [1.0, 0.4], True),
        ([nan, nan], [1.0, 0.4], True),
        ([1.0, 0.4], [nan, nan], False),
        ([1.0], [1.0], False),
        ([], [0.1], True),
        ([0.5], [0.4], True),
    ],
)
def test_later_is_in_a_later_epoch_or_never(
    mine: list[float], other: list[float], *, later: bool
) -> None:
    """Where nobody gets below the level, nobody is later."""
    assert reaches_later_than(trace_of(mine), trace_of(other), 0.5) is later


@pytest.mark.parametrize(
    ("losses", "settles"),
    [
        ([1.0, 0.3, 0.1, 0.1], True),
        ([1.0, 0.3, 0.1, 0.095], True),
        ([1.0, 0.3, 0.1, 0.08], False),
        ([1.0, 1.0, 1.0, 1.0], False),
        ([0.1, 0.3, 0.1, 0.1], False),
        ([1.0, nan, 0.1, 0.1], False),
        ([1.0, 0.1, 0.1], False),
        ([], False),
    ],
)
def test_a_settled_loss_ends_lower_and_flat(losses: list[float], *, settles: bool) -> None:
    """Flat is within 1 % of the first loss, from the epoch before the last quarter on."""
    assert loss_settles(trace_of(losses)) is settles
    assert not loss_settles(trace_of(losses, stopped=STOPPED))
    assert not loss_settles(trace_of(losses, planned=9))
