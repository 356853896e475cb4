"""Predicates over how far the weights have moved from where training began."""

from __future__ import annotations

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace


@predicate(
    r"\bweights?\b.*(never|not|stay|same|where (it|they) started|unchanged)|nothing is learned",
    "epoch.weight_change",
    sentence="With {arm} every weight [stays|may stay] exactly where it started",
)
def weights_never_change(arm: Trace) -> bool:
    """After every epoch the weights are bit for bit where they started.

    NaN or infinite weights have changed. A run that stopped early is judged by the epochs it
    finished; with none, nothing is known to have changed and it is true.
    """
    return all(distance == 0.0 for distance in arm.epoch("weight_change"))
