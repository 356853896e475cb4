"""Does the batched engine tell what the plain loop tells?

Every evidence run trains a sample of its trials again on the plain loop. Where training is stable,
the numbers must agree up to rounding. Where it is not, rounding grows until two correct programs
tell different numbers; there the class of outcome must agree: finite or not, unsteady or not.
"""

from __future__ import annotations

import math
from itertools import starmap

from lrquiz.evidence.predicates.loss import is_finite, rises
from lrquiz.model.trace import Column, Trace

_RELATIVE, _ABSOLUTE = 1e-3, 1e-5
_ROWS_APART = 0.02
"""share of held-out rows that may fall on the other side of a decision by rounding"""
_STEADY_RISES = 1


def disagreement(plain: Trace, batched: Trace) -> str:
    """Return in words how two traces of one trial disagree; empty when they agree."""
    if _outcome(plain) != _outcome(batched):
        return f"the plain loop is {_outcome(plain)}, the batched engine {_outcome(batched)}"
    if _outcome(plain) != "steady":
        return ""
    for name, tolerance in (("loss", _ABSOLUTE), ("weight_change", _ABSOLUTE), ("lr", 0.0)):
        if not _are_close(plain.epoch(name), batched.epoch(name), tolerance):
            return f"{name} differs: {plain.epoch(name)} and {batched.epoch(name)}"
    if not _are_close(plain.epoch("accuracy"), batched.epoch("accuracy"), _ROWS_APART):
        return f"accuracy differs: {plain.epoch('accuracy')} and {batched.epoch('accuracy')}"
    return ""


def _outcome(trace: Trace) -> str:
    losses = trace.epoch("loss")
    if not is_finite(losses):
        return "not finite"
    return "steady" if rises(losses) <= _STEADY_RISES else "unsteady"


def _are_close(one: Column, other: Column, absolute: float) -> bool:
    pairs = zip(one, other, strict=True)
    return all(starmap(lambda a, b: math.isclose(a, b, rel_tol=_RELATIVE, abs_tol=absolute), pairs))
