"""Mistakes with what a schedule looks at, and with rates that a program sets by hand."""

from __future__ import annotations

import math
import statistics

from lrquiz.diagnosis.facts import SETTLED, Facts
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import Plan, plans
from lrquiz.model.trace import Event

_EXACT = 1e-4
_OFTEN, _TINY, _IDLE = 0.8, 1e-3, 0.25
_ROWS, _LOOKED_AT = 5_000, 40
_FALLEN, _NEAR = 0.9, 2.0
"""of the first values, what the last ones are; how many times as large as losses others may be"""
_MANY = 6
"""values that are a whole number of rows, to two digits after it: by chance one in 10 ** 9"""


def plateau_watches_the_wrong_way(facts: Facts) -> Finding | None:
    """S7: ReduceLROnPlateau waits for a loss to rise, or for an accuracy to fall.

    With mode `max`, every value it was given lies among the losses that were computed since its
    last call, and the values fall; or they fall with these, and are as large. With mode `min`,
    every value is a whole number of the rows that were evaluated, or of a hundred, the values rise,
    and none is among the losses; of many values that are all such shares, some may lie among the
    losses by chance.
    """
    for plan in plans(facts):
        given = [each for each in plan.calls if "metric" in each.numbers][:_LOOKED_AT]
        if not plan.is_a("ReduceLROnPlateau") or len(given) < SETTLED:
            continue
        values = [each.numbers["metric"] for each in given]
        rises = statistics.fmean(values[len(values) // 2 :]) > values[0]
        losses = [_is_loss(facts, plan, each) for each in given]
        mode = plan.thing.words.get("mode")
        falling = _falls_like_the_loss(facts, plan, given)
        if mode == "max" and (falling or (all(losses) and not rises)):
            return _wrong_way(plan, values, "loss", "max", "min")
        shares = [_is_share(facts, plan, each) for each in given]
        told_apart = not any(losses) or len(given) >= _MANY
        if mode == "min" and all(shares) and told_apart and rises:
            return _wrong_way(plan, values, "accuracy", "min", "max")
    return None


def _since_last(facts: Facts, plan: Plan, call: Event) -> list[Event]:
    """Return what happened between a scheduler's last call and this one."""
    found: list[Event] = []
    for event in facts.trace.events:
        if event is call:
            break
        if event.kind == "scheduler_step" and event.of == plan.number:
            found.clear()
        found.append(event)
    return found


def _is_loss(facts: Facts, plan: Plan, call: Event) -> bool:
    """Say whether a value lies among the losses computed since the last call, or is one's mean."""
    value = call.numbers["metric"]
    since = [each for each in _since_last(facts, plan, call) if "loss" in each.numbers]
    for kind, grad in (("forward", 0.0), ("forward", 1.0), ("backward", None)):
        alike = [each for each in since if (each.kind, each.numbers.get("grad")) == (kind, grad)]
        losses = [each.numbers["loss"] for each in alike]
        slack = _EXACT * abs(value)
        if losses and min(losses) - slack <= value <= max(losses) + slack:
            return True
    return False


def _falls_like_the_loss(facts: Facts, plan: Plan, given: list[Event]) -> bool:
    """Say whether values fall as the loss of training does, and are about as large all the time.

    So does the loss of other rows, which is computed by a formula of the program's own.
    """
    values = [each.numbers["metric"] for each in given]
    if not facts.loss_fell(_FALLEN) or min(values) <= 0:
        return False
    later = statistics.fmean(values[len(values) // 2 :])
    return later < _FALLEN * values[0] and all(_is_near_loss(facts, plan, each) for each in given)


def _is_near_loss(facts: Facts, plan: Plan, call: Event) -> bool:
    since = [each for each in _since_last(facts, plan, call) if each.kind == "backward"]
    losses = [each.numbers["loss"] for each in since]
    low, high = min(losses, default=0.0) / _NEAR, max(losses, default=0.0) * _NEAR
    return low <= call.numbers["metric"] <= high


def _is_share(facts: Facts, plan: Plan, call: Event) -> bool:
    """Say whether a value is a share of the rows that a model was given since the last call."""
    value = call.numbers["metric"]
    since = [each for each in _since_last(facts, plan, call) if each.kind == "module"]
    for grad in (0.0, 1.0):
        rows = sum(each.numbers["rows"] for each in since if each.numbers.get("grad") == grad)
        for whole in (1.0, 100.0):
            count = value / whole * rows
            if 0 < rows <= _ROWS and 0 <= value <= whole and abs(count - round(count)) < 0.01:
                return True
    return False


def _wrong_way(plan: Plan, values: list[float], what: str, mode: str, right: str) -> Finding:
    return finding(
        "S7",
        "The plateau schedule watches the wrong way",
        plan.thing.line,
        evidence=f"mode is '{mode}' and it was given a value that went from {values[0]:.3g} to "
        f"{values[-1]:.3g}, {what} by all that was computed; the rate ended at "
        f"{plan.calls[-1].numbers.get('after', math.nan):.1e}",
        why=f"Every improvement of the {what} counts as none, so the rate is cut again and again.",
        change=f"Give ReduceLROnPlateau mode='{right}', or give it the other value.",
        first=values[0],
        last=values[-1],
    )
