"""The loss of a whole run in two numbers: where it began, and where it ended."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from lrquiz.model.trace import Trace

_FIRST = 5
_SHARE = 10


def step_losses(trace: Trace) -> tuple[float, ...]:
    """Return the losses that steps were taken on, or, without steps, those that were computed."""
    found = tuple(trace.steps.get("loss", ()))
    if any(math.isfinite(each) for each in found):
        return found
    backwards = _losses(trace, "backward", grad=None)
    return backwards or _losses(trace, "forward", grad=1.0) or found


def computed_losses(trace: Trace) -> tuple[float, ...]:
    """Return the losses as functions of torch gave them, before the program scaled them."""
    return _losses(trace, "forward", grad=1.0) or step_losses(trace)


def held_out_losses(trace: Trace) -> tuple[float, ...]:
    """Return the losses that were computed without gradients; those of training without any."""
    return _losses(trace, "forward", grad=0.0) or step_losses(trace)


def _losses(trace: Trace, kind: str, grad: float | None) -> tuple[float, ...]:
    return tuple(
        each.numbers.get("loss", math.nan)
        for each in trace.events
        if each.kind == kind and (grad is None or each.numbers.get("grad") == grad)
    )


def start_of(losses: Sequence[float]) -> float:
    """Return the median of the first losses; NaN without any."""
    first = losses[: max(1, min(_FIRST, len(losses) // _SHARE))]
    return _median(first)


def end_of(losses: Sequence[float]) -> float:
    """Return the median of the last tenth; NaN where any of it is no finite number."""
    return _median(losses[-max(1, len(losses) // _SHARE) :])


def _median(values: Sequence[float]) -> float:
    if not values or not all(map(math.isfinite, values)):
        return math.nan
    return statistics.median(values)
