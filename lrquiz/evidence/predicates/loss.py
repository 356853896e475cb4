"""Predicates over the training loss, one value per epoch: the mean over the epoch's batches.

NaN never compares as a rise, so each of them decides non-finite values before it compares any.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lrquiz.evidence.predicates.predicate import often, predicate
from lrquiz.model.trace import Column, Trace


def rises(losses: Column) -> int:
    """Count the epochs that end with a higher loss than the one before."""
    return sum(after > before for before, after in pairwise(losses))


def is_finite(losses: Column) -> bool:
    """Say whether every value is a finite number."""
    return all(math.isfinite(value) for value in losses)


def _ran_to_the_end(trace: Trace) -> bool:
    return trace.stopped is None and len(trace.epoch("loss")) >= max(trace.planned_epochs, 1)


def _unsteady(parameters: Mapping[str, Any]) -> str:
    return (
        "With {arm} the loss [is|may be] unsteady: from one epoch to the next it rises "
        f"{often(parameters['at_least'])} or more, or it stops being a number"
    )


@predicate(
    r"\b(bounc|unstead|fluctuat|oscillat|jump|unstable|not (decrease|fall)[^.]* steadily)",
    "epoch.loss",
    sentence=_unsteady,
)
def loss_is_unsteady(arm: Trace, at_least: int = 2) -> bool:
    """The loss rises from one epoch to the next at least `at_least` times, or is not finite.

    NaN or infinity anywhere: true. A run that stopped early is judged by the epochs it finished.
    """
    losses = arm.epoch("loss")
    return not is_finite(losses) or rises(losses) >= at_least


@predicate(
    r"\b(smooth|steadily|every epoch|monoton)",
    "epoch.loss",
    sentence="With {arm} the loss [falls|may fall] steadily, from the first epoch to the last",
)
def loss_falls_steadily(arm: Trace) -> bool:
    """The loss never rises from one epoch to the next, and ends lower than it began.

    NaN, infinity, a run that stopped early, or fewer than two epochs: false.
    """
    losses = arm.epoch("loss")
    if not _ran_to_the_end(arm) or len(losses) < 2 or not is_finite(losses):
        return False
    return rises(losses) == 0 and losses[-1] < losses[0]


@predicate(
    r"\b(worse|higher|not finite)\b",
    "epoch.loss",
    sentence=(
        "With {arm} training [ends|may end] worse than with {than}: at a higher loss, "
        "or at one that is no number"
    ),
)
def ends_worse_than(arm: Trace, than: Trace) -> bool:
    """The last loss of `arm` is higher than that of `than`, or not finite.

    A non-finite end is worse than any finite one and not worse than another non-finite one. A run
    that stopped early ends where it stopped; one without a single epoch ends non-finite.
    """
    mine, other = _last(arm), _last(than)
    if not math.isfinite(other):
        return False
    return not math.isfinite(mine) or mine > other


@predicate(
    r"\bslow",
    "epoch.loss",
    sentence=(
        "With {arm} training [is|may be] slower than with {than}: halfway its loss is higher, "
        "and it rises no more often"
    ),
)
def is_slower_but_steadier_than(arm: Trace, than: Trace) -> bool:
    """Halfway, the loss of `arm` is higher than that of `than`, and it rises no more often.

    NaN or infinity in `arm`, or a run of it that stopped early: false. A `than` that is not finite
    or finished no epoch is taken to be ahead at no time: false.
    """
    losses, others = arm.epoch("loss"), than.epoch("loss")
    if not (_ran_to_the_end(arm) and others and is_finite(losses) and is_finite(others)):
        return False
    half = min(len(losses), len(others)) // 2
    return losses[half] > others[half] and rises(losses) <= rises(others)


@predicate(
    r"\b(learn|fall|decreas)",
    "epoch.loss",
    sentence=(
        "With {arm} the loss [falls|may fall] by {share} or more "
        "between the first epoch and the last"
    ),
)
def training_learns(arm: Trace, share: float = 0.05) -> bool:
    """With `arm`, the last epoch's loss is lower than the first's by `share` of it or more.

    NaN, infinity, a run that stopped early, or fewer than two epochs: false.
    """
    losses = arm.epoch("loss")
    if not _ran_to_the_end(arm) or len(losses) < 2 or not is_finite(losses):
        return False
    return losses[-1] <= (1 - share) * losses[0]


def _last(trace: Trace) -> float:
    losses = trace.epoch("loss")
    return losses[-1] if losses else math.nan
