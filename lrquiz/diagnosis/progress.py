"""How training went, as one reads it off losses, rates and the sizes of steps."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from itertools import groupby, pairwise

from lrquiz.diagnosis.facts import Facts
from lrquiz.model.trace import Event

STILL, CONSIDERABLE = 0.9, 0.003
"""of the first loss, where it hardly fell; of a weight's size, what is no small step"""
_RISES = 3.0
_MANY = 8


def is_plain(facts: Facts) -> bool:
    """Say whether the loss of the whole run, which cannot be negative, tells of one loop's work."""
    positive = facts.sampled("backward", "positive")
    return bool(positive) and all(positive) and is_one_loop(facts)


def is_one_loop(facts: Facts) -> bool:
    """Say whether one loop trains, with one optimizer at a time."""
    steps = facts.of_kind("step")
    last = steps[-1].step if steps else 0
    lines = {each.line for each in facts.of_kind("backward") if each.step <= last}
    if len(steps) < _MANY or len({each.line for each in steps}) != 1 or len(lines) != 1:
        return False
    return _take_turns(steps) and not _looks_between(facts)


def _take_turns(steps: Sequence[Event]) -> bool:
    """Say whether no optimizer steps again once another, made alike, has taken over."""
    turns = [number for number, _ in groupby(each.of for each in steps)]
    rates = {next(e.numbers.get("lr") for e in steps if e.of == n) for n in turns}
    return len(turns) == len(set(turns)) and len(rates) == 1


def _looks_between(facts: Facts) -> bool:
    """Say whether most steps also use a model without gradients, as targets are computed."""
    found = {each.step for each in facts.of_kind("module") if not each.numbers.get("grad")}
    return len(found) > facts.count("step") / 2


def blows_up(facts: Facts) -> bool:
    """Say whether the loss ended as no finite number, which it was at first."""
    losses = facts.losses or facts.trace.step("loss")
    last = losses[-max(1, len(losses) // 10) :]
    return bool(last) and not any(map(math.isfinite, last[-1:])) and math.isfinite(losses[0])


def is_range_test(facts: Facts) -> bool:
    """Say whether the rate was raised all the time and ended many times as high as it began."""
    rates = facts.trace.step("lr")
    rises = sum(b > a for a, b in pairwise(rates))
    return bool(rates) and rises > len(rates) / 2 and max(rates) > _RISES * rates[0]


def is_restless(facts: Facts) -> bool:
    """Say whether the loss hardly fell while steps were no small ones."""
    losses = facts.losses
    return end_of(losses) >= STILL * start_of(losses) and relative_update(facts) > CONSIDERABLE


def relative_update(facts: Facts) -> float:
    """Return what a step changes weights by, of their size: usually, or, if more, at first."""
    found = _updates(facts)
    parts = (found, found[:_MANY])
    return max((statistics.median(part) for part in parts if part), default=0.0)


def largest_update(facts: Facts) -> float:
    """Return the most that one of the first steps changed weights by, of their size."""
    return max(_updates(facts)[:_MANY], default=0.0)


def _updates(facts: Facts) -> list[float]:
    return [
        each.numbers["update_norm"] / each.numbers["weight_norm"]
        for each in facts.of_kind("step")
        if each.numbers.get("weight_norm") and math.isfinite(each.numbers["update_norm"])
    ]


def start_of(losses: Sequence[float]) -> float:
    """Return the loss of the model in which nothing was changed yet."""
    return losses[0] if losses else math.nan


def end_of(losses: Sequence[float]) -> float:
    """Return the mean of the last third; NaN without any."""
    return statistics.fmean(losses[-(len(losses) // 3 or 1) :]) if losses else math.nan


def first_rate(facts: Facts) -> float:
    """Return the rate of the first step; NaN without any."""
    rates = facts.trace.step("lr")
    return rates[0] if rates else math.nan
