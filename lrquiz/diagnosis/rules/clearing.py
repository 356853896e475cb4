"""Mistakes with clearing gradients: never, or too seldom."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.windows import Window
from lrquiz.model.trace import Event

_MOST = 0.5
_KEPT = 0.95
"""of the gradients' norm: a program that makes them smaller instead means it so"""


def gradients_are_never_cleared(facts: Facts) -> Finding | None:
    """G1: from step to step, each `backward` found the gradients of the one before.

    Accumulation clears them before the first `backward` of each step; loops that set `.grad = None`
    leave nothing over; a discriminator's gradients are cleared before its own `backward`.
    """
    for optimizer, windows in trained_windows(facts).items():
        if _all_stale(windows) and not _others_are_cleared(facts, optimizer):
            if len(_clearings(facts, optimizer)) > 1:
                return None
            return _never_cleared(facts, windows)
    return None


def _never_cleared(facts: Facts, windows: tuple[Window, ...]) -> Finding:
    backwards, seen = facts.count("backward"), len(windows)
    norms = [each.step.numbers.get("grad_norm", 0.0) for each in windows]
    return finding(
        "G1",
        "Gradients are never cleared",
        backward_line(windows),
        evidence=f"backward() ran {backwards} times, and in all {seen} steps that were looked at "
        "it added to the gradients of earlier batches; their norm went from "
        f"{norms[0]:.3g} to {norms[-1]:.3g}",
        why="PyTorch adds new gradients to old ones, so step k used the sum of k batches.",
        change="Call optimizer.zero_grad() once per batch, before loss.backward().",
        backwards=backwards,
        first_norm=norms[0],
        last_norm=norms[-1],
    )


def gradients_are_cleared_too_seldom(facts: Facts) -> Finding | None:
    """G2: gradients are cleared, but several steps share what has piled up since.

    With one step per epoch, clearing once per epoch is right: there is no such step then.
    """
    for optimizer, windows in trained_windows(facts).items():
        clearings, steps = _clearings(facts, optimizer), len(facts.steps_of(optimizer))
        stale = [each for each in windows if _is_stale(each)]
        if len(clearings) > 1 and len(stale) > _MOST * len(windows) and steps > len(clearings):
            return finding(
                "G2",
                "Gradients are cleared too seldom",
                backward_line(windows),
                evidence=f"gradients were cleared {len(clearings)} times for {steps} steps; in "
                f"{len(stale)} of {len(windows)} steps that were looked at, backward() added to "
                "gradients that an earlier step had used already",
                why="Each step then uses the sum of all batches since the last clearing.",
                change="Move optimizer.zero_grad() into the loop over batches, before backward().",
                cleared=len(clearings),
                steps=steps,
            )
    return None


def one_optimizer_is_never_cleared(facts: Facts) -> Finding | None:
    """G5: one optimizer's gradients pile up from step to step while another's are cleared.

    A generator's `backward` fills the discriminator too, which is harmless where the discriminator
    is cleared before its own `backward`.
    """
    for optimizer, windows in trained_windows(facts).items():
        if _all_stale(windows) and _others_are_cleared(facts, optimizer):
            made = facts.optimizers[optimizer].line
            return finding(
                "G5",
                "One optimizer's gradients are never cleared",
                backward_line(windows),
                evidence=f"there are {len(facts.optimizers)} optimizers; of the one made in line "
                f"{made} each of {len(windows)} steps that were looked at used gradients that "
                "earlier batches had left, while another's were cleared",
                why="PyTorch adds new gradients to old ones, so its steps use sums of batches.",
                change="Call zero_grad() of this optimizer too, before each backward().",
                steps=len(facts.steps_of(optimizer)),
            )
    return None


def trained_windows(facts: Facts) -> dict[int, tuple[Window, ...]]:
    """Return the windows of each optimizer in which it got gradients, where there are enough."""
    found = {}
    for optimizer in facts.optimizers:
        windows = tuple(each for each in facts.close_windows(optimizer) if each.backwards)
        if len(windows) >= SETTLED:
            found[optimizer] = windows
    return found


def _is_stale(window: Window) -> bool:
    """Say whether each `backward` found gradients, the first of them those of the step before."""
    found = window.of_kind("backward")[0].numbers.get(f"leftover_{window.optimizer}", 0.0)
    kept = found >= _KEPT * window.before.numbers.get("grad_norm", 0.0)
    return kept and all(window.found_gradients(each) for each in window.backwards)


def _all_stale(windows: tuple[Window, ...]) -> bool:
    return all(_is_stale(each) for each in windows)


def _others_are_cleared(facts: Facts, optimizer: int) -> bool:
    """Say whether any other optimizer that is trained has its gradients cleared."""
    return any(
        other != optimizer and not any(_is_stale(each) for each in windows)
        for other, windows in trained_windows(facts).items()
    )


def _clearings(facts: Facts, optimizer: int) -> list[Event]:
    return [each for each in facts.of_kind("zero_grad") if facts.clears(each, optimizer)]


def backward_line(windows: tuple[Window, ...] | list[Window]) -> int | None:
    """Return the line of the last `backward` of most windows."""
    return line_of([each.backwards[-1] for each in windows])
