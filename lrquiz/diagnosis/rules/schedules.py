"""Mistakes with schedules: stepped too often or never, in the wrong order, to nothing."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding

_VANISHED = 1e-3


def schedule_runs_per_batch(facts: Facts) -> Finding | None:
    """S1: the scheduler stepped with every batch, and the rate fell to nothing.

    Schedules that are meant per batch (OneCycle, a LambdaLR over all steps) end at a useful rate.
    """
    calls, steps = facts.count("scheduler_step"), facts.count("step")
    epochs = max(facts.trace.planned_epochs, 1)
    if calls < SETTLED or calls < steps * 0.9 or calls <= 2 * epochs:
        return None
    rates = facts.trace.step("lr")
    if not rates or not 0 <= rates[-1] < _VANISHED * rates[0]:
        return None
    return finding(
        "S1",
        "The scheduler is stepped once per batch",
        line_of(facts.of_kind("scheduler_step")),
        evidence=f"scheduler.step() ran {calls} times for {steps} steps of the optimizer; the rate "
        f"fell from {rates[0]:g} to {rates[-1]:.1e}",
        why="This schedule counts epochs, so stepping it per batch runs it many times too fast.",
        change="Move scheduler.step() out of the batch loop, to the end of each epoch.",
        calls=calls,
        steps=steps,
    )
