"""Does the batched engine tell what the reference loop tells?

Every evidence run trains a sample of its trials again on the reference loop. Where training is
stable, the numbers must agree up to rounding. Where it is chaotic, rounding grows until two correct
programs tell different numbers. Which of the two it is, the reference loop itself says: trained
once more from weights nudged by a millionth, it stays where it was or it does not. If it does not,
the class of outcome must be one that the reference showed, and what training ends with must lie
where the reference ends; and more trials are compared.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import starmap
from statistics import median

from lrquiz.errors import DisagreementError
from lrquiz.evidence.predicates.loss import is_finite
from lrquiz.model.trace import Trace

Reference = Callable[[float], Trace]
"""trains one trial on the reference loop, its first weights scaled by one plus the nudge"""

_NUDGES = (1e-6, -1e-6)
_MORE_NUDGES = tuple(sign * size * 1e-6 for size in (2, 3, 4, 5) for sign in (1, -1))
"""where the reference seems to end elsewhere: a few runs do not show all that chaos can come to"""
_SAMPLES = 3
"""most trials of an arm that are compared where training is chaotic"""
_SAME, _STABLE = 1e-3, 1e-4
"""relative differences: between the engines, and between the reference and itself nudged"""
_MAGNITUDE = 10.0
"""most between the median losses of two chaotic runs alike, least from a first loss to explosion;
also most between how far their weights have moved"""
_ROWS_APART = 0.02
"""share of held-out rows that may fall on the other side of a decision by rounding"""
_CHAOTIC_ROWS_APART = 0.15
"""share of them that may do so by chaos, beyond what a few runs of the reference show"""
_SLACK = {"loss": 1e-5, "weight_change": 1e-5, "accuracy": _ROWS_APART}


@dataclass(frozen=True, slots=True)
class Check:
    """One trial to compare."""

    name: str
    """its arm and seed, for the message"""
    reference: Reference
    batched: Trace


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing one trial showed."""

    wrong: str = ""
    """how the engines disagree, in words; empty when they agree"""
    is_chaotic: bool = False


def refuse_disagreement(checks: Sequence[Check]) -> None:
    """Compare the first of an arm's trials and, as long as training is chaotic, a few more.

    Raises:
        DisagreementError: the engines disagree on one of them.
    """
    for check in checks[:_SAMPLES]:
        found = compared(check.reference, check.batched)
        if found.wrong:
            message = f"the two engines disagree on {check.name}: {found.wrong}"
            raise DisagreementError(message)
        if not found.is_chaotic:
            return


def disagreement(reference: Reference, batched: Trace) -> str:
    """Return in words how the engines disagree on one trial; empty when they agree."""
    return compared(reference, batched).wrong


def compared(reference: Reference, batched: Trace) -> Comparison:
    """Compare one trial of the batched engine with the reference loop."""
    plain = reference(0.0)
    for name in ("lr", "lr_after"):  # rates are read from the same objects, whatever else happens
        if plain.epoch(name) != batched.epoch(name):
            return Comparison(_difference(name, plain, batched))
    apart = _apart(plain, batched, _SAME)
    if not apart:
        return Comparison()
    others = [reference(nudge) for nudge in _NUDGES]
    if not any(_apart(plain, other, _STABLE) for other in others):
        return Comparison(_difference(apart, plain, batched))
    seen = [plain, *others]
    if _chaotic_fault(seen, batched):
        seen += [reference(nudge) for nudge in _MORE_NUDGES]
    return Comparison(_chaotic_fault(seen, batched), is_chaotic=True)


def _chaotic_fault(references: Sequence[Trace], batched: Trace) -> str:
    """Return in words what no run of the reference comes near to; empty when there is nothing."""
    if not any(_are_alike(batched, each) for each in references):
        losses = f"{references[0].epoch('loss')} and {batched.epoch('loss')}"
        return f"training is chaotic, but not alike: {losses}"
    # Once numbers overflow, the order of sums alone decides which weights outlast it.
    for name in ("accuracy", "weight_change") if is_finite(batched.epoch("loss")) else ():
        ends = [each.epoch(name)[-1] for each in references if is_finite(each.epoch("loss"))]
        if not _is_near(name, batched.epoch(name)[-1], ends):
            seen = f"{batched.epoch(name)[-1]} after {sorted(ends)}"
            return f"training is chaotic, but {name} ends elsewhere: {seen}"
    return ""


def _is_near(name: str, end: float, others: Sequence[float]) -> bool:
    """Say whether a last value lies in the span of others, widened; NaN is near NaN alone."""
    numbers = [each for each in others if math.isfinite(each)]
    if not math.isfinite(end) or not numbers:
        return not math.isfinite(end) and len(numbers) < len(others)
    low, high = min(numbers), max(numbers)
    if name == "accuracy":
        return low - _CHAOTIC_ROWS_APART <= end <= high + _CHAOTIC_ROWS_APART
    return low / _MAGNITUDE <= end <= high * _MAGNITUDE


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
