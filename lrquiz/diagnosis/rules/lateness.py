"""Steps that find no gradients: cleared too early, or not computed yet."""

from __future__ import annotations

import math

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.windows import Window


def comes_late(facts: Facts, optimizer: int) -> bool:
    """Say whether each `backward` of an optimizer comes after the step that is to use it.

    The first step came before any gradient, and the last gradients were never used; or each
    iteration has its forward after the `backward` and before the step.
    """
    if _starts_empty(facts, optimizer) and _ends_unused(facts, optimizer):
        return True
    windows = facts.close_windows(optimizer)
    return bool(windows) and all(each.backwards and each.comes_late for each in windows)


def is_lost(window: Window) -> bool:
    """Say whether the last `backward` left gradients, and the step found none.

    Gradients too large to be counted are not cleared, but clipped to nothing.
    """
    norm = window.backwards[-1].numbers.get(f"norm_{window.optimizer}", 0.0)
    numbers = window.step.numbers
    without = numbers.get("with_grad") == 0 or numbers.get("grad_norm") == 0
    return norm != 0 and math.isfinite(norm) and without


def _starts_empty(facts: Facts, optimizer: int) -> bool:
    """Say whether the first step of an optimizer came before any gradient for it."""
    for event in facts.trace.events:
        if event.kind == "backward" and event.numbers.get(f"got_{optimizer}", 1.0):
            return False
        if event.kind == "step" and event.of == optimizer:
            return event.numbers.get("with_grad") == 0
    return False


def _ends_unused(facts: Facts, optimizer: int) -> bool:
    """Say whether the last gradients of an optimizer came after its last step."""
    for event in reversed(facts.trace.events):
        if event.kind == "step" and event.of == optimizer:
            return False
        if event.kind == "backward" and event.numbers.get(f"got_{optimizer}", 0.0):
            return True
    return False
