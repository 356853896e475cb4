"""Measures of the learning rate that an optimizer uses, epoch by epoch."""

from __future__ import annotations

from lrquiz.evidence.measures.measure import measure
from lrquiz.evidence.predicates.rate import rate_on_clock
from lrquiz.model.trace import Trace


@measure(r"\brate\b", "epoch.lr", "epoch.lr_after")
def rate_at(arm: Trace, epoch: int, clock: str) -> float:
    """The learning rate with `arm` at epoch `epoch` (`clock`).

    An epoch that the run never reached raises, as it was not observed.
    """
    return rate_on_clock(arm, epoch, clock)
