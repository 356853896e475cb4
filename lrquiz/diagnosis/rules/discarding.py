"""Mistakes with clearing gradients too often, or at the wrong moment: they are thrown away."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.rules.clearing import backward_line, trained_windows
from lrquiz.diagnosis.rules.lateness import comes_late, is_lost
from lrquiz.diagnosis.windows import Window
from lrquiz.model.trace import Event

_CLOSE = 0.01


def cleared_before_use(facts: Facts) -> Finding | None:
    """G3: `backward` wrote gradients, and at the step there were none, every time.

    Gradients that are zero by themselves stay where they are; a discriminator's gradients that a
    generator's `backward` left are cleared before its own `backward` and not after. A step that
    stands before its `backward` meets gradients that the next iteration has cleared: that is G14.
    """
    for optimizer, windows in trained_windows(facts).items():
        lost = [each for each in windows if is_lost(each)]
        if len(lost) < SETTLED or len(lost) < len(windows) or comes_late(facts, optimizer):
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
    for windows in trained_windows(facts).values():
        wasted = [each for each in windows if _wastes(each)]
        if len(wasted) < SETTLED or len(wasted) < len(windows):
            continue
        calls = len(wasted[0].backwards)
        clearings = [event for each in wasted for event in _clearings_within(facts, each)]
        return finding(
            "G4",
            "Most gradients are thrown away",
            line_of(clearings) or backward_line(wasted),
            evidence=f"backward() ran {calls} times per step, and {calls - 1} of {calls} results "
            f"were cleared unused, in all {len(wasted)} steps that were looked at",
            why="Only the last micro-batch counts, so the batch is smaller than it seems.",
            change="Clear gradients once per step, not once per micro-batch.",
            backwards_per_step=calls,
        )
    return None


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
    weights = {each.numbers.get(f"weights_{number}") for each in backwards} - {None}
    return not used and len(weights) <= 1 and _uses_the_last(window)


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
