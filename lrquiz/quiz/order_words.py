"""What an order of lines did when it was run, in words."""

from __future__ import annotations

import re
import textwrap

from lrquiz.model.proof import OrderGroup
from lrquiz.model.quiz import QuizOrder
from lrquiz.resources.texts import said

_LONGEST = 120
"""characters of an exception's message that are told"""
_HINT = re.compile(r"(?<=[a-z])[:.] .*|, which is output .*", re.DOTALL)
"""what PyTorch adds to a message for who debugs it"""


def what_it_did(order: QuizOrder, group: OrderGroup) -> str:
    """Return what the orders of a group did, as a clause without a full stop."""
    if group.holds:
        return said("it trains as the original does: every loss and every final weight is the same")
    if group.raised:
        return said("it stops with %(error)s", error=_shortened(group.raised))
    if not group.moved:
        return said("it runs to the end, and no weight ever moves")
    if group.same_losses:
        return said("it reports the same losses, and ends with other weights")
    return said(
        "it trains otherwise: its last loss is %(loss)s, that of the original %(reference)s",
        loss=_last(group),
        reference=_last(order.groups[0]),
    )


def _last(group: OrderGroup) -> str:
    last = group.line[-1] if group.line else None
    return said("no finite number") if last is None else f"{last:.3g}"


def _shortened(error: str) -> str:
    kind, _, message = error.partition(": ")
    text = f"{kind}: {_HINT.sub('', message)}" if message else kind
    return textwrap.shorten(text, _LONGEST, placeholder=" ...")
