"""One function per mistake. Each states the proof on the trace and which correct loops look alike.

Codes are those of the project's catalogue of training mistakes. Structural causes come before
numeric ones, since a missing call can look like a bad rate; the first rule that holds is the root
cause, and only that one is told.
"""

from __future__ import annotations

from collections.abc import Callable

from lrquiz.evidence.predicates.loss import is_finite
from lrquiz.evidence.predicates.weights import weights_never_change
from lrquiz.model.task import Diagnosis
from lrquiz.model.trace import Trace

Rule = Callable[[Trace], Diagnosis | None]

_STEPS_THAT_SETTLE_IT = 3  # a pattern is a mistake once it repeats
_VANISHED = 1e-3


def backward_is_missing(trace: Trace) -> Diagnosis | None:
    """G6: steps were taken, `backward` was never called, and no weight moved.

    Loops that get gradients another way (`torch.autograd.grad`, `torch.func`) move the weights.
    """
    steps = trace.count("step")
    if not steps or trace.count("backward") or not weights_never_change(trace):
        return None
    return Diagnosis(
        code="G6",
        title="backward() is never called",
        line=_line(trace, "step"),
        evidence=f"optimizer.step() ran {steps} times, backward() 0 times; no weight moved",
        why="step() uses the gradients that backward() computes, and skips weights that have none.",
        change="Call loss.backward() after computing the loss and before optimizer.step().",
    )


def step_is_missing(trace: Trace) -> Diagnosis | None:
    """O1: gradients were computed, no optimizer stepped, and no weight moved.

    Loops that update the weights by hand move them.
    """
    backwards = trace.count("backward")
    if not backwards or trace.count("step") or not weights_never_change(trace):
        return None
    return Diagnosis(
        code="O1",
        title="optimizer.step() is never called",
        line=_line(trace, "backward"),
        evidence=f"backward() ran {backwards} times, optimizer.step() 0 times; no weight moved",
        why="backward() only computes gradients; step() is what changes the weights.",
        change="Call optimizer.step() after loss.backward().",
    )


def gradients_are_never_cleared(trace: Trace) -> Diagnosis | None:
    """G1: one `backward` per step, and all but the first found the gradients of the last.

    Accumulation has several `backward` per step; loops that set `.grad = None` leave nothing over.
    """
    backwards, steps = trace.of_kind("backward"), trace.count("step")
    stale = sum(event.numbers.get("leftover", 0.0) > 0 for event in backwards)
    once_each = steps >= _STEPS_THAT_SETTLE_IT and len(backwards) == steps
    if not once_each or stale < steps - 1:
        return None
    return Diagnosis(
        code="G1",
        title="Gradients are never cleared",
        line=_line(trace, "backward"),
        evidence=f"{stale} of {steps} backward() calls added to gradients of earlier batches",
        why="PyTorch adds new gradients to old ones, so step k used the sum of k batches.",
        change="Call optimizer.zero_grad() once per batch, before loss.backward().",
    )


def schedule_runs_per_batch(trace: Trace) -> Diagnosis | None:
    """S1: the scheduler stepped with every batch, and the rate fell to nothing.

    Schedules that are meant per batch (OneCycle, a LambdaLR over all steps) end at a useful rate.
    """
    calls, steps = trace.count("scheduler_step"), trace.count("step")
    epochs = max(trace.planned_epochs, 1)
    if calls < _STEPS_THAT_SETTLE_IT or calls < steps * 0.9 or calls <= 2 * epochs:
        return None
    rates = trace.step("lr")
    if not rates or not 0 <= rates[-1] < _VANISHED * rates[0]:
        return None
    return Diagnosis(
        code="S1",
        title="The scheduler is stepped once per batch",
        line=_line(trace, "scheduler_step"),
        evidence=(
            f"scheduler.step() ran {calls} times in {epochs} epochs; "
            f"the rate fell from {rates[0]:g} to {rates[-1]:.1e}"
        ),
        why="This schedule counts epochs, so stepping it per batch runs it many times too fast.",
        change="Move scheduler.step() out of the batch loop, to the end of each epoch.",
    )


def rate_is_too_high(trace: Trace) -> Diagnosis | None:
    """H1: the loss stopped being a finite number although nothing structural is wrong."""
    rates, losses = trace.step("lr"), trace.step("loss")
    if not rates or is_finite(losses):
        return None
    first = next(index for index, loss in enumerate(losses) if not is_finite((loss,)))
    return Diagnosis(
        code="H1",
        title="The learning rate is too high",
        line=_line(trace, "step"),
        evidence=f"at rate {rates[0]:g} the loss was no finite number from step {first + 1} on",
        why="Each step overshoots the minimum by more than the last, until numbers overflow.",
        change="Use the rate you were given; by hand, try a tenth and a hundredth of this one.",
    )


RULES: tuple[Rule, ...] = (
    backward_is_missing,
    step_is_missing,
    gradients_are_never_cleared,
    schedule_runs_per_batch,
    rate_is_too_high,
)

_NEEDS = frozenset({"events", "step.lr", "step.loss", "epoch.weight_change"})


def diagnose(trace: Trace) -> tuple[Diagnosis, ...]:
    """Return the root cause that the trace proves, or nothing.

    A trace that does not hold what the rules need proves nothing; so does one that was altered by
    the code it recorded, which is why no points hang on the result.
    """
    without_steps = {"events", "epoch.weight_change"} <= trace.recorded
    rules = RULES if trace.recorded >= _NEEDS else RULES[1:2] if without_steps else ()
    for rule in rules:
        found = rule(trace)
        if found is not None:
            return (found,)
    return ()


def _line(trace: Trace, kind: str) -> int | None:
    return next((event.line for event in trace.of_kind(kind) if event.line), None)
