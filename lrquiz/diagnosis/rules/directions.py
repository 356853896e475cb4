"""Updates in a wrong direction: up the loss, or straight to zero."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event, Thing

_RISEN, _ABOVE_START = 1.2, 1.1
"""of the first third of all losses, and of the first loss, what the last third is at least"""
_INWARD, _SHRUNK, _SHRINKING = 0.9, 0.35, 0.01


def climbs_the_loss(facts: Facts) -> Finding | None:
    """O11: a loss that cannot be negative is climbed by every step of every optimizer.

    Likelihoods and returns, which are to be climbed, have no such form; where a generator climbs
    the discriminator's loss, the discriminator goes down; an attack climbs with a tensor of its own
    and training goes down.
    """
    stepping = [n for n in facts.optimizers if facts.steps_of(n)]
    backwards = [each for each in facts.of_kind("backward") if each.numbers.get("positive")]
    if not stepping or len(backwards) < SETTLED:
        return None
    thing = facts.optimizers[stepping[0]]
    up = [_is_uphill(each, facts.optimizers[n]) for each in backwards for n in stepping]
    if not all(up) or not is_of_a_model(facts, thing) or not _rises(backwards):
        return None
    maximizes = bool(thing.numbers.get("maximize"))
    sizes = [_size(each) for each in backwards]
    return finding(
        "O11",
        "Training climbs the loss",
        thing.line if maximizes else line_of(facts.of_kind("forward")) or line_of(backwards),
        evidence=f"the loss went from {sizes[0]:.3g} to {sizes[-1]:.3g}, and all "
        f"{len(backwards)} steps that were looked at went up it",
        why="maximize=True climbs what it is given."
        if maximizes
        else "The negative of a loss was minimised, which makes the loss itself larger.",
        change="Leave out maximize=True."
        if maximizes
        else "Minimise the loss as it is, without the minus sign.",
        first=sizes[0],
    )


def _is_uphill(backward: Event, thing: Thing) -> bool:
    negated = backward.numbers.get("factor", 1.0) < 0
    return negated != bool(thing.numbers.get("maximize"))


def _size(backward: Event) -> float:
    return abs(backward.numbers.get("loss", 0.0))


def is_of_a_model(facts: Facts, thing: Thing) -> bool:
    """Say whether an optimizer holds parameters of a module, not tensors of the program's own."""
    return any(facts.says(each, "registered") for each in thing.parts) or not facts.models


def _rises(backwards: list[Event]) -> bool:
    sizes = [_size(each) for each in backwards]
    third = max(len(sizes) // 3, 1)
    first, last = statistics.fmean(sizes[:third]), statistics.fmean(sizes[-third:])
    return not (last <= _RISEN * first and last <= _ABOVE_START * sizes[0])


def steps_up_the_gradient(facts: Facts) -> Finding | None:
    """O11: every step of the only optimizer goes up the gradient, and a plain loss rises.

    Momentum goes up now and then, not always.
    """
    stepping = [n for n in facts.optimizers if facts.steps_of(n)]
    backwards = [each for each in facts.of_kind("backward") if each.numbers.get("positive")]
    if len(stepping) != 1 or len(backwards) < SETTLED:
        return None
    thing = facts.optimizers[stepping[0]]
    along = [e.numbers["along_gradient"] for e in facts.steps_of(stepping[0]) if _is_told(e)]
    negated = any(each.numbers.get("factor", 1.0) < 0 for each in backwards)
    if negated or len(along) < 2 * SETTLED or min(along) <= 0 or not _rises(backwards):
        return None
    return finding(
        "O11",
        "Training climbs the loss",
        line_of(facts.steps_of(stepping[0])),
        evidence=f"all {len(along)} steps that were looked at went up the gradient, and the loss "
        f"went from {_size(backwards[0]):.3g} to {_size(backwards[-1]):.3g}",
        why=f"{thing.name} adds the gradient to the weights, where it has to take it away.",
        change="Turn the sign of the update round.",
        looked_at=len(along),
    )


def _is_told(step: Event) -> bool:
    return "along_gradient" in step.numbers and bool(step.numbers.get("update_norm"))


def decay_drives_the_weights(facts: Facts) -> Finding | None:
    """O9: updates point to zero, and the weights shrink to a fraction: decay outweighs the loss.

    Weights that shrink because the loss wants it are not drawn straight to zero; usual decays take
    less than a hundredth in a step.
    """
    for number, thing in facts.optimizers.items():
        steps = [e.numbers for e in facts.steps_of(number) if e.numbers.get("weight_norm")]
        rate, decay = (thing.numbers.get(each, 0.0) for each in ("lr", "weight_decay"))
        if len(steps) < 2 * SETTLED or rate * decay < _SHRINKING:
            continue
        inward = statistics.median(
            each.get("towards_zero", 0.0) for each in steps[: len(steps) // 3]
        )
        norms = [each["weight_norm"] for each in steps]
        if inward > _INWARD and norms[-1] < _SHRUNK * norms[0]:
            return finding(
                "O9",
                "Weight decay drives the weights to zero",
                thing.line,
                evidence=f"rate {rate:g} times decay {decay:g} takes {rate * decay:.1%} of every "
                f"weight in each step; their norm fell from {norms[0]:.3g} to {norms[-1]:.3g}",
                why="The pull to zero outweighs the gradient of the loss, so nothing is learned.",
                change="Use a decay between 1e-5 and 1e-1.",
                decay=decay,
                first_norm=norms[0],
                last_norm=norms[-1],
            )
    return None
