"""Mistakes with the rate itself: looked for last, since so much else looks like them."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.evidence.predicates.loss import is_finite


def loss_is_not_finite(facts: Facts) -> Finding | None:
    """H1: the loss stopped being a finite number although nothing structural is wrong."""
    rates, losses = facts.trace.step("lr"), facts.trace.step("loss")
    if not rates or is_finite(losses):
        return None
    first = next(index for index, loss in enumerate(losses) if not is_finite((loss,)))
    return finding(
        "H1",
        "The learning rate is too high",
        line_of(facts.of_kind("step")),
        evidence=f"at rate {rates[0]:g} the loss was no finite number from step {first + 1} on",
        why="Each step overshoots the minimum by more than the last, until numbers overflow.",
        change="Try a tenth and a hundredth of this rate.",
        rate=rates[0],
        step=first + 1,
    )
