"""Measures of the accuracy on held-out rows, one value in 0..1 per epoch."""

from __future__ import annotations

import math

from lrquiz.evidence.measures.measure import measure
from lrquiz.model.trace import Trace


@measure(r"\baccura", "epoch.accuracy")
def last_accuracy(arm: Trace) -> float:
    """The accuracy on new rows, from 0 to 1, after the last epoch with `arm`.

    NaN where no epoch was finished; a run that stopped early ends where it stopped.
    """
    values = arm.epoch("accuracy")
    return values[-1] if values else math.nan
