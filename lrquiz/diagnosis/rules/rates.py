"""Mistakes with the rate itself: looked for last, since so much else looks like them."""

from __future__ import annotations

import statistics
from dataclasses import replace

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.progress import (
    CONSIDERABLE,
    STILL,
    blows_up,
    end_of,
    first_rate,
    is_one_loop,
    is_plain,
    is_range_test,
    largest_update,
    relative_update,
    start_of,
)
from lrquiz.diagnosis.replay import CANDIDATE, USUAL_UPDATE
from lrquiz.diagnosis.rules.targets import is_at_chance
from lrquiz.evidence.predicates.loss import is_finite

_LARGE, _TINY, _NOWHERE = 0.05, 1e-4, 0.01
"""of a weight's size, what a step changes"""
_HUGE, _WELL = 0.1, 0.25
"""of a weight's size, what a step seldom changes at a good rate; of the first loss, a good end"""
_ABOVE = 3.0


def loss_is_not_finite(facts: Facts) -> Finding | None:
    """H1: the loss stopped being a finite number although nothing structural is wrong.

    A range test raises the rate until that happens, on purpose; a loss that was finite again was
    of a batch that was skipped, or of another model.
    """
    rates, losses = facts.trace.step("lr"), facts.trace.step("loss")
    if not rates or not blows_up(facts) or is_range_test(facts):
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
    if not is_plain(facts) or not is_finite(losses) or is_range_test(facts):
        return None
    start, end = start_of(losses), end_of(losses)
    if end <= _ABOVE * start or relative_update(facts) < _LARGE:
        return None
    return _too_high(facts, start, end)


def loss_does_not_fall(facts: Facts) -> Finding | None:
    """H1, to be borne out: the loss does not fall, and steps change the weights considerably.

    Or it falls less than a good rate makes it fall, and each step changes them by a tenth.
    """
    losses = facts.losses
    if not is_one_loop(facts) or not is_finite(losses) or is_range_test(facts):
        return None
    if min(losses) < 0:  # such a loss may have to rise, or tells nothing
        return None
    start, end = start_of(losses), end_of(losses)
    far = relative_update(facts) > _HUGE
    falls = end < (_WELL if far else STILL) * start and not is_at_chance(facts)
    if falls or max(relative_update(facts), largest_update(facts)) < CONSIDERABLE:
        return None
    return _too_high(facts, start, end, candidate=True)


def loss_stands_still(facts: Facts) -> Finding | None:
    """H2, to be borne out: steps change the weights by next to nothing, and the loss hardly falls.

    Late in a schedule or near a minimum that is lawful: then no other rate does better.
    """
    losses = facts.losses
    if not is_one_loop(facts) or not is_finite(losses):
        return None
    start, end, update = start_of(losses), end_of(losses), relative_update(facts)
    moves = update * len(losses) > _NOWHERE  # else a loss that falls does so by chance
    if not 0 < update < _TINY or (moves and facts.loss_fell(STILL)):
        return None
    rate = first_rate(facts)
    return finding(
        "H2",
        "The learning rate is too low",
        _line_of_rate(facts),
        evidence=f"at rate {rate:g} a step changed the weights by {update:.1e} of their size, and "
        f"the loss went from {start:.4g} to {end:.4g}",
        why="At this rate training takes many times as long as there is.",
        change=f"Try {USUAL_UPDATE / update:.0e} times this rate, at which a step would change the "
        "weights by a thousandth.",
        rate=rate,
        update=update,
        candidate=1.0,
    )


def _too_high(facts: Facts, start: float, end: float, *, candidate: bool = False) -> Finding:
    rate, update = first_rate(facts), relative_update(facts)
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


def _line_of_rate(facts: Facts) -> int | None:
    """Return where the optimizer was made that took the most steps: its rate is given there."""
    steps = facts.of_kind("step")
    used = [each.of for each in steps if each.of]
    made = facts.trace.things.get(statistics.mode(used)) if used else None
    return made.line if made is not None and made.line else line_of(steps)
