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
    mine, other = (_trajectory(each) for each in (arm, than))
    if arm.stopped is not None or than.stopped is not None or not mine[1]:
        return False
    return mine == other and all(map(math.isfinite, chain(*mine)))


def _trajectory(trace: Trace) -> tuple[tuple[float, ...], tuple[float, ...]]:
    return trace.step("loss"), trace.epoch("weights")
