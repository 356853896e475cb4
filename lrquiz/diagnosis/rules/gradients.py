"""Mistakes with gradients: not computed, not cleared, cleared too often, clipped too late."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding


def backward_is_missing(facts: Facts) -> Finding | None:
    """G6: steps were taken, no gradient was ever computed, and no weight moved.

    Loops that get gradients another way (`torch.autograd.grad`, `torch.func`) move the weights.
    """
    steps = facts.count("step")
    if not steps or facts.count("backward") or facts.weights_moved:
        return None
    return finding(
        "G6",
        "backward() is never called",
        line_of(facts.of_kind("step")),
        evidence=f"optimizer.step() ran {steps} times, backward() 0 times; no weight moved",
        why="step() uses the gradients that backward() computes, and skips weights that have none.",
        change="Call loss.backward() after computing the loss and before optimizer.step().",
        steps=steps,
        backwards=0,
    )


def gradients_are_never_cleared(facts: Facts) -> Finding | None:
    """G1: between the steps of every optimizer, each `backward` found the gradients of the last.

    Accumulation clears them before the first `backward` of each step; loops that set `.grad = None`
    leave nothing over; a discriminator's gradients are cleared before its own `backward`.
    """
    for optimizer in facts.optimizers:
        windows = facts.close_windows(optimizer)
        stale = [each for each in windows if each.of_kind("backward")]
        found = [
            all(each.found_gradients(backward) for backward in each.of_kind("backward"))
            for each in stale
        ]
        cleared = any(each.of in {0, optimizer} for each in facts.of_kind("zero_grad"))
        if len(stale) >= SETTLED and all(found) and not cleared:
            return _never_cleared(facts, len(stale), facts.count("backward"))
    return None


def _never_cleared(facts: Facts, seen: int, backwards: int) -> Finding:
    return finding(
        "G1",
        "Gradients are never cleared",
        line_of(facts.of_kind("backward")),
        evidence=f"backward() ran {backwards} times, and all {seen} calls that were looked at, but "
        "for the first, added to gradients of earlier batches",
        why="PyTorch adds new gradients to old ones, so step k used the sum of k batches.",
        change="Call optimizer.zero_grad() once per batch, before loss.backward().",
        backwards=backwards,
    )
