"""Predicates over the learning rate that an optimizer uses, epoch by epoch.

`epoch.lr` is the rate at the start of each epoch, `epoch.lr_after` the rate after the scheduler's
step at its end. Which of them "epoch 5" means, and whether counting starts at 0 or 1, is the clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from lrquiz.errors import NotRecordedError
from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace

_TOLERANCE = 1e-9  # schedulers multiply floats; equal in words is equal up to rounding

_WORDS_OF_MULTIPLES = {
    0.0: r"\bzero\b|\b0\b",
    0.25: r"quarter|25 ?%",
    0.5: r"\bhalf\b|halve|50 ?%",
    1.0: r"\bsame\b|unchanged|constant|not change",
    2.0: r"doubl|twice",
}
_MULTIPLES = {
    0.0: "zero",
    0.25: "a quarter of the initial one",
    0.5: "half the initial one",
    1.0: "the same as the initial one",
    2.0: "twice the initial one",
}


def _multiple_in_words(parameters: Mapping[str, Any]) -> str:
    times = float(parameters["times"])
    return _WORDS_OF_MULTIPLES.get(times, rf"(?<![\d.]){re.escape(f'{times:g}')}(?![\d.]*\d)")


def _when(parameters: Mapping[str, Any]) -> str:
    """Return the moment in words; how epochs are counted is for the stem to say."""
    moment = str(parameters["clock"]).partition(", ")[2]
    return f"at the {moment} {{epoch}}" if moment else "at epoch {epoch}"


def _is_multiple(parameters: Mapping[str, Any]) -> str:
    times = float(parameters["times"])
    multiple = _MULTIPLES.get(times, f"{times:g} times the initial one")
    return f"With {{arm}} the rate {_when(parameters)} [is|may be] {multiple}"


def _is_above(parameters: Mapping[str, Any]) -> str:
    return f"With {{arm}} the rate {_when(parameters)} [is|may be] higher than the initial one"


@predicate(_multiple_in_words, "epoch.lr", "epoch.lr_after", sentence=_is_multiple)
def rate_is_multiple_of_start(arm: Trace, times: float, epoch: int, clock: str) -> bool:
    """At epoch `epoch` (`clock`) the rate is `times` times the one training began with.

    NaN equals nothing. Of a first rate of 0, a rate of 0 is zero and the same, but neither twice
    nor half: no other multiple tells anything. An epoch that the run never reached raises, as it
    was not observed.
    """
    now, start = rate_on_clock(arm, epoch, clock), arm.epoch("lr")[0]
    if start == 0:
        return now == 0 and times in (0, 1)
    return math.isclose(now, times * start, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE * abs(start))


@predicate(r"\b(increas|rises|higher|grows)", "epoch.lr", "epoch.lr_after", sentence=_is_above)
def rate_is_above_start(arm: Trace, epoch: int, clock: str) -> bool:
    """At epoch `epoch` (`clock`) the rate is higher than the one training began with.

    NaN is not higher. An epoch that the run never reached raises, as it was not observed.
    """
    now, start = rate_on_clock(arm, epoch, clock), arm.epoch("lr")[0]
    return now > start * (1 + _TOLERANCE)


@predicate(
    r"\b(lr|rate)\b", "epoch.lr", sentence="With {arm} training [uses|may use] the rate {rate}"
)
def trains_at_rate(arm: Trace, rate: float) -> bool:
    """Every epoch of `arm` begins with a step at the rate `rate`, up to rounding.

    NaN, where no step was taken, is no rate; a run that stopped early, or has no epoch: false.
    """
    rates = arm.epoch("lr")
    if arm.stopped is not None or not rates:
        return False
    return all(math.isclose(each, rate, rel_tol=_TOLERANCE) for each in rates)


@predicate(
    r"\b(chang|schedul|lower|reduc|decay|adjust)",
    "epoch.lr",
    "epoch.lr_after",
    sentence="With {arm} the rate [changes|may change] while training runs",
)
def rate_changes(arm: Trace) -> bool:
    """The rate is not the same from the first epoch to the end of the last.

    NaN is a change. Without an epoch nothing changes: false.
    """
    rates = (*arm.epoch("lr"), *arm.epoch("lr_after"))
    return any(each != rates[0] for each in rates)


def rate_on_clock(trace: Trace, epoch: int, clock: str) -> float:
    """Return the rate at an epoch, whose number and moment are read by `clock`.

    Raises:
        NotRecordedError: the run never reached it.
    """
    base, _, moment = clock.partition(", ")
    index = epoch - int(base == "1-based")
    column = trace.epoch("lr" if moment == "start of epoch" else "lr_after")
    if not 0 <= index < len(column):
        message = f"epoch {epoch} ({clock}) lies outside the {len(column)} epochs that were trained"
        raise NotRecordedError(message)
    return column[index]
