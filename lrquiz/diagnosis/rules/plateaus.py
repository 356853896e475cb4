"""Mistakes with what a schedule looks at, and with rates that a program sets by hand."""

from __future__ import annotations

import math
import statistics
from itertools import groupby, pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import Plan, on_one_batch, plans, rate_of, trailing
from lrquiz.model.trace import Event

_EXACT = 1e-4
_OFTEN, _TINY, _IDLE = 0.8, 1e-3, 0.25
_ROWS, _LOOKED_AT = 5_000, 40


def plateau_watches_the_wrong_way(facts: Facts) -> Finding | None:
    """S7: ReduceLROnPlateau waits for a loss to rise, or for an accuracy to fall.

    With mode `max`, every value it was given lies among the losses that were computed since its
    last call, and the values fall. With mode `min`, every value is a whole number of the rows
    that were evaluated, or of a hundred, the values rise, and none is among the losses.
    """
    for plan in plans(facts):
        given = [each for each in plan.calls if "metric" in each.numbers][:_LOOKED_AT]
        if not plan.is_a("ReduceLROnPlateau") or len(given) < SETTLED:
            continue
        values = [each.numbers["metric"] for each in given]
        rises = statistics.fmean(values[len(values) // 2 :]) > values[0]
        losses = [_is_loss(facts, plan, each) for each in given]
        mode = plan.thing.words.get("mode")
        if mode == "max" and all(losses) and not rises:
            return _wrong_way(plan, values, "loss", "max", "min")
        shares = [_is_share(facts, plan, each) for each in given]
        if mode == "min" and all(shares) and not any(losses) and rises:
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
    since = _since_last(facts, plan, call)
    for grad in (0.0, 1.0):
        losses = [
            each.numbers["loss"]
            for each in since
            if each.kind == "forward" and each.numbers.get("grad") == grad
        ]
        slack = _EXACT * abs(value)
        if losses and min(losses) - slack <= value <= max(losses) + slack:
            return True
    return False


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


def rate_is_cut_repeatedly(facts: Facts) -> Finding | None:
    """S8: a decay by hand is applied more than once per period, or to what it decayed before.

    Between two steps, three times or more, the rate of one group was cut at least twice; or every
    cut is by a larger power than the last; or it is cut with every batch and is soon nothing.
    A warm-up that resets the rate and then scales it does not cut twice.
    """
    for number in facts.optimizers:
        for group in _groups(facts, number):
            twice = _repeated(group)
            if len(twice) >= SETTLED:
                return _cut_repeatedly(group, len(twice), "was cut twice or more between two steps")
            if _compounds(group):
                return _cut_repeatedly(group, len(group), "was cut by more and more each time")
            if _dies(facts, number, group):
                return _cut_repeatedly(group, len(group), "was cut with nearly every step")
    return None


def _groups(facts: Facts, optimizer: int) -> list[list[Event]]:
    """Return the changes that the program made itself, by the group of parameters."""
    made = [
        each
        for each in facts.of_kind("rate")
        if each.of == optimizer and each.numbers["before"] != each.numbers["after"]
    ]
    numbers = sorted({each.numbers["group"] for each in made})
    return [[each for each in made if each.numbers["group"] == number] for number in numbers]


def _repeated(changes: list[Event]) -> list[int]:
    """Return the steps before which a rate was cut at least twice, and only cut."""
    found = []
    for step, together in groupby(changes, key=lambda each: each.step):
        cuts = [each.numbers["after"] < each.numbers["before"] for each in together]
        found += [step] if step and len(cuts) > 1 and all(cuts) else []
    return found


def _dies(facts: Facts, optimizer: int, changes: list[Event]) -> bool:
    """Say whether cuts with nearly every step took the rate to nothing long before the end."""
    rates = [rate_of(each) for each in facts.steps_of(optimizer)]
    cuts = [each.numbers["after"] < each.numbers["before"] for each in changes]
    often = len(changes) > _OFTEN * len(rates) and all(cuts) and not on_one_batch(facts)
    return often and trailing(rates, _TINY * max(rates)) >= _IDLE * len(rates)


def _compounds(changes: list[Event]) -> bool:
    """Say whether the cuts are q, q^2, q^3 and so on: a closed form applied to its own result."""
    moves = [(each.numbers["before"], each.numbers["after"]) for each in changes]
    factors = [after / before for before, after in moves if before]
    if len(factors) <= SETTLED or not all(0 < each < 1 for each in factors):
        return False
    apart = [b / a for a, b in pairwise(factors)]
    return max(apart) < 1 and math.isclose(min(apart), max(apart), rel_tol=1e-3)


def _cut_repeatedly(changes: list[Event], times: int, how: str) -> Finding:
    first, last = changes[0].numbers["before"], changes[-1].numbers["after"]
    return finding(
        "S8",
        "The decay is applied more than once",
        line_of(changes),
        evidence=f"the rate {how}, {times} times, and went from {first:g} to {last:.1e}",
        why="Decay upon decay takes the rate to nothing much sooner than planned.",
        change="Change the rate once per period, and compute it from the first rate.",
        times=times,
        first_rate=first,
        last_rate=last,
    )
