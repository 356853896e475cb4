"""What is drawn of a variant's trials: a few lines per arm, in the digits that a page can show."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.predicates import find
from lrquiz.model.item import Experiment, Variant
from lrquiz.model.proof import Lines
from lrquiz.model.trace import Column, Trace

_LINES_PER_ARM = 8
_DIGITS = 6  # significant digits of a drawn value; far finer than a pixel


def quantity_of(experiment: Experiment) -> str:
    """Return what is drawn of an experiment: `loss`, or `lr` where no loss is recorded."""
    return "loss" if "epoch.loss" in recipe_info(experiment.recipe).records else "lr"


def quantity_drawn(variant: Variant) -> str:
    """Return what is drawn of a variant: what its options compare with curves, else as ever."""
    compared = (find(each.claim.predicate) for each in variant.options)
    needs = {need for predicate in compared if predicate.drawn for need in predicate.needs}
    return min(needs).removeprefix("epoch.") if needs else quantity_of(variant.experiment)


def lines_of(runs: Mapping[str, Sequence[Trace]], quantity: str) -> dict[str, Lines]:
    """Return for each arm the lines of its first trials."""
    return {
        arm: tuple(drawn(trace.epoch(quantity)) for trace in traces[:_LINES_PER_ARM])
        for arm, traces in runs.items()
    }


def drawn(column: Column) -> tuple[float | None, ...]:
    """Return a column as it is drawn; None where a value is no finite number."""
    return tuple(float(f"{each:.{_DIGITS}g}") if math.isfinite(each) else None for each in column)
