"""Measure, over the trials of an experiment, the numbers that an item asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lrquiz.evidence.measurements import spread_of, taken
from lrquiz.model.item import Measurement, Variant
from lrquiz.model.proof import Spread
from lrquiz.model.trace import Trace


def measurements_of(variant: Variant) -> tuple[Measurement, ...]:
    """Return what is to be measured for a variant: its value, then what mistakes lead to."""
    return variant.value.measurements if variant.value else ()


def measured(variant: Variant, runs: Mapping[str, Sequence[Trace]]) -> tuple[Spread, ...]:
    """Return the spread of each of the variant's measurements over its trials.

    Raises:
        NotRecordedError: a run did not record what is to be measured.
    """
    return tuple(_spread(each, runs) for each in measurements_of(variant))


def _spread(measurement: Measurement, runs: Mapping[str, Sequence[Trace]]) -> Spread:
    arms = list(runs)
    return spread_of(
        [
            taken(measurement, dict(zip(arms, traces, strict=True)))
            for traces in zip(*runs.values(), strict=True)
        ]
    )
