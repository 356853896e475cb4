"""Mistakes with the rate itself: looked for last, since so much else looks like them."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.evidence.predicates.loss import is_finite

CANDIDATE = "candidate"
"""the number of a finding that a run at other rates has to bear out"""
_LARGE, _CONSIDERABLE, _TINY = 0.05, 0.003, 1e-4
"""of a weight's size, what a step changes"""
_USUAL = 1e-3
_ABOVE, _STILL = 3.0, 0.9
_RISES = 3.0
_PLAIN = ("SGD", "ASGD", "Rprop")
_MANY = 8


def sum_at_a_rate_for_means(facts: Facts) -> Finding | None:
    """L12: a loss is summed over a batch, and the rate suits a mean: training does not settle.

    Sums at a rate that suits them are lawful, and optimizers that scale gradients do not mind.
    """
    names = {each.name for each in facts.optimizers.values()}
    summed = [each for each in facts.of_kind("forward") if each.numbers.get("sum")]
    rows = [each.numbers["rows"] for each in summed if each.numbers.get("grad")]
    rows += [each for each in facts.sampled("backward", "summed") if each]
    if len(rows) < SETTLED or statistics.median(rows) < _MANY or not names.intersection(_PLAIN):
        return None
    if not (_blows_up(facts) or _is_restless(facts)):
        return None
    batch = statistics.median(rows)
    return finding(
        "L12",
        "The loss is summed, and the rate suits a mean",
        line_of(summed) or line_of(facts.of_kind("backward")),
        evidence=f"the loss sums over {batch:g} rows; at rate {_first_rate(facts):g} it went from "
        f"{facts.losses[0]:.3g} to {facts.losses[-1]:.3g}",
        why=f"Gradients of a sum are {batch:g} times those of a mean, and so are the steps.",
        change=f"Use reduction='mean', or divide the rate by {batch:g}.",
        rows=batch,
        rate=_first_rate(facts),
    )


def loss_is_not_finite(facts: Facts) -> Finding | None:
    """H1: the loss stopped being a finite number although nothing structural is wrong.

    A range test raises the rate until that happens, on purpose; a loss that was finite again was
    of a batch that was skipped, or of another model.
    """
    rates, losses = facts.trace.step("lr"), facts.trace.step("loss")
    if not rates or not _blows_up(facts) or _is_range_test(facts):
        return None
    first = next((k for k, loss in enumerate(losses) if not is_finite((loss,))), len(losses))
    return finding(
        "H1",
        "The learning rate is too high",
        _line_of_rate(facts),
        evidence=f"at rate {rates[0]:g} the loss was no finite number from step {first + 1} on",
        why="Each step overshoots the minimum by more than the last, until numbers overflow.",
        change="Try a tenth and a hundredth of this rate.",
        rate=rates[0],
        step=first + 1,
    )


def loss_rises(facts: Facts) -> Finding | None:
    """H1: the loss ends far above its start, at steps that change weights by a twentieth or more.

    Only of one optimizer, on one loss that cannot be negative, with nothing that looks like a
    target from another network.
    """
    losses = facts.losses
    if not _is_plain(facts) or not is_finite(losses) or _is_range_test(facts):
        return None
    start, end = _start(losses), _end(losses)
    if end <= _ABOVE * start or _relative_update(facts) < _LARGE:
        return None
    return _too_high(facts, start, end)


def loss_does_not_fall(facts: Facts) -> Finding | None:
    """H1, to be borne out: the loss does not fall, and steps change the weights considerably."""
    losses = facts.losses
    if not _is_plain(facts) or not is_finite(losses) or _is_range_test(facts):
        return None
    start, end = _start(losses), _end(losses)
    if end < _STILL * start or _relative_update(facts) < _CONSIDERABLE:
        return None
    return _too_high(facts, start, end, candidate=True)


def loss_stands_still(facts: Facts) -> Finding | None:
    """H2, to be borne out: steps change the weights by next to nothing, and the loss hardly falls.

    Late in a schedule or near a minimum that is lawful: then no other rate does better.
    """
    losses = facts.losses
    if not _is_plain(facts) or not is_finite(losses):
        return None
    start, end, update = _start(losses), _end(losses), _relative_update(facts)
    if facts.loss_fell(_STILL) or not 0 < update < _TINY:
        return None
    rate = _first_rate(facts)
    return finding(
        "H2",
        "The learning rate is too low",
        _line_of_rate(facts),
        evidence=f"at rate {rate:g} a step changed the weights by {update:.1e} of their size, and "
        f"the loss went from {start:.4g} to {end:.4g}",
        why="At this rate training takes many times as long as there is.",
        change=f"Try {_USUAL / update:.0e} times this rate, at which a step would change the "
        "weights by a thousandth.",
        rate=rate,
        update=update,
        candidate=1.0,
    )


def _too_high(facts: Facts, start: float, end: float, *, candidate: bool = False) -> Finding:
    rate, update = _first_rate(facts), _relative_update(facts)
    found = finding(
        "H1",
        "The learning rate is too high",
        _line_of_rate(facts),
        evidence=f"at rate {rate:g} a step changed the weights by {update:.1%} of their size, and "
        f"the loss went from {start:.3g} to {end:.3g}",
        why="Each step overshoots the minimum.",
        change="Try a tenth and a hundredth of this rate.",
        rate=rate,
        update=update,
    )
    return replace(found, numbers={**found.numbers, CANDIDATE: 1.0}) if candidate else found


def _is_plain(facts: Facts) -> bool:
    """Say whether the loss of the whole run tells of one optimizer's work."""
    steps = facts.of_kind("step")
    lines = {each.line for each in facts.of_kind("backward")}
    positive = facts.sampled("backward", "positive")
    if len(steps) < _MANY or len({each.of for each in steps}) != 1 or len(lines) != 1:
        return False
    return bool(positive) and all(positive) and not _looks_between(facts)


def _looks_between(facts: Facts) -> bool:
    """Say whether most steps also use a model without gradients, as targets are computed."""
    found = {each.step for each in facts.of_kind("module") if not each.numbers.get("grad")}
    return len(found) > facts.count("step") / 2


def _blows_up(facts: Facts) -> bool:
    """Say whether the loss ended as no finite number, which it was at first."""
    losses = facts.losses or facts.trace.step("loss")
    last = losses[-max(1, len(losses) // 10) :]
    return bool(last) and not any(map(math.isfinite, last[-1:])) and math.isfinite(losses[0])


def _is_range_test(facts: Facts) -> bool:
    """Say whether the rate was raised all the time and ended many times as high as it began."""
    rates = facts.trace.step("lr")
    rises = sum(b > a for a, b in pairwise(rates))
    return bool(rates) and rises > len(rates) / 2 and max(rates) > _RISES * rates[0]


def _is_restless(facts: Facts) -> bool:
    losses = facts.losses
    return _end(losses) >= _STILL * _start(losses) and _relative_update(facts) > _CONSIDERABLE


def _relative_update(facts: Facts) -> float:
    """Return what a step changes weights by, of their size: usually, or, if more, at first."""
    found = [
        each.numbers["update_norm"] / each.numbers["weight_norm"]
        for each in facts.of_kind("step")
        if each.numbers.get("weight_norm") and math.isfinite(each.numbers["update_norm"])
    ]
    parts = (found, found[:_MANY])
    return max((statistics.median(part) for part in parts if part), default=0.0)


def _start(losses: Sequence[float]) -> float:
    """Return the loss of the model in which nothing was changed yet."""
    return losses[0] if losses else math.nan


def _end(losses: Sequence[float]) -> float:
    return statistics.fmean(losses[-(len(losses) // 3 or 1) :]) if losses else math.nan


def _first_rate(facts: Facts) -> float:
    rates = facts.trace.step("lr")
    return rates[0] if rates else math.nan


def _line_of_rate(facts: Facts) -> int | None:
    """Return where the optimizer was made that took the most steps: its rate is given there."""
    steps = facts.of_kind("step")
    used = [each.of for each in steps if each.of]
    made = facts.trace.things.get(statistics.mode(used)) if used else None
    return made.line if made is not None and made.line else line_of(steps)
