"""Mistakes with gradients: not computed, used twice, or used late."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.rules.lateness import comes_late, is_lost
from lrquiz.diagnosis.windows import Window

_SHARE = 0.3


def backward_is_missing(facts: Facts) -> Finding | None:
    """G6: steps were taken, no gradient was ever computed, and no weight moved.

    Loops that get gradients another way (`torch.autograd.grad`, `torch.func`) move the weights.
    Weights that move although no step found a gradient were loaded, or are averages of others.
    """
    steps = facts.count("step")
    if not steps or facts.count("backward") or not facts.weights_known:
        return None
    if facts.weights_moved and not never_has_gradients(facts):
        return None
    return finding(
        "G6",
        "backward() is never called",
        line_of(facts.of_kind("step")),
        evidence=f"optimizer.step() ran {steps} times, backward() 0 times; no step moved a weight",
        why="step() uses the gradients that backward() computes, and skips weights that have none.",
        change="Call loss.backward() after computing the loss and before optimizer.step().",
        steps=steps,
        backwards=0,
    )


def never_has_gradients(facts: Facts) -> bool:
    """Say whether all steps that were looked at found no gradient and moved nothing."""
    looked = [each.numbers for each in facts.of_kind("step") if "with_grad" in each.numbers]
    idle = all(not each["with_grad"] and not each.get("update_norm") for each in looked)
    return len(looked) >= SETTLED and idle


def steps_twice(facts: Facts) -> Finding | None:
    """G13: steps follow each other with no `backward` between, on gradients already used.

    A closure (LBFGS) computes gradients inside its step; those that `torch.autograd.grad` computes
    are others each time; without gradients nothing moves.
    """
    for optimizer in facts.optimizers:
        # Late in a run every n-th step alone is looked at: then no step tells of the one before.
        held = facts.close_windows(optimizer)
        windows = [each for each in held if "grad_norm" in each.before.numbers]
        again = [each for each in windows if _steps_again(each)]
        if len(again) >= SETTLED and len(again) >= _SHARE * len(windows):
            steps, backwards = len(facts.steps_of(optimizer)), facts.count("backward")
            return finding(
                "G13",
                "Each gradient is used twice",
                line_of([each.step for each in again]),
                evidence=f"optimizer.step() ran {steps} times for {backwards} backward(); "
                f"{len(again)} of {len(windows)} steps that were looked at used the gradients of "
                "the step before once more",
                why="The second step goes as far again in a direction that is out of date, and "
                "counts double in momentum and schedule.",
                change="Call optimizer.step() once after each backward().",
                steps=steps,
                backwards=backwards,
            )
    return None


def _steps_again(window: Window) -> bool:
    numbers = window.step.numbers
    moved = numbers.get("update_norm", 0.0) > 0 and numbers.get("grad_norm", 0.0) > 0
    same = window.before.numbers["grad_norm"] == numbers.get("grad_norm")
    return moved and same and not window.of_kind("backward")


def steps_before_backward(facts: Facts) -> Finding | None:
    """G14: each step comes before the `backward` of its iteration.

    A loop that clears after its step begins with `backward` and ends with a step. It is an error
    where a forward lies between `backward` and its step, so that each update comes one batch late;
    where `step` stands at the head of the loop, only the last batch is lost.
    """
    for optimizer in facts.optimizers:
        windows = facts.windows.get(optimizer, ())
        regular = [each for each in windows if len(each.backwards) == 1]
        if len(windows) < SETTLED or len(regular) < len(windows):
            continue
        if not comes_late(facts, optimizer):
            continue
        late = [each for each in windows if _forward_between(each)]
        cleared = all(is_lost(each) for each in windows if each.is_whole)
        return finding(
            "G14",
            "The optimizer steps before backward()",
            line_of([each.step for each in windows]),
            evidence="the first step found no gradients of its own, each of the next "
            f"{len(windows)} "
            f"{_met(cleared=cleared)}"
            ", and the last were never used",
            why="Gradients are gone before the step that is to use them, so nothing is learned."
            if cleared
            else "Each update answers the batch before, and the first step does nothing.",
            change="Order the iteration so: zero_grad(), forward, backward(), step().",
            severity=ERROR if len(late) > len(windows) / 2 else ADVICE,
            steps=len(windows) + 1,
        )
    return None


def _forward_between(window: Window) -> bool:
    after = window.events[window.events.index(window.backwards[-1]) + 1 :]
    return any(each.kind in {"module", "forward"} and each.numbers.get("grad") for each in after)


def _met(*, cleared: bool) -> str:
    if cleared:
        return "found those of the iteration before cleared"
    return "used those of the iteration before"
