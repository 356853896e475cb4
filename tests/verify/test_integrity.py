"""Evidence that contradicts its arm proves nothing, whatever its claims would say of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lrquiz.errors import ContradictionError
from lrquiz.model.item import Experiment
from lrquiz.model.trace import Event, Trace
from lrquiz.verify import verify_variant
from lrquiz.verify.integrity import refuse_contradictions
from tests.verify.recorded_runs import RecordedRuns, rates, shipped

GIVEN = ["zero_grad", "forward", "backward", "step"]


def of_rates(first: float, **settings: object) -> None:
    """Look at one seed of an arm whose training began with this rate."""
    experiment = Experiment("scheduler_trace", 2, {"given": settings})
    second = first / 2 if settings.get("schedule") == "ExponentialLR" else first
    runs = {"given": (rates((first, second), (second, second)),)}
    refuse_contradictions(experiment, runs, range(7, 8))


@pytest.mark.parametrize(
    ("settings", "used"),
    [
        ({"schedule": "StepLR", "step_size": 2, "gamma": 0.5}, (0.4, 0.4, 0.2, 0.2, 0.1)),
        ({"schedule": "StepLR", "step_size": 1, "gamma": 0.1}, (0.4, 0.04, 0.004, 0.0004, 0.00004)),
        ({"schedule": "ExponentialLR", "gamma": 0.5}, (0.4, 0.2, 0.1, 0.05, 0.025)),
        ({"schedule": "none"}, (0.4,) * 5),
    ],
)
def test_a_decay_must_be_that_of_the_arm(
    settings: dict[str, object], used: tuple[float, ...]
) -> None:
    """Each epoch's rate follows from the arm's schedule; one that does not is told with both."""
    experiment = Experiment("scheduler_trace", 5, {"given": {"lr": 0.4, **settings}})
    refuse_contradictions(experiment, {"given": (rates(used, used),)}, range(1))
    other = (*used[:4], 3 * used[4])
    with pytest.raises(ContradictionError, match=r"by its schedule lr = .* in epoch 4"):
        refuse_contradictions(experiment, {"given": (rates(other, other),)}, range(1))


def of_calls(*kinds: str, stopped: str | None = None) -> None:
    """Look at one seed of an arm whose loop made these calls."""
    events = tuple(Event(kind, 0) for kind in kinds)
    trace = Trace(events=events, recorded=frozenset({"events"}), stopped=stopped)
    experiment = Experiment("training_loop", 1, {"given": {"calls": GIVEN}})
    refuse_contradictions(experiment, {"given": (trace,)}, range(1))


@pytest.mark.parametrize(
    "schedule", ["none", "StepLR", "ExponentialLR", "CosineAnnealingLR", "ReduceLROnPlateau"]
)
def test_training_must_begin_with_the_rate_of_the_arm(schedule: str) -> None:
    """A rate other than the arm's is told with arm, seed, and both rates."""
    of_rates(0.4, lr=0.4, schedule=schedule)
    with pytest.raises(ContradictionError, match=r"arm 'given', seed 7: .* lr = 0.4, .* with 0.1"):
        of_rates(0.1, lr=0.4, schedule=schedule)


@pytest.mark.parametrize("schedule", ["LinearLR", "OneCycleLR"])
def test_a_schedule_may_begin_below_the_rate_of_the_arm(schedule: str) -> None:
    """A warm-up begins at a share of the rate, which is no contradiction."""
    of_rates(0.1, lr=0.4, schedule=schedule)


def test_a_default_rate_counts_as_one_that_is_said() -> None:
    """An arm that names no rate has its recipe's default, and evidence is held to that."""
    of_rates(0.1)
    with pytest.raises(ContradictionError, match=r"lr = 0\.1"):
        of_rates(1.0)


@pytest.mark.parametrize("layer", ["first", "last"])
def test_every_rate_of_an_arm_is_held_to(layer: str) -> None:
    """Where layers have rates of their own, training must begin with each of them."""

    def look(first: float, last: float) -> None:
        columns = {"lr_first": (first, first), "lr_last": (last, last)}
        trace = Trace(epochs=columns, recorded=frozenset(f"epoch.{each}" for each in columns))
        experiment = Experiment("layer_rates", 2, {"given": {"lr_first": 0.5}})
        refuse_contradictions(experiment, {"given": (trace,)}, range(1))

    look(0.5, 0.001)
    wrong = {"first": (0.05, 0.001), "last": (0.5, 0.01)}[layer]
    with pytest.raises(ContradictionError, match=rf"it says lr_{layer} = 0\.\d+, but"):
        look(*wrong)


def test_the_first_calls_must_be_those_of_the_arm() -> None:
    """A loop that lacks a call or makes them in another order is no evidence for the arm."""
    of_calls(*GIVEN, *GIVEN)
    for wrong in (["zero_grad", "forward", "step", "zero_grad"], [*reversed(GIVEN)], []):
        with pytest.raises(ContradictionError, match="it says calls = zero_grad, forward"):
            of_calls(*wrong)


def test_a_loop_that_stopped_is_held_to_the_calls_it_made() -> None:
    """An exception in the first batch cuts the calls short, and may not exchange them."""
    of_calls("zero_grad", "forward", stopped="RuntimeError: no")
    with pytest.raises(ContradictionError):
        of_calls("forward", stopped="RuntimeError: no")


def test_no_proof_rests_on_contradicting_evidence() -> None:
    """Verification stops with the contradiction rather than with a key."""
    variant = shipped("scheduler-halving")
    used = (0.2,) * 5 + (0.1,) * 5 + (0.05,) * 3
    runs = RecordedRuns(lambda *_: rates(used[:12], used[1:]))
    with pytest.raises(ContradictionError, match="scheduler_trace, arm 'step'"):
        verify_variant(variant, runs.as_laboratory)
    arms = {"step": {"lr": 0.2}}
    told = replace(variant, experiment=replace(variant.experiment, arms=arms))
    assert verify_variant(told, runs.as_laboratory).key == ("half",)
