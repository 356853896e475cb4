"""Mistakes with clearing gradients: never, too seldom, too often, or at the wrong moment."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, Window, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event

_MOST = 0.5
_KEPT = 0.95
"""of the gradients' norm: a program that makes them smaller instead means it so"""
_CLOSE = 0.01


def gradients_are_never_cleared(facts: Facts) -> Finding | None:
    """G1: from step to step, each `backward` found the gradients of the one before.

    Accumulation clears them before the first `backward` of each step; loops that set `.grad = None`
    leave nothing over; a discriminator's gradients are cleared before its own `backward`.
    """
    for optimizer, windows in _trained(facts).items():
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
        _backward_line(windows),
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
    for optimizer, windows in _trained(facts).items():
        clearings, steps = _clearings(facts, optimizer), len(facts.steps_of(optimizer))
        stale = [each for each in windows if _is_stale(each)]
        if len(clearings) > 1 and len(stale) > _MOST * len(windows) and steps > len(clearings):
            return finding(
                "G2",
                "Gradients are cleared too seldom",
                _backward_line(windows),
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
    for optimizer, windows in _trained(facts).items():
        if _all_stale(windows) and _others_are_cleared(facts, optimizer):
            made = facts.optimizers[optimizer].line
            return finding(
                "G5",
                "One optimizer's gradients are never cleared",
                _backward_line(windows),
                evidence=f"there are {len(facts.optimizers)} optimizers; of the one made in line "
                f"{made} each of {len(windows)} steps that were looked at used gradients that "
                "earlier batches had left, while another's were cleared",
                why="PyTorch adds new gradients to old ones, so its steps use sums of batches.",
                change="Call zero_grad() of this optimizer too, before each backward().",
                steps=len(facts.steps_of(optimizer)),
            )
    return None


def cleared_before_use(facts: Facts) -> Finding | None:
    """G3: `backward` wrote gradients, and at the step there were none, every time.

    Gradients that are zero by themselves stay where they are; a discriminator's gradients that a
    generator's `backward` left are cleared before its own `backward` and not after.
    """
    for optimizer, windows in _trained(facts).items():
        lost = [each for each in windows if _is_lost(each)]
        if len(lost) < SETTLED or len(lost) < len(windows):
            continue
        clearings = [event for each in lost for event in _after_backward(facts, each)]
        return finding(
            "G3",
            "Gradients are cleared before they are used",
            line_of(clearings) or line_of([each.step for each in lost]),
            evidence=f"in all {len(lost)} steps that were looked at, the gradients that backward() "
            "had written were gone when the optimizer stepped",
            why="A step without gradients changes nothing, so the model does not learn.",
            change="Clear gradients before loss.backward() or after optimizer.step(), never "
            "between the two.",
            steps=len(facts.steps_of(optimizer)),
        )
    return None


def cleared_per_micro_batch(facts: Facts) -> Finding | None:
    """G4: several `backward` per step, and each but the last was cleared without being used.

    Weights that are moved between them use the gradients (SAM); so does another optimizer's step
    in between; gradients that are collected by hand differ from the last at the step.
    """
    for windows in _trained(facts).values():
        wasted = [each for each in windows if _wastes(each)]
        if len(wasted) < SETTLED or len(wasted) < len(windows):
            continue
        calls = len(wasted[0].backwards)
        clearings = [event for each in wasted for event in _clearings_within(facts, each)]
        return finding(
            "G4",
            "Most gradients are thrown away",
            line_of(clearings) or _backward_line(wasted),
            evidence=f"backward() ran {calls} times per step, and {calls - 1} of {calls} results "
            f"were cleared unused, in all {len(wasted)} steps that were looked at",
            why="Only the last micro-batch counts, so the batch is smaller than it seems.",
            change="Clear gradients once per step, not once per micro-batch.",
            backwards_per_step=calls,
        )
    return None


def _trained(facts: Facts) -> dict[int, tuple[Window, ...]]:
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
        for other, windows in _trained(facts).items()
    )


def _clearings(facts: Facts, optimizer: int) -> list[Event]:
    return [each for each in facts.of_kind("zero_grad") if facts.clears(each, optimizer)]


def _is_lost(window: Window) -> bool:
    """Say whether the last `backward` left gradients, and the step found none."""
    norm = window.backwards[-1].numbers.get(f"norm_{window.optimizer}", 0.0)
    numbers = window.step.numbers
    without = numbers.get("with_grad") == 0 or numbers.get("grad_norm") == 0
    return norm != 0 and without


def _after_backward(facts: Facts, window: Window) -> list[Event]:
    after = window.events[window.events.index(window.backwards[-1]) :]
    return [each for each in after if facts.clears(each, window.optimizer)]


def _clearings_within(facts: Facts, window: Window) -> list[Event]:
    """Return what clears gradients between the first and the last `backward` of a window."""
    start, end = (window.events.index(window.backwards[each]) for each in (0, -1))
    return [each for each in window.events[start:end] if facts.clears(each, window.optimizer)]


def _wastes(window: Window) -> bool:
    """Say whether all gradients but the last were cleared, unused as far as can be seen."""
    backwards, number = window.backwards, window.optimizer
    if len(backwards) < 2 or any(window.found_gradients(each) for each in backwards[1:]):
        return False
    start, end = (window.events.index(each) for each in (backwards[0], backwards[-1]))
    used = any(each.kind in {"step", "scaler_step"} for each in window.events[start:end])
    weights = {each.numbers.get(f"weights_{number}") for each in backwards}
    return not used and len(weights) == 1 and _uses_the_last(window)


def _uses_the_last(window: Window) -> bool:
    """Say whether the step's gradients are as large as the last `backward` left them, or clipped.

    Gradients that are collected by hand and put together before the step are not.
    """
    left = window.backwards[-1].numbers.get(f"norm_{window.optimizer}", 0.0)
    scales = [each.numbers.get("scale", 1.0) for each in window.of_kind("scale")]
    sizes = [left, *(each.numbers.get("limit", 0.0) for each in window.of_kind("clip"))]
    sizes += [size / scale for size in sizes for scale in scales[-1:] if scale]
    used = window.step.numbers.get("grad_norm", 0.0)
    return any(abs(used - size) <= _CLOSE * size for size in sizes)


def _backward_line(windows: tuple[Window, ...] | list[Window]) -> int | None:
    return line_of([each.backwards[-1] for each in windows])
