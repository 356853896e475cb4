"""Verdicts: the table of quantifiers, its boundaries, and when more seeds are pointless."""

from __future__ import annotations

import mpmath  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.evidence.bands import (
    ERROR_PER_CLAIM,
    ERROR_PER_LOOK,
    LOOKS,
    cannot_be_supported,
    decide,
    decide_fact,
    is_final,
)
from lrquiz.model.item import Claim, Quantifier
from lrquiz.model.verdict import Verdict

USUALLY = Claim("loss_is_unsteady", {"arm": "a"})
SOMETIMES = Claim("loss_is_unsteady", {"arm": "a"}, Quantifier.SOMETIMES)
NEVER = Claim("loss_is_unsteady", {"arm": "a"}, Quantifier.NEVER)
CLAIMS = st.sampled_from([USUALLY, SOMETIMES, NEVER])
LOOK = st.sampled_from(LOOKS)

MIRROR = {
    Verdict.SUPPORTED: Verdict.REFUTED,
    Verdict.REFUTED: Verdict.SUPPORTED,
    Verdict.UNDECIDED: Verdict.UNDECIDED,
}


def proves_at_least(held: int, trials: int, rate: float) -> bool:
    """Say whether `held` of `trials` prove a rate of at least `rate`, without our bounds."""
    if held == 0:
        return False
    chance = mpmath.betainc(held, trials - held + 1, 0, rate, regularized=True)
    return float(chance) <= ERROR_PER_LOOK


def least_that_proves(rate: float, trials: int) -> int:
    """Return the smallest count that proves `rate`; trials + 1 when none does."""
    return next((k for k in range(trials + 1) if proves_at_least(k, trials, rate)), trials + 1)


@pytest.mark.parametrize("trials", LOOKS)
@pytest.mark.parametrize(("claim", "rate"), [(USUALLY, 0.90), (SOMETIMES, 0.50)])
def test_a_claim_is_supported_from_the_first_count_that_proves_its_rate(
    claim: Claim, rate: float, trials: int
) -> None:
    """Supported exactly when the lower bound reaches 0.90 ("usually") or 0.50 ("sometimes")."""
    least = least_that_proves(rate, trials)
    assert decide(claim, least, trials).verdict is Verdict.SUPPORTED
    assert decide(claim, least - 1, trials).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize("trials", LOOKS)
@pytest.mark.parametrize(("claim", "rate"), [(USUALLY, 0.10), (SOMETIMES, 0.05)])
def test_a_claim_is_refuted_up_to_the_last_count_that_excludes_its_rate(
    claim: Claim, rate: float, trials: int
) -> None:
    """Refuted exactly when the upper bound is at most 0.10 ("usually") or 0.05 ("sometimes")."""
    most = trials - least_that_proves(1 - rate, trials)
    if most < 0:  # 64 seeds cannot show a rate of 0.05
        assert decide(claim, 0, trials).verdict is Verdict.UNDECIDED
        return
    assert decide(claim, most, trials).verdict is Verdict.REFUTED
    assert decide(claim, most + 1, trials).verdict is Verdict.UNDECIDED


def test_four_of_ten_refutes_nothing() -> None:
    """A distractor that is true in four runs of ten is not false: "not shown" is not refuted."""
    for claim in (USUALLY, SOMETIMES, NEVER):
        assert decide(claim, 205, 512).verdict is Verdict.UNDECIDED


def test_all_of_the_first_look_is_enough_and_one_failure_is_not() -> None:
    """64 of 64 prove 0.911, so "usually" can be decided at the first look; 63 of 64 do not."""
    assert decide(USUALLY, 64, 64).lower == pytest.approx(0.911, abs=5e-4)
    assert decide(USUALLY, 64, 64).verdict is Verdict.SUPPORTED
    assert decide(USUALLY, 63, 64).verdict is Verdict.UNDECIDED


def test_the_error_of_a_claim_is_split_over_the_looks() -> None:
    """Four looks share the error of 0.01, so that looking four times proves no less."""
    assert LOOKS == (64, 128, 256, 512)
    assert ERROR_PER_CLAIM == 0.01
    assert ERROR_PER_LOOK * len(LOOKS) == ERROR_PER_CLAIM


@settings(deadline=None, max_examples=40)
@given(LOOK, st.data())
def test_never_mirrors_usually(trials: int, data: st.DataObject) -> None:
    """What supports "usually" refutes "never" and the other way round, at every count."""
    held = data.draw(st.integers(0, trials))
    usually, never = decide(USUALLY, held, trials), decide(NEVER, held, trials)
    assert never.verdict is MIRROR[usually.verdict]
    assert (never.lower, never.upper) == (usually.lower, usually.upper)


@settings(deadline=None, max_examples=40)
@given(LOOK, st.data())
def test_more_successes_never_turn_support_into_refutation(
    trials: int, data: st.DataObject
) -> None:
    """Verdicts are monotone in k: refuted, then undecided, then supported."""
    order = [Verdict.REFUTED, Verdict.UNDECIDED, Verdict.SUPPORTED]
    held = data.draw(st.integers(0, trials - 1))
    for claim in (USUALLY, SOMETIMES):
        now, then = decide(claim, held, trials), decide(claim, held + 1, trials)
        assert order.index(now.verdict) <= order.index(then.verdict)


@settings(deadline=None, max_examples=40)
@given(CLAIMS, LOOK, st.data())
def test_what_is_decided_is_final(claim: Claim, trials: int, data: st.DataObject) -> None:
    """A supported or refuted claim asks for no more seeds; nor does anything at the last look."""
    decision = decide(claim, data.draw(st.integers(0, trials)), trials)
    if decision.verdict is not Verdict.UNDECIDED or trials == LOOKS[-1]:
        assert is_final(decision)


@settings(deadline=None, max_examples=40)
@given(CLAIMS, LOOK, st.data())
def test_what_is_supported_can_be_supported(claim: Claim, trials: int, data: st.DataObject) -> None:
    """No supported claim is said to be out of reach; every refuted one is."""
    decision = decide(claim, data.draw(st.integers(0, trials)), trials)
    if decision.verdict is Verdict.SUPPORTED:
        assert not cannot_be_supported(decision)
    if decision.verdict is Verdict.REFUTED:
        assert cannot_be_supported(decision)


@pytest.mark.parametrize("claim", [USUALLY, NEVER])
def test_a_rate_shown_to_lie_between_the_bands_needs_no_more_seeds(claim: Claim) -> None:
    """Half of the seeds exclude both bands of "usually" and "never": more can only say the same."""
    decision = decide(claim, 32, 64)
    assert decision.verdict is Verdict.UNDECIDED
    assert is_final(decision)


@pytest.mark.parametrize(("claim", "held"), [(USUALLY, 60), (NEVER, 4), (SOMETIMES, 32)])
def test_a_rate_near_a_band_needs_more_seeds(claim: Claim, held: int) -> None:
    """While the bounds still reach a band, an undecided claim is not final before the last look."""
    decision = decide(claim, held, 64)
    assert decision.verdict is Verdict.UNDECIDED
    assert not is_final(decision)
    assert not cannot_be_supported(decision)


@pytest.mark.parametrize(
    ("claim", "holds", "verdict"),
    [
        (USUALLY, True, Verdict.SUPPORTED),
        (USUALLY, False, Verdict.REFUTED),
        (SOMETIMES, True, Verdict.SUPPORTED),
        (SOMETIMES, False, Verdict.REFUTED),
        (NEVER, True, Verdict.REFUTED),
        (NEVER, False, Verdict.SUPPORTED),
    ],
)
def test_a_fact_is_decided_by_one_run(claim: Claim, holds: bool, verdict: Verdict) -> None:  # noqa: FBT001
    """A deterministic fact is decided at once, with bounds equal to what it showed."""
    decision = decide_fact(claim, holds=holds)
    assert decision.verdict is verdict
    assert (decision.trials, decision.held) == (1, int(holds))
    assert decision.lower == decision.upper == float(holds)
    assert is_final(decision)
