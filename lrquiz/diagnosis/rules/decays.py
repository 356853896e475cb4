"""A mistake with rates that a program sets by hand: a decay upon a decay."""

from __future__ import annotations

import math
from itertools import groupby, pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import on_one_batch, rate_of, trailing
from lrquiz.model.trace import Event

_OFTEN, _TINY, _IDLE = 0.8, 1e-3, 0.25


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
