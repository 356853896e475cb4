"""Looking at more and more seeds: how far, when to stop, and what stands.

Nothing is trained here: a fixture returns traces that were recorded by hand (see RecordedRuns), so
that a seed's outcome can be chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lrquiz.errors import RecipeError
from lrquiz.model.item import Claim, Variant
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import RejectionCode, Verdict
from lrquiz.verify import verify_variant
from lrquiz.verify.proving import is_ambiguous
from tests.verify.recorded_runs import RecordedRuns, losses, rates, shipped, without_clock

FALLING, BOUNCING = losses(1.0, 0.5, 0.2, 0.1), losses(1.0, 2.0, 1.0, 2.0, 3.0)
SLOWER = losses(1.0, 0.9, 0.8, 0.7)
LOOKS = [range(64), range(64, 128), range(128, 256), range(256, 512)]


def high(trace: Callable[[int], Trace]) -> RecordedRuns:
    """Return runs whose reference always falls and whose high rate does as told for each seed."""
    return RecordedRuns(lambda arm, seed: FALLING if arm == "reference" else trace(seed))


def test_verification_stops_when_all_is_decided() -> None:
    """When 64 seeds decide every claim, no further seed is trained."""
    runs = high(lambda _: BOUNCING)
    verified = verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory)
    assert verified.key == ("bounces",)
    assert verified.holds
    assert runs.asked == LOOKS[:1]
    assert verified.proof is not None
    assert verified.proof.torch_version


def test_a_claim_near_its_band_is_looked_at_until_it_is_decided() -> None:
    """One seed in thirty against a claim leaves 64 seeds undecided; more seeds decide it."""
    runs = high(lambda seed: SLOWER if seed % 30 == 7 else BOUNCING)
    verified = verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory)
    assert runs.asked == LOOKS[:3]
    smooth = verified.options[1]
    assert (smooth.verdict, smooth.trials, smooth.held) == (Verdict.REFUTED, 256, 9)
    assert verified.key == ("bounces",)


def test_the_first_decision_stands() -> None:
    """A claim decided at 64 seeds keeps its figures, whatever later seeds show.

    Here the first premise needs a second look; the options do not, and from seed 64 on the high
    rate does the opposite.
    """

    def trace(arm: str, seed: int) -> Trace:
        if arm == "reference":
            return losses(1.0, 0.5, 0.6, 0.1) if seed == 3 else FALLING
        return BOUNCING if seed < 64 else losses(1.0, 0.9, 0.8, 0.75)

    runs = RecordedRuns(trace)
    verified = verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory)
    assert runs.asked == LOOKS[:2]
    assert verified.premises[0].trials == 128
    bounces, smooth = verified.options[:2]
    assert (bounces.held, bounces.trials, bounces.verdict) == (64, 64, Verdict.SUPPORTED)
    assert (smooth.held, smooth.trials, smooth.verdict) == (0, 64, Verdict.REFUTED)
    assert verified.key == ("bounces",)


def test_a_premise_that_cannot_hold_ends_it_early() -> None:
    """Once a premise is out of reach no more seeds are trained, however open the options are.

    This is the example at rate 5.0: it ends better than the reference, so the stem is false.
    """
    runs = high(lambda seed: losses(1.0, 0.5, 0.2, 0.05) if seed % 2 else BOUNCING)
    verified = verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory)
    assert runs.asked == LOOKS[:1]
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.PREMISE_FAILED
    assert "held in 32 of 64 seeds" in verified.rejection.reason


def test_what_is_undecided_after_the_last_look_rejects() -> None:
    """A distractor that holds in one seed of eleven stays open for 512 seeds, then rejects."""
    runs = high(lambda seed: losses(1.0, 0.9, 0.8, 0.7) if seed % 11 == 0 else BOUNCING)
    verified = verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory)
    assert runs.asked == LOOKS
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.UNDECIDED
    assert "of 512 seeds" in verified.rejection.reason


def test_nan_supports_unsteadiness_and_nothing_else() -> None:
    """A run that becomes NaN is unsteady, ends worse, and is not slower, smooth or perfect."""
    runs = high(lambda _: losses(0.7, 3.1, float("nan"), float("nan")))
    assert verify_variant(shipped("lr-too-high-effect"), runs.as_laboratory).key == ("bounces",)


STEP_LR = rates(
    (0.1,) * 5 + (0.05,) * 5 + (0.025,) * 2,
    (0.1,) * 4 + (0.05,) * 5 + (0.025,) * 3,
)


def test_a_fact_takes_one_run_repeated_once() -> None:
    """What a scheduler does is run twice to be equal and decided by the first."""
    runs = RecordedRuns(lambda _arm, _seed: STEP_LR)
    verified = verify_variant(shipped("scheduler-halving"), runs.as_laboratory)
    assert verified.key == ("half",)
    assert runs.asked == [range(2)]
    assert verified.proof is not None
    assert verified.proof.lines == {"step": (STEP_LR.epoch("lr"),)}
    assert {decision.trials for decision in verified.options} == {1}


def test_a_fact_that_differs_between_two_runs_is_refused() -> None:
    """A recipe that is declared deterministic and is not raises, whatever its claims say."""
    used, after = STEP_LR.epoch("lr"), STEP_LR.epoch("lr_after")
    runs = RecordedRuns(lambda _, seed: rates(used, (*after[:-1], 0.1 + seed)))
    with pytest.raises(RecipeError, match="two runs of arm 'step' differ"):
        verify_variant(shipped("scheduler-halving"), runs.as_laboratory)


def with_open_option(variant: Variant, index: int) -> Variant:
    options = list(variant.options)
    options[index] = replace(options[index], claim=without_clock(options[index].claim))
    return replace(variant, options=tuple(options))


@pytest.mark.parametrize("index", [0, 2])
def test_an_option_whose_readings_disagree_is_ambiguous(index: int) -> None:
    """Counting from 1, epoch 5 still trains at the first rate: a stem must fix the counting."""
    runs = RecordedRuns(lambda _arm, _seed: STEP_LR)
    variant = with_open_option(shipped("scheduler-halving"), index)
    verified = verify_variant(variant, runs.as_laboratory)
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.AMBIGUOUS
    assert variant.options[index].id in verified.rejection.reason


def test_an_option_whose_readings_agree_is_not_ambiguous() -> None:
    """The rate is zero at epoch 5 by no clock, so that option may leave its clock open."""
    runs = RecordedRuns(lambda _arm, _seed: STEP_LR)
    variant = with_open_option(shipped("scheduler-halving"), 3)
    assert verify_variant(variant, runs.as_laboratory).key == ("half",)


def test_a_premise_whose_readings_disagree_is_ambiguous() -> None:
    """A stem that is true only by one way of counting is rejected as an option would be."""
    runs = RecordedRuns(lambda _arm, _seed: STEP_LR)
    variant = shipped("scheduler-halving")
    claim = without_clock(variant.options[0].claim)
    premise = replace(variant.premises[0], says="it has halved at epoch 5", claim=claim)
    verified = verify_variant(replace(variant, premises=(premise,)), runs.as_laboratory)
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.AMBIGUOUS
    assert "it has halved at epoch 5" in verified.rejection.reason


def test_readings_that_agree_in_number_alone_are_ambiguous() -> None:
    """Where each clock holds in one seed, and not in the same one, they disagree."""
    halved, flat = (0.1,) + (0.05,) * 11, (0.1,) * 12
    late = (0.1,) * 2 + (0.05,) + (0.1,) * 9
    early, later = rates((0.1, 0.05, *flat[2:]), (0.1, 0.05, *flat[2:])), rates(late, late)
    claim = Claim("rate_is_multiple_of_start", {"arm": "a", "times": 0.5, "epoch": 2})
    assert is_ambiguous(claim, {"a": (early, later)})
    assert not is_ambiguous(claim, {"a": (rates(halved, halved),) * 2})
