"""Losses of the wrong sign, told by their form: likelihoods that get smaller, errors that grow."""

from __future__ import annotations

import math

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.rules.directions import is_of_a_model
from lrquiz.model.trace import Event, Thing

_AWAY = 20.0
"""times the size of the first loss that one without a bound ends at"""


def lowers_a_likelihood(facts: Facts) -> Finding | None:
    """L6 and O11: by the form of what is minimised, likelihoods get smaller or errors larger.

    Each term of it tells that, or one does and the loss runs away to where it has no bound. Where a
    term is weighted, by rewards say, or another `backward` goes the other way, as with adversaries,
    nothing is told. O11 where maximize=True turns a loss round that is right.
    """
    looked = [each for each in facts.of_kind("backward") if "way" in each.numbers]
    stepping = [facts.optimizers[n] for n in facts.optimizers if facts.steps_of(n)]
    maximizes = {bool(each.numbers.get("maximize")) for each in stepping}
    if len(looked) < SETTLED or len(maximizes) != 1 or not is_of_a_model(facts, stepping[0]):
        return None
    up = 1.0 if True in maximizes else -1.0
    first, last = looked[0].numbers["loss"], looked[-1].numbers["loss"]
    runs_away = up * last > _AWAY * max(1.0, abs(first)) and math.isfinite(last)
    told = "partly" if runs_away and len({each.line for each in looked}) == 1 else "way"
    if any(each.numbers[told] != up for each in looked) or up * (last - first) <= 0:
        return None
    return _likelihood_lowered(looked, stepping[0], first, last)


def _likelihood_lowered(looked: list[Event], thing: Thing, first: float, last: float) -> Finding:
    maximizes = bool(thing.numbers.get("maximize"))
    done = "maximised" if maximizes else "minimised"
    return finding(
        "O11" if maximizes else "L6",
        "Training climbs the loss" if maximizes else "The sign of the loss is wrong",
        thing.line if maximizes else line_of(looked),
        evidence=f"the loss is {'an error' if maximizes else 'a likelihood'} by its form, or the "
        f"negative of {'a likelihood' if maximizes else 'an error'}, and was {done} from "
        f"{first:.3g} to {last:.3g}, in all {len(looked)} steps that were looked at",
        why="So the data become less likely with each step, without end.",
        change="Leave out maximize=True."
        if maximizes
        else "Put a minus sign before it: minimise the negative likelihood, or the error itself.",
        first=first,
        last=last,
    )
