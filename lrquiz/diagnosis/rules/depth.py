"""A mistake of deep nets: gradients that vanish or explode on their way through the layers."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding

_VANISHED = 1e-6
_MANY = 10
_FALLEN = 0.97


def gradients_fade_with_depth(facts: Facts) -> Finding | None:
    """G12: the first layer's gradient is a millionth of the last's or less, or a million times it.

    Frozen layers have no gradients at all, and layers that were not used in a step have zeros.
    """
    for optimizer in facts.optimizers:
        ends = [
            (each.numbers.get("first_grad", 0.0), each.numbers.get("last_grad", 0.0))
            for each in facts.steps_of(optimizer)
        ]
        ratios = [first / last for first, last in ends if first > 0 and last > 0]
        if len(ratios) < _MANY:
            continue
        ratio = statistics.median(ratios)
        if ratio < _VANISHED or ratio > 1 / _VANISHED:
            return _fading(facts, optimizer, ratio, len(ratios))
    return None


def _fading(facts: Facts, optimizer: int, ratio: float, seen: int) -> Finding:
    parts = facts.optimizers[optimizer].parts
    first = next((facts.parameters[each] for each in parts if each in facts.parameters), None)
    built = None if first is None else int(first.numbers.get("built_at", 0)) or first.line
    word = "vanish" if ratio < 1 else "explode"
    return finding(
        "G12",
        f"Gradients {word} on their way through the layers",
        built,
        evidence=f"over {seen} steps the first layer's gradient was {ratio:.1e} times the last's",
        why="Each layer multiplies the gradient; over many layers it shrinks or grows without end.",
        change="Use ReLU-like activations, normalisation, residual connections or fewer layers.",
        severity=ADVICE if facts.loss_fell(_FALLEN) else ERROR,
        ratio=ratio,
    )
