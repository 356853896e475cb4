"""Diagnosis: each rule fires on its proof and stays silent on correct loops that look alike."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.diagnosis import diagnose
from lrquiz.model.trace import Event, Trace

RECORDED = frozenset({"events", "step.lr", "step.loss", "epoch.weight_change"})
LINES = {"zero_grad": 10, "forward": 11, "backward": 12, "step": 13, "scheduler_step": 14}
LOOP = ("zero_grad", "forward", "backward", "step")


def trained(
    calls: Sequence[str] = LOOP,
    *,
    batches: int = 8,
    epochs: int = 2,
    rates: Sequence[float] = (0.1,),
    losses: Sequence[float] = (0.5,),
    weight_change: Sequence[float] = (1.0, 2.0),
    leftover: float = 0.0,
    per_epoch: Sequence[str] = (),
) -> Trace:
    """Return what a loop of these calls per batch leaves behind.

    Only the first backward finds nothing left over; `leftover` is what every later one finds.
    """
    events: list[Event] = []
    done = backwards = 0
    for _ in range(epochs):
        for call in [*list(calls) * batches, *per_epoch]:
            numbers = {}
            if call == "backward":
                numbers = {"leftover": leftover if backwards else 0.0}
                backwards += 1
            events.append(Event(call, done, LINES[call], numbers))
            done += call == "step"
    return Trace(
        epochs={"weight_change": tuple(weight_change)},
        steps={"lr": _spread(rates, done), "loss": _spread(losses, done)},
        events=tuple(events),
        recorded=RECORDED,
        planned_epochs=epochs,
    )


def _spread(values: Sequence[float], length: int) -> tuple[float, ...]:
    return tuple((*values, *[values[-1]] * length)[:length])


def codes(trace: Trace) -> list[str]:
    return [each.code for each in diagnose(trace)]


STILL = (0.0, 0.0)


def test_a_sound_loop_has_no_mistake() -> None:
    """A loop that does everything in order is not told anything."""
    assert codes(trained()) == []
    assert codes(trained(per_epoch=("scheduler_step",), rates=(0.1, 0.05))) == []


def test_steps_without_backward_and_without_movement_are_g6() -> None:
    """No backward, steps, and weights where they started: backward() is missing."""
    (found,) = diagnose(trained(("zero_grad", "forward", "step"), weight_change=STILL))
    assert (found.code, found.line) == ("G6", LINES["step"])
    assert "step() ran 16 times, backward() 0 times" in found.evidence
    assert "loss.backward()" in found.change


def test_gradients_taken_another_way_are_not_g6() -> None:
    """A loop by torch.autograd.grad never calls backward, but its weights move."""
    assert codes(trained(("forward", "step"))) == []


def test_backward_without_steps_and_without_movement_is_o1() -> None:
    """Gradients, no step, and weights where they started: step() is missing."""
    (found,) = diagnose(trained(("zero_grad", "forward", "backward"), weight_change=STILL))
    assert (found.code, found.line) == ("O1", LINES["backward"])


def test_o1_needs_no_step_columns() -> None:
    """A loop without an optimizer step has no step columns, and is diagnosed all the same."""
    trace = trained(("forward", "backward"), weight_change=STILL)
    without = Trace(
        epochs=trace.epochs,
        events=trace.events,
        recorded=frozenset({"events", "epoch.weight_change"}),
        planned_epochs=2,
    )
    assert codes(without) == ["O1"]


def test_weights_updated_by_hand_are_not_o1() -> None:
    """A loop that subtracts the gradient itself moves the weights without a step."""
    assert codes(trained(("zero_grad", "forward", "backward"))) == []


def test_gradients_that_pile_up_are_g1() -> None:
    """One backward per step, each but the first on top of the last: zero_grad() is missing."""
    (found,) = diagnose(trained(("forward", "backward", "step"), leftover=0.3))
    assert (found.code, found.line) == ("G1", LINES["backward"])
    assert "15 of 16" in found.evidence


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(
            trained(("forward", "backward", "forward", "backward", "step"), leftover=0.3),
            id="accumulation: several backward per step",
        ),
        pytest.param(
            trained(("forward", "backward", "step"), leftover=0.0),
            id="gradients set to None: nothing is left over",
        ),
        pytest.param(
            trained(("forward", "backward", "step"), batches=1, leftover=0.3),
            id="two steps settle nothing",
        ),
    ],
)
def test_loops_that_look_like_g1_are_not(trace: Trace) -> None:
    """Accumulation and `.grad = None` are right, and two steps are no pattern."""
    assert codes(trace) == []


def test_a_schedule_per_batch_that_kills_the_rate_is_s1() -> None:
    """The scheduler stepped with every batch and the rate fell to nothing."""
    (found,) = diagnose(trained((*LOOP, "scheduler_step"), rates=(0.1, 0.05, 1e-6)))
    assert (found.code, found.line) == ("S1", LINES["scheduler_step"])
    assert "16 times in 2 epochs" in found.evidence


@pytest.mark.parametrize(
    "trace",
    [
        pytest.param(
            trained((*LOOP, "scheduler_step"), rates=(0.1, 0.2, 0.01)),
            id="meant per batch: it ends at a useful rate",
        ),
        pytest.param(
            trained(per_epoch=("scheduler_step",), rates=(0.1, 1e-9)),
            id="per epoch, however low it ends",
        ),
        pytest.param(
            trained((*LOOP, "scheduler_step"), batches=1, rates=(0.1, 1e-9)),
            id="one batch per epoch: per batch is per epoch",
        ),
    ],
)
def test_schedules_that_look_like_s1_are_not(trace: Trace) -> None:
    """Schedules over all batches, and those stepped once per epoch, are right."""
    assert codes(trace) == []


def test_a_scheduler_stepped_without_an_optimizer_is_not_s1() -> None:
    """Without one optimizer step there is no rate to have fallen: nothing is told, nothing breaks.

    The weights are moved by hand here, so no other rule speaks either.
    """
    assert codes(trained(("forward", "backward", "scheduler_step"), losses=(nan,))) == []


@pytest.mark.parametrize("broken", [nan, inf, -inf])
def test_a_loss_that_is_no_number_is_h1(broken: float) -> None:
    """With nothing structural wrong, a loss that stops being finite means too high a rate."""
    (found,) = diagnose(trained(losses=(0.7, 3.1, broken), rates=(30.0,)))
    assert (found.code, found.line) == ("H1", LINES["step"])
    assert "at rate 30" in found.evidence
    assert "from step 3 on" in found.evidence


def test_a_high_loss_is_no_h1() -> None:
    """A loss that is large and finite proves nothing."""
    assert codes(trained(losses=(0.7, 1e30))) == []


def test_the_structural_cause_is_told_and_not_its_symptom() -> None:
    """Gradients that pile up until the loss is NaN are the missing zero_grad(), not the rate."""
    assert codes(trained(("forward", "backward", "step"), leftover=1.0, losses=(1.0, nan))) == [
        "G1"
    ]


@pytest.mark.parametrize("missing", sorted(RECORDED))
def test_a_trace_that_lacks_what_rules_need_proves_nothing(missing: str) -> None:
    """What nobody recorded is never held against a student."""
    trace = trained(losses=(nan,))
    lacking = Trace(trace.epochs, trace.steps, trace.events, RECORDED - {missing}, 2)
    assert codes(lacking) == []


NUMBERS = st.lists(st.floats(), max_size=6)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from((*LOOP, "scheduler_step")), max_size=30),
    NUMBERS,
    NUMBERS,
    NUMBERS,
    st.integers(-2, 5),
)
def test_no_trace_breaks_the_rules(
    kinds: list[str], rates: list[float], losses: list[float], moved: list[float], epochs: int
) -> None:
    """A trace may have been altered by the code it recorded: diagnosing it never raises."""
    trace = Trace(
        epochs={"weight_change": tuple(moved)},
        steps={"lr": tuple(rates), "loss": tuple(losses)},
        events=tuple(Event(kind, 0, None, {"leftover": 1.0}) for kind in kinds),
        recorded=RECORDED,
        planned_epochs=epochs,
    )
    assert len(diagnose(trace)) <= 1
