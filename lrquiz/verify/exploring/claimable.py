"""Every claim that can be made on an experiment."""

from __future__ import annotations

import inspect
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.claims import faults
from lrquiz.evidence.predicates import PREDICATES, Predicate
from lrquiz.evidence.predicates.predicate import CANDIDATES
from lrquiz.model.item import Claim, Experiment
from lrquiz.model.trace import Trace

_MULTIPLE, _EPOCH = "times", "epoch"


def claims_on(experiment: Experiment, seen: Mapping[str, Trace]) -> Iterator[Claim]:
    """Yield every claim that can be made on `experiment`, with candidates for its numbers.

    Args:
        experiment: whose recipe, arms and epochs claims may speak of.
        seen: a trace of each arm, whose multiples of the first rate are candidates as well.
    """
    recorded = recipe_info(experiment.recipe).records
    for predicate in PREDICATES.values():
        if not predicate.needs <= recorded:
            continue
        for arms in itertools.permutations(experiment.arms, len(predicate.arms)):
            named = dict(zip(predicate.arms, arms, strict=True))
            traces = [seen[arm] for arm in arms]
            if _MULTIPLE in predicate.parameters and _starts_at_zero(traces[0]):
                continue  # every multiple of nothing is nothing: each would be true, none telling
            for numbers in _numbers(predicate, traces):
                claim = Claim(predicate.name, {**named, **numbers})
                if not any(faults(claim, experiment, recorded)):
                    yield claim


def _numbers(predicate: Predicate, traces: Sequence[Trace]) -> Iterator[dict[str, float | str]]:
    """Yield values for the parameters that are no arms; a default without candidates stands."""
    open_to = {
        name: CANDIDATES.get(name, ())
        for name, parameter in predicate.parameters.items()
        if name not in predicate.arms
        and (name in CANDIDATES or parameter.default is inspect.Parameter.empty)
    }
    if _MULTIPLE in open_to:
        multiples = (*open_to[_MULTIPLE], *_multiples(traces[0]))
        open_to[_MULTIPLE] = tuple(dict.fromkeys(multiples))
    for values in itertools.product(*open_to.values()):
        yield dict(zip(open_to, values, strict=True))


def _starts_at_zero(trace: Trace) -> bool:
    return trace.epoch("lr")[:1] == (0.0,)


def _multiples(trace: Trace) -> Iterator[float]:
    """Yield what the rate was multiplied by at candidate epochs, where few digits tell it."""
    rates = trace.epoch("lr")
    for epoch in CANDIDATES[_EPOCH]:
        if isinstance(epoch, int) and epoch < len(rates) and rates[0] > 0:
            exact = rates[epoch] / rates[0]
            short = float(f"{exact:.4g}")
            if math.isclose(short, exact, rel_tol=1e-9):
                yield short
