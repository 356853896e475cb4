"""The measures that numeric items may ask for, each a pure function from a trace to a number.

To add one: write the function in the module of its subject, decorate it with `measure`, and list
it in `MEASURES`. Its parameters of type `Trace` are arms; the others are numbers and words that
the item file gives. What is no finite number (a loss that is NaN) is returned as it is; what was
never observed raises.
"""

from __future__ import annotations

from types import MappingProxyType

from lrquiz.evidence.measures.accuracy import last_accuracy
from lrquiz.evidence.measures.loss import last_loss, loss_after, loss_rises
from lrquiz.evidence.measures.measure import Measure
from lrquiz.evidence.measures.rate import rate_at

MEASURES = MappingProxyType(
    {each.name: each for each in (last_accuracy, last_loss, loss_after, loss_rises, rate_at)}
)

__all__ = ["MEASURES", "Measure"]
