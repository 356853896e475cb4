"""Exploring an experiment: what is tried, what is decided, what is worth telling.

Traces are recorded by hand (see RecordedRuns), so that a seed's outcome can be chosen.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.evidence.bands import decide
from lrquiz.evidence.claims import arms_of, faults, unspoken
from lrquiz.evidence.predicates import PREDICATES
from lrquiz.model.item import Experiment, Quantifier
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Verdict
from lrquiz.verify.exploring.explore import Exploration, explore, medians
from tests.verify.recorded_runs import RecordedRuns, losses, rates

PAIR = Experiment("mlp_classifier", 4, {"low": {"lr": 0.1}, "high": {"lr": 10.0}})
STEP = Experiment("scheduler_trace", 12, {"given": {"gamma": 0.3}})
STEP_LR = rates(
    (0.1,) * 5 + (0.03,) * 5 + (0.009,) * 2,
    (0.1,) * 4 + (0.03,) * 5 + (0.009,) * 3,
)


def trained(*values: float, accuracy: tuple[float, ...] = (0.85, 0.85, 0.97, 0.97)) -> Trace:
    """Return a trace of everything that the classifier records."""
    trace = losses(*values)
    flat = (0.1,) * len(values)
    more = {"accuracy": accuracy, "lr": flat, "lr_after": flat, "weight_change": flat}
    recorded = RECIPES["mlp_classifier"].records
    return Trace({**trace.epochs, **more}, recorded=recorded, planned_epochs=len(values))


FALLING, BOUNCING = trained(1.0, 0.5, 0.2, 0.1), trained(1.0, 3.0, 1.0, 2.0, accuracy=(0.5,) * 4)


def run(arm: str, seed: int) -> Trace:
    """The low rate falls; the high one bounces, except that it falls in a third of the seeds."""
    trace = FALLING if arm == "low" or seed % 3 == 0 else BOUNCING
    flat = (float(PAIR.arms[arm]["lr"]),) * PAIR.epochs
    return replace(trace, epochs={**trace.epochs, "lr": flat, "lr_after": flat})


def explored(most_seeds: int = 512) -> Exploration:
    return explore(PAIR, RecordedRuns(run).as_laboratory, most_seeds)


def names(found: Exploration, verdict: Verdict) -> list[tuple[str, ...]]:
    claims = [each.decision.claim for each in found.having(verdict)]
    return [(str(each.predicate), *arms_of(each)) for each in claims]


def test_every_predicate_is_tried_on_every_arm_and_pair() -> None:
    """Nothing that the recipe records and arms allow is left out, and no claim has a fault."""
    found = explored()
    recorded = RECIPES["mlp_classifier"].records
    tried = {
        (each.decision.claim.predicate, *arms_of(each.decision.claim)) for each in found.claims
    }
    for predicate in PREDICATES.values():
        if predicate.needs <= recorded:
            pairs = [("low", "high"), ("high", "low")]
            wanted = pairs if len(predicate.arms) == 2 else [("low",), ("high",)]
            assert {(predicate.name, *arms) for arms in wanted} <= tried
    assert not [f for e in found.claims for f in faults(e.decision.claim, PAIR, recorded)]


def test_every_verdict_is_that_of_the_bands() -> None:
    """A claim's figures are those at which it was decided, and give the verdict that is told."""
    for each in explored().claims:
        told = each.decision
        assert decide(told.claim, told.held, told.trials) == told


def test_claims_are_sorted_into_keys_distractors_and_neither() -> None:
    """What holds in all seeds can be a key, in none a distractor, in some only with "may"."""
    found = explored()
    supported, refuted = names(found, Verdict.SUPPORTED), names(found, Verdict.REFUTED)
    assert ("loss_falls_steadily", "low") in supported
    assert ("loss_is_unsteady", "low") in refuted
    assert ("weights_never_change", "low") in refuted
    assert ("loss_falls_steadily", "high") in names(found, Verdict.UNDECIDED)


def test_what_happens_in_most_seeds_is_said_as_may() -> None:
    """Two seeds of three are too few for "is" and enough for "may"."""
    (unsteady,) = (
        each
        for each in explored().having(Verdict.SUPPORTED)
        if each.decision.claim.predicate == "loss_is_unsteady"
    )
    assert unsteady.decision.claim.quantifier is Quantifier.SOMETIMES
    assert unsteady.decision.held / unsteady.decision.trials == pytest.approx(2 / 3, abs=0.02)
    assert "With learning rate 10 the loss may be unsteady" in unsteady.sentence
    assert not unspoken(unsteady.decision.claim, unsteady.sentence)


def test_what_follows_from_another_claim_is_not_told() -> None:
    """Of accuracies the highest that is supported and the lowest that is refuted are told."""
    low = [
        (each.decision.verdict, *list(each.decision.claim.parameters.values())[1:])
        for each in explored().claims
        if each.is_telling and arms_of(each.decision.claim) == ("low",)
        if each.decision.claim.predicate == "accuracy_reaches"
    ]
    assert sorted(low) == [
        (Verdict.REFUTED, 0.9, 1),
        (Verdict.REFUTED, 1.0, 3),
        (Verdict.SUPPORTED, 0.8, 1),
        (Verdict.SUPPORTED, 0.95, 3),
    ]


@pytest.mark.parametrize("most", [64, 128, 256])
def test_no_more_seeds_are_trained_than_allowed(most: int) -> None:
    """What is open by then is told as undecided."""
    found = explored(most)
    assert found.seeds <= most
    assert {each.decision.trials for each in found.claims} <= {64, 128, 256}


def test_rates_are_told_where_they_change() -> None:
    """Each multiple is told where it is first reached, measured ones too; a few wrong ones beside.

    A gamma of 0.3 is no candidate, but what the scheduler did shows it.
    """
    runs = RecordedRuns(lambda _arm, _seed: STEP_LR)
    found = explore(STEP, runs.as_laboratory)
    assert runs.asked == [range(2)]
    supported = [each.decision.claim.parameters for each in found.having(Verdict.SUPPORTED)]
    told = [each for each in supported if "times" in each]
    assert [(each["times"], each["epoch"]) for each in told] == [
        (1.0, 1),
        (0.3, 5),
        (0.09, 10),
    ]
    wrong = [each.decision.claim.parameters for each in found.having(Verdict.REFUTED)]
    multiples = [(each["times"], each["epoch"]) for each in wrong if "times" in each]
    assert {epoch for _, epoch in multiples} == {5, 10}
    assert {(1.0, 5), (0.09, 5), (1.0, 10), (0.3, 10)} <= set(multiples)
    assert len(multiples) == 6
    assert not found.having(Verdict.UNDECIDED)


def test_a_fact_that_differs_between_two_runs_is_refused() -> None:
    """A recipe that is declared deterministic and is not raises."""
    used, after = STEP_LR.epoch("lr"), STEP_LR.epoch("lr_after")
    runs = RecordedRuns(lambda _, seed: rates(used, (*after[:-1], 0.1 + seed)))
    with pytest.raises(RecipeError, match="two runs of arm 'given' differ"):
        explore(STEP, runs.as_laboratory)


def test_a_curve_is_the_median_over_seeds() -> None:
    """Infinity, NaN and epochs that a run did not reach all count as above every number."""
    assert explored().curves["low"] == (1.0, 0.5, 0.2, 0.1)
    assert explored().quantity == "loss"
    traces = [losses(1.0, nan, 3.0), losses(2.0, 5.0), losses(4.0, 6.0, -inf)]
    assert medians(traces, "loss") == (2.0, 6.0, inf)


def test_multiples_of_a_rate_of_zero_are_not_offered() -> None:
    """Each of them would be as true as the others, so none is an option."""
    experiment = Experiment("scheduler_trace", 12, {"a": {"lr": 0.0}})
    nothing = RecordedRuns(lambda _arm, _seed: rates((0.0,) * 12, (0.0,) * 12))
    found = explore(experiment, nothing.as_laboratory)
    assert found.claims
    assert not [each for each in found.claims if "times" in each.decision.claim.parameters]
