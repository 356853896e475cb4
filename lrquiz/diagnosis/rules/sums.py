"""A mistake with how a loss is reduced: a sum at a rate that suits a mean."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.progress import blows_up, first_rate, is_restless

_PLAIN = ("SGD", "ASGD", "Rprop")
"""optimizers whose steps grow with the gradients"""
_MANY = 8


def sum_at_a_rate_for_means(facts: Facts) -> Finding | None:
    """L12: a loss is summed over a batch, and the rate suits a mean: training does not settle.

    Sums at a rate that suits them are lawful, and optimizers that scale gradients do not mind.
    """
    names = {each.name for each in facts.optimizers.values()}
    summed = [each for each in facts.of_kind("forward") if each.numbers.get("sum")]
    rows = [each.numbers["rows"] for each in summed if each.numbers.get("grad")]
    rows += [each for each in facts.sampled("backward", "summed") if each]
    if len(rows) < SETTLED or statistics.median(rows) < _MANY or not names.intersection(_PLAIN):
        return None
    if not (blows_up(facts) or is_restless(facts)):
        return None
    batch = statistics.median(rows)
    return finding(
        "L12",
        "The loss is summed, and the rate suits a mean",
        line_of(summed) or line_of(facts.of_kind("backward")),
        evidence=f"the loss sums over {batch:g} rows; at rate {first_rate(facts):g} it went from "
        f"{facts.losses[0]:.3g} to {facts.losses[-1]:.3g}",
        why=f"Gradients of a sum are {batch:g} times those of a mean, and so are the steps.",
        change=f"Use reduction='mean', or divide the rate by {batch:g}.",
        rows=batch,
        rate=first_rate(facts),
    )
