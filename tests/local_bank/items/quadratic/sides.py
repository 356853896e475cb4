"""Predicates over where the iterate of a quadratic is."""

from __future__ import annotations

from itertools import pairwise

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace


@predicate(r"\bside", "epoch.iterate", sentence="With {arm} the iterate [changes|may change] sides")
def changes_sides(arm: Trace, at_least: int = 3) -> bool:
    """The iterate passes the minimum at least `at_least` times.

    NaN is on neither side. A run that stopped early is judged by the epochs it finished.
    """
    return sum(a * b < 0 for a, b in pairwise(arm.epoch("iterate"))) >= at_least
