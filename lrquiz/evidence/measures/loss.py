"""Measures of the training loss, one value per epoch: the mean over the epoch's batches."""

from __future__ import annotations

import math

from lrquiz.errors import NotRecordedError
from lrquiz.evidence.measures.measure import measure
from lrquiz.evidence.predicates.loss import is_finite, rises
from lrquiz.model.trace import Trace

_WORDS = r"\bloss"


@measure(_WORDS, "epoch.loss")
def last_loss(arm: Trace) -> float:
    """The mean training loss of the last epoch with `arm`.

    NaN where no epoch was finished; a run that stopped early ends where it stopped.
    """
    losses = arm.epoch("loss")
    return losses[-1] if losses else math.nan


@measure(_WORDS, "epoch.loss")
def loss_after(arm: Trace, epochs: int) -> float:
    """The mean training loss of the last of the first `epochs` epochs with `arm`.

    So many epochs that the run never finished them raise, as they were not observed.
    """
    losses = arm.epoch("loss")
    if not 1 <= epochs <= len(losses):
        message = f"{epochs} epochs lie outside the {len(losses)} epochs that were trained"
        raise NotRecordedError(message)
    return losses[epochs - 1]


@measure(r"\bris(es?|ing)\b", "epoch.loss")
def loss_rises(arm: Trace) -> float:
    """How often the training loss rises from one epoch to the next with `arm`.

    NaN where a loss is not finite: it never compares as a rise.
    """
    losses = arm.epoch("loss")
    return float(rises(losses)) if is_finite(losses) else math.nan
