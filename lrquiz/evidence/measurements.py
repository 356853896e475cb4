"""Check a measurement against what exists, take it from traces, and sum up many."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence

from lrquiz.evidence.claims import faults_of_call, filled_in, unsaid
from lrquiz.evidence.measures import MEASURES
from lrquiz.model.item import Experiment, Measurement
from lrquiz.model.proof import Spread
from lrquiz.model.trace import Trace

_TAIL = 0.05
"""share of the trials on either side of the central ones"""
_DIGITS = 12  # what a schedule multiplies is equal in words up to rounding


def taken(measurement: Measurement, traces: Mapping[str, Trace]) -> float:
    """Return the number that one trace per arm gives (the same seed in each).

    Raises:
        NotRecordedError: a trace lacks what the measure needs.
    """
    measure = MEASURES[measurement.measure]
    arguments = dict(measurement.parameters)
    for name in measure.arms:
        arguments[name] = traces[arguments[name]]
    return measure(**arguments)


def spread_of(values: Sequence[float]) -> Spread:
    """Return the median and the 5 % and 95 % quantiles of numbers, at least one.

    Both quantiles are numbers that were measured, the outer ones of two, so that no fewer than 90 %
    lie between them. What is not finite counts as larger than everything that is.
    """
    ordered = sorted(value if math.isfinite(value) else math.inf for value in values)
    last = len(ordered) - 1
    low, high = math.floor(_TAIL * last), math.ceil((1 - _TAIL) * last)
    middle = (ordered[last // 2] + ordered[(last + 1) // 2]) / 2
    return Spread(_kept(ordered[low]), _kept(middle), _kept(ordered[high]), len(ordered))


def arms_measured(measurement: Measurement) -> tuple[str, ...]:
    """Return the arms that are measured."""
    measure = MEASURES[measurement.measure]
    return tuple(str(measurement.parameters[name]) for name in measure.arms)


def measured_in_words(measurement: Measurement) -> str:
    """Return what is measured: the measure's summary with the parameters filled in."""
    return filled_in(MEASURES[measurement.measure], measurement.parameters)


def unasked(measurement: Measurement, text: str) -> Iterator[str]:
    """Yield what `text` lacks to ask for a measurement."""
    measure = MEASURES[measurement.measure]
    if not re.search(measure.words, " ".join(text.split()), re.IGNORECASE):
        yield f'words of {measure.name} ("{measured_in_words(measurement)}")'
    yield from (f"the {number} that is measured" for number in unsaid(measurement.parameters, text))


def measurement_faults(
    measurement: Measurement, experiment: Experiment, recorded: frozenset[str]
) -> Iterator[str]:
    """Yield what is wrong with a measurement, each as one sentence with what to write instead.

    Args:
        measurement: as its file gives it.
        experiment: whose arms and epochs it may speak of.
        recorded: what the experiment's recipe records.
    """
    if measurement.measure not in MEASURES:
        known = ", ".join(MEASURES)
        yield f"there is no measure {measurement.measure!r}; there are: {known}"
        return
    measure = MEASURES[measurement.measure]
    if "clock" in measure.parameters and "clock" not in measurement.parameters:
        yield f'{measure.name} needs clock = "...", as in clock = "0-based, start of epoch"'
        return
    yield from faults_of_call(measurement.parameters, measure, experiment, recorded)


def _kept(value: float) -> float | None:
    return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
