"""Predicates over the accuracy on held-out rows, one value in 0..1 per epoch."""

from __future__ import annotations

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace


@predicate(r"accura", "epoch.accuracy")
def accuracy_reaches(arm: Trace, value: float, within: int) -> bool:
    """Accuracy on held-out rows reaches `value` (1 is all of them) by epoch `within`.

    NaN reaches nothing. A run that stopped early is judged by the epochs it finished.
    """
    return any(accuracy >= value for accuracy in arm.epoch("accuracy")[:within])
