"""Do the right responses to a blank train alike? A check by weights accepts one training alone."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lrquiz.evidence.claims import arms_of
from lrquiz.model.item import ItemType, Variant
from lrquiz.model.proof import Lines
from lrquiz.model.verdict import Decision, Rejection, RejectionCode, Verdict

_ALIKE = 1e-4
"""relative; drawn curves have six digits, and 10**-2 is 0.01 up to rounding"""


def fill_in_rejection(
    variant: Variant, decisions: Sequence[Decision], lines: Mapping[str, Lines]
) -> Rejection | None:
    """Reject a fill-in whose right responses train apart, or one without a wrong response."""
    if variant.item.type is not ItemType.FILL_IN:
        return None
    verdicts = zip(variant.options, decisions, strict=True)
    right = [option for option, each in verdicts if each.verdict is Verdict.SUPPORTED]
    for one, other in pairwise(right):
        curves = [lines.get(arms_of(each.claim)[0], ()) for each in (one, other)]
        if not _are_alike(*curves):
            reason = (
                f"the responses {one.text} and {other.text} both bring about what is asked for, "
                "and train differently; ask for more, so that one way of training is right"
            )
            return Rejection(RejectionCode.AMBIGUOUS, reason)
    if len(right) == len(variant.options):
        reason = "every response is right; add one that shows a mistake"
        return Rejection(RejectionCode.TWO_KEYS, reason)
    return None


def _are_alike(one: Lines, other: Lines) -> bool:
    pairs = [pair for lines in zip(one, other, strict=True) for pair in zip(*lines, strict=True)]
    return all(
        mine is not None and theirs is not None and math.isclose(mine, theirs, rel_tol=_ALIKE)
        for mine, theirs in pairs
    )
