"""Does the batched engine tell what the reference loop tells?

Every evidence run trains a sample of its trials again on the reference loop. Where training is
stable, the numbers must agree up to rounding. Where it is chaotic, rounding grows until two correct
programs tell different numbers. Which of the two it is, the reference loop itself says: trained
once more from weights nudged by a millionth, it stays where it was or it does not. If it does not,
the class of outcome must be one that the reference showed.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import starmap
from statistics import median

from lrquiz.evidence.predicates.loss import is_finite
from lrquiz.model.trace import Trace

Reference = Callable[[float], Trace]
"""trains one trial on the reference loop, its first weights scaled by one plus the nudge"""

_NUDGES = (1e-6, -1e-6)
_SAME, _STABLE = 1e-3, 1e-4
"""relative differences: between the engines, and between the reference and itself nudged"""
_MAGNITUDE = 10.0
"""most between the median losses of two chaotic runs alike, least from a first loss to explosion"""
_ROWS_APART = 0.02
"""share of held-out rows that may fall on the other side of a decision by rounding"""
_SLACK = {"loss": 1e-5, "weight_change": 1e-5, "accuracy": _ROWS_APART}


def disagreement(reference: Reference, batched: Trace) -> str:
    """Return in words how the engines disagree on one trial; empty when they agree."""
    plain = reference(0.0)
    for name in ("lr", "lr_after"):  # rates are read from the same objects, whatever else happens
        if plain.epoch(name) != batched.epoch(name):
            return _difference(name, plain, batched)
    apart = _apart(plain, batched, _SAME)
    if not apart:
        return ""
    others = [reference(nudge) for nudge in _NUDGES]
    if not any(_apart(plain, other, _STABLE) for other in others):
        return _difference(apart, plain, batched)
    if any(_are_alike(batched, other) for other in (plain, *others)):
        return ""
    return f"training is chaotic, but not alike: {plain.epoch('loss')} and {batched.epoch('loss')}"


def _apart(one: Trace, other: Trace, relative: float) -> str:
    """Return the first column in which two traces differ; empty when they do not."""
    return next((name for name in _SLACK if not _are_close(name, one, other, relative)), "")


def _are_close(name: str, one: Trace, other: Trace, relative: float) -> bool:
    pairs = zip(one.epoch(name), other.epoch(name), strict=True)
    return all(
        starmap(lambda a, b: math.isclose(a, b, rel_tol=relative, abs_tol=_SLACK[name]), pairs)
    )


def _are_alike(one: Trace, other: Trace) -> bool:
    """Say whether two chaotic runs are of one class.

    Both stay finite or both do not; both explode, or their losses are of like magnitude.
    """
    losses, others = one.epoch("loss"), other.epoch("loss")
    if not (is_finite(losses) and is_finite(others)):
        return is_finite(losses) is is_finite(others)
    low, high = sorted((median(losses), median(others)))
    return low > _MAGNITUDE * losses[0] or high <= _MAGNITUDE * low


def _difference(name: str, plain: Trace, batched: Trace) -> str:
    return f"{name} differs: {plain.epoch(name)} and {batched.epoch(name)}"
