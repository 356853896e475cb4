"""Predicates over whole trajectories: every loss that was reported, and every final weight."""

from __future__ import annotations

import math
from itertools import chain

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace


@predicate(
    r"\b(as|like) the (reference|loop|code|original)|\bexactly as\b|\bthe same (weights|training)",
    "step.loss",
    "epoch.weights",
    sentence="With {arm} the loop [trains|may train] exactly as with {than}",
)
def trains_as(arm: Trace, than: Trace) -> bool:
    """The loop of `arm` trains exactly as that of `than`: every loss and every final weight.

    That is bit for bit: the same calculations in the same order give the same bits, so no tolerance
    is needed, and none can take a training that is merely close for the same. A run that stopped
    early, or in which a loss or a weight is no finite number: false.
    """
    if arm.stopped is not None or than.stopped is not None:
        return False
    mine, other = (_trajectory(each) for each in (arm, than))
    is_finite = bool(mine[1]) and all(map(math.isfinite, chain(*mine)))
    return is_finite and mine == other


def _trajectory(trace: Trace) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return trace.step("loss"), trace.epoch("weights")
