"""Clopper-Pearson bounds, against published figures and an independent beta quantile."""

from __future__ import annotations

import mpmath  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.evidence.bounds import lower_bound, tail, upper_bound

ERRORS = st.sampled_from([0.0025, 0.01, 0.05, 0.3])


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    trials = draw(st.integers(1, 512))
    return draw(st.integers(0, trials)), trials


@pytest.mark.parametrize(
    ("held", "trials", "error", "bound"),
    [
        (64, 64, 0.0025, 0.911),
        (20, 20, 0.05, 0.861),
        (32, 32, 0.0025, 0.829),
        (0, 64, 0.0025, 0.0),
        (1, 1, 0.05, 0.05),
    ],
)
def test_known_lower_bounds(held: int, trials: int, error: float, bound: float) -> None:
    """All of n proves error ** (1 / n): 64 of 64 at 0.0025 gives 0.911, 20 of 20 only 0.861."""
    assert lower_bound(held, trials, error) == pytest.approx(bound, abs=5e-4)


@settings(deadline=None, max_examples=40)
@given(counts(), ERRORS)
def test_the_tail_at_the_bound_is_the_error(pair: tuple[int, int], error: float) -> None:
    """At the lower bound, k or more of n have probability `error`.

    The probability is mpmath's regularised incomplete beta function, which is no code of ours.
    """
    held, trials = pair
    bound = lower_bound(held, trials, error)
    if held == 0:
        assert bound == 0.0
        return
    with mpmath.workdps(30):
        reached = mpmath.betainc(held, trials - held + 1, 0, bound, regularized=True)
    assert float(reached) == pytest.approx(error, rel=1e-8)


@settings(deadline=None, max_examples=40)
@given(counts(), st.floats(0, 1))
def test_the_binomial_tail_is_the_incomplete_beta_function(
    pair: tuple[int, int], rate: float
) -> None:
    """The sum over the exact binomial terms agrees with the incomplete beta function."""
    held, trials = pair
    if held == 0:
        assert tail(held, trials, rate) == 1.0
        return
    expected = float(mpmath.betainc(held, trials - held + 1, 0, rate, regularized=True))
    assert tail(held, trials, rate) == pytest.approx(expected, rel=1e-8, abs=1e-300)


@settings(deadline=None, max_examples=40)
@given(counts(), ERRORS)
def test_the_observed_rate_lies_between_the_bounds(pair: tuple[int, int], error: float) -> None:
    """The lower bound is at most k / n and the upper bound at least that, both in [0, 1]."""
    held, trials = pair
    rate = held / trials
    assert 0 <= lower_bound(held, trials, error) <= rate <= upper_bound(held, trials, error) <= 1


@settings(deadline=None, max_examples=40)
@given(counts(), ERRORS)
def test_one_more_success_raises_both_bounds(pair: tuple[int, int], error: float) -> None:
    """Both bounds grow strictly with k."""
    held, trials = pair
    if held < trials:
        assert lower_bound(held, trials, error) < lower_bound(held + 1, trials, error)
        assert upper_bound(held, trials, error) < upper_bound(held + 1, trials, error)


@settings(deadline=None, max_examples=40)
@given(counts(), ERRORS)
def test_the_upper_bound_mirrors_the_lower(pair: tuple[int, int], error: float) -> None:
    """Failures are successes counted from the other side."""
    held, trials = pair
    assert upper_bound(held, trials, error) == 1 - lower_bound(trials - held, trials, error)


@settings(deadline=None, max_examples=40)
@given(counts())
def test_less_error_allowed_gives_wider_bounds(pair: tuple[int, int]) -> None:
    """A smaller error can only lower the lower bound."""
    held, trials = pair
    assert lower_bound(held, trials, 0.0025) <= lower_bound(held, trials, 0.05)


@pytest.mark.parametrize(
    ("held", "trials", "error"),
    [
        (-1, 4, 0.05),
        (5, 4, 0.05),
        (0, 0, 0.05),
        (0, -1, 0.05),
        (2, 4, 0.0),
        (2, 4, 1.0),
        (2, 4, -0.1),
        (2, 4, float("nan")),
    ],
)
def test_impossible_counts_and_errors_are_refused(held: int, trials: int, error: float) -> None:
    """More successes than trials, no trials, or an error outside (0, 1) raise ValueError."""
    with pytest.raises(ValueError, match="no bounds"):
        lower_bound(held, trials, error)
    with pytest.raises(ValueError, match="no bounds"):
        upper_bound(held, trials, error)
