"""From what was measured to the number that a numeric item asks for, or to why there is none."""

from __future__ import annotations

from collections.abc import Sequence

from lrquiz.model.item import Measurement, Mistake, Value
from lrquiz.model.proof import Spread
from lrquiz.model.verdict import Rejection, RejectionCode

_ROUNDING = 1e-9  # a difference of decimals is equal in words up to rounding


def is_accepted(response: float, median: float, tolerance: float) -> bool:
    """Say whether a response lies within the tolerance of the measured value; NaN does not."""
    return abs(response - median) <= tolerance * (1 + _ROUNDING)


def mistaken_values(value: Value, measured: Sequence[Spread]) -> list[tuple[Mistake, float | None]]:
    """Return each mistake with the number that it leads to; None where that is no finite one."""
    rest = iter(measured[1:])
    return [
        (each, next(rest).median if isinstance(each.value, Measurement) else each.value)
        for each in value.mistakes
    ]


def value_rejection(value: Value, measured: Sequence[Spread]) -> Rejection | None:
    """Return why the value cannot be a key, or None."""
    spread = measured[0]
    if spread.low is None or spread.median is None or spread.high is None:
        reason = f"the value is no finite number in all of the central trials: {in_figures(spread)}"
        return Rejection(RejectionCode.UNDECIDED, reason)
    for end in (spread.low, spread.high):
        if not is_accepted(end, spread.median, value.tolerance):
            reason = (
                f"the central 90 % of trials do not lie within {value.tolerance:g} of their "
                f"median: {in_figures(spread)}; ask for less precision or measure what varies less"
            )
            return Rejection(RejectionCode.UNDECIDED, reason)
    return _of_mistakes(value, measured, spread.median)


def in_figures(spread: Spread) -> str:
    """Return the median and, of several trials, where their central 90 % lie."""
    if spread.trials == 1:
        return _number(spread.median)
    return (
        f"median {_number(spread.median)}, central 90 % of {spread.trials} trials from "
        f"{_number(spread.low)} to {_number(spread.high)}"
    )


def _of_mistakes(value: Value, measured: Sequence[Spread], median: float) -> Rejection | None:
    for mistake, number in mistaken_values(value, measured):
        if number is None:
            reason = f'the mistake "{mistake.says}" leads to no finite number; name another one'
            return Rejection(RejectionCode.UNDECIDED, reason)
        # A response within the tolerance of both would be right and a mistake at once.
        if is_accepted(number, median, value.tolerance):
            reason = (
                f'the mistake "{mistake.says}" leads to {number:g}, which is within '
                f"{value.tolerance:g} of the value {median:g}; make the tolerance smaller"
            )
            return Rejection(RejectionCode.TWO_KEYS, reason)
    return None


def _number(value: float | None) -> str:
    return "no finite number" if value is None else f"{value:.6g}"
