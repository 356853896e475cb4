"""Mistakes with optimizers: never stepped, holding the wrong parameters, made anew in the loop."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding


def step_is_missing(facts: Facts) -> Finding | None:
    """O1: gradients were computed, no optimizer stepped, and no weight moved.

    Loops that update the weights by hand move them.
    """
    backwards = facts.count("backward")
    if not facts.trained or facts.count("step") or facts.weights_moved:
        return None
    return finding(
        "O1",
        "optimizer.step() is never called",
        line_of(facts.of_kind("backward")),
        evidence=f"backward() ran {backwards} times, optimizer.step() 0 times; no weight moved",
        why="backward() only computes gradients; step() is what changes the weights.",
        change="Call optimizer.step() after loss.backward().",
        backwards=backwards,
        steps=0,
    )
