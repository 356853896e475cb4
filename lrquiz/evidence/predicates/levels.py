"""Predicates that hold the training loss against a level, its own end, or another run's.

Like those in `loss`, each decides non-finite values before it compares any.
"""

from __future__ import annotations

import math
from statistics import fmean

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Column, Trace

_SETTLED = 0.01  # share of the first loss that a settled one moves within


@predicate(
    r"\b(above|higher|no lower|stays at)\b",
    "epoch.loss",
    sentence="With {arm} the loss [ends|may end] above {level}, or at no number",
)
def loss_ends_above(arm: Trace, level: float) -> bool:
    """The last loss is above `level`, or not finite.

    A run that stopped early ends where it stopped; one without a single epoch: true.
    """
    return not loss_ends_below(arm, math.nextafter(level, math.inf))


@predicate(
    r"\b(below|under|lower)\b",
    "epoch.loss",
    sentence="With {arm} the loss [ends|may end] below {level}",
)
def loss_ends_below(arm: Trace, level: float) -> bool:
    """The last loss is below `level`.

    NaN, infinity of either sign, or no epoch: false. A run that stopped early ends where it
    stopped.
    """
    losses = arm.epoch("loss")
    return bool(losses) and math.isfinite(losses[-1]) and losses[-1] < level


@predicate(
    r"\b(late|last|in the end|finally|settles)\b",
    "epoch.loss",
    sentence=(
        "With {arm} the loss over the last quarter of training [is|may be] lower than with {than}"
    ),
)
def late_loss_is_lower_than(arm: Trace, than: Trace) -> bool:
    """The mean loss of `arm` over the last quarter of its epochs is lower than that of `than`.

    A mean that is not finite, or of no epoch, is lower than none, and any finite one is lower than
    it. A run that stopped early is judged by the epochs it finished.
    """
    mine, other = _late(arm.epoch("loss")), _late(than.epoch("loss"))
    return math.isfinite(mine) and (not math.isfinite(other) or mine < other)


@predicate(
    r"\b(later|slow|longer|more (epochs|steps)|sooner|earlier)",
    "epoch.loss",
    sentence="With {arm} the loss [gets|may get] below {level} later than with {than}",
)
def reaches_later_than(arm: Trace, than: Trace, level: float) -> bool:
    """The loss of `arm` gets below `level` in a later epoch than that of `than`, or not at all.

    Where `than` does not get there either: false. NaN is below nothing; a run that stopped early
    is judged by the epochs it finished.
    """
    return _first_below(arm.epoch("loss"), level) > _first_below(than.epoch("loss"), level)


@predicate(
    r"\b(settle|stable|converge|hardly chang|levels? off)",
    "epoch.loss",
    sentence=(
        "With {arm} the loss [settles|may settle]: below its first value, and hardly changing over "
        "the last quarter of training"
    ),
)
def loss_settles(arm: Trace) -> bool:
    """The loss ends lower than it began and moves within 1 % of its first value at the end.

    Looked at is the last quarter of the epochs. NaN, infinity, a run that stopped early, or fewer
    than four epochs: false. That a settled loss is the lowest possible is not claimed.
    """
    losses = arm.epoch("loss")
    quarter = len(losses) // 4
    if arm.stopped is not None or not quarter or len(losses) < arm.planned_epochs:
        return False
    if not all(map(math.isfinite, losses)):
        return False
    late = losses[-quarter - 1 :]
    return losses[-1] < losses[0] and max(late) - min(late) <= _SETTLED * abs(losses[0])


def _late(losses: Column) -> float:
    late = losses[len(losses) - max(len(losses) // 4, 1) :] if losses else ()
    return fmean(late) if late and all(map(math.isfinite, late)) else math.nan


def _first_below(losses: Column, level: float) -> float:
    return next((place for place, loss in enumerate(losses) if loss < level), math.inf)
