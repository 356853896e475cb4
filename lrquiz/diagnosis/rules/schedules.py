"""Mistakes with schedules: stepped too often or too seldom, with a wrong horizon, to nothing."""

from __future__ import annotations

from itertools import pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import Plan, on_one_batch, plans, trailing

_PER_BATCH = ("OneCycleLR", "CyclicLR", "CosineAnnealingWarmRestarts")
_BY_HORIZON = {
    "OneCycleLR": "total_steps",
    "CyclicLR": "total_size",
    "CosineAnnealingLR": "T_max",
    "LinearLR": "total_iters",
    "PolynomialLR": "total_iters",
}
_IDLE, _FALLEN = 0.25, 1e-2
_PERIODS, _LATE = 2, 0.1
_NOTHING = 1e-6
"""of the highest rate"""


def schedule_runs_per_batch(facts: Facts) -> Finding | None:
    """S1: stepped with every batch, a schedule of epochs takes the rate to nothing far too early.

    For the last quarter of all steps or more, the rate is below a thousandth of its highest; or it
    fell a hundredfold while the schedule's horizon is not more than the number of epochs. Schedules
    that are meant per batch (OneCycle, a cosine or a LambdaLR over all steps, an exponential near
    one) end at a useful rate; on a full batch a step is an epoch; a cosine that rises again is S4.
    One that is zero from its second value on would be of no use per epoch either: S5.
    """
    for plan in plans(facts):
        if not plan.is_per_batch or plan.is_a(*_PER_BATCH) or on_one_batch(facts):
            continue
        falls = all(b <= a for a, b in pairwise(plan.rates))
        if (
            falls
            and not _is_gone_at_once(plan)
            and (plan.idle_share >= _IDLE or _is_of_epochs(facts, plan))
        ):
            return _per_batch(plan)
    return None


def _is_gone_at_once(plan: Plan) -> bool:
    return len(plan.rates) - trailing(plan.rates, 0.0) <= 1


def _is_of_epochs(facts: Facts, plan: Plan) -> bool:
    """Say whether a horizon in epochs was passed within the first of them."""
    epochs = facts.passes
    horizon = plan.setting("last_milestone") or plan.setting("step_size")
    rates = plan.rates
    if not epochs or not horizon or not rates:
        return False
    return horizon <= epochs and len(plan.calls) >= 2 * epochs and rates[-1] <= _FALLEN * rates[0]


def _per_batch(plan: Plan) -> Finding:
    calls, steps, rates = len(plan.calls), len(plan.steps), plan.rates
    return finding(
        "S1",
        "The scheduler is stepped once per batch",
        line_of(plan.calls),
        evidence=f"scheduler.step() ran {calls} times for {steps} steps of the optimizer; the rate "
        f"fell from {rates[0]:g} to {rates[-1]:.1e}",
        why="This schedule counts epochs, so stepping it per batch runs it many times too fast.",
        change="Move scheduler.step() out of the batch loop, to the end of each epoch.",
        calls=calls,
        steps=steps,
        first_rate=rates[0],
        last_rate=rates[-1],
    )


def schedule_runs_per_epoch(facts: Facts) -> Finding | None:
    """S2: a schedule whose horizon is the number of batches is stepped once per epoch.

    Its horizon is about the number of steps of the optimizer (of a cycle, half of it or more), and
    it got through less than a third. A horizon that is meant in epochs is about the number of
    calls.
    """
    for plan in plans(facts):
        horizon = plan.setting(_BY_HORIZON.get(plan.thing.name, ""))
        calls, steps = len(plan.calls), len(plan.steps)
        fits = 0.7 * steps <= horizon <= 1.5 * steps
        cycles = plan.is_a("CyclicLR") and 2 * plan.between <= horizon <= 1.5 * steps
        if plan.is_per_epoch and (fits or cycles) and calls <= horizon / SETTLED:
            return finding(
                "S2",
                "A schedule over batches is stepped once per epoch",
                line_of(plan.calls),
                evidence=f"scheduler.step() ran {calls} times of the {horizon:g} that its horizon "
                f"plans, for {steps} steps of the optimizer",
                why="The rate stays at the beginning of the plan, and its peak never comes.",
                change="Call scheduler.step() after each optimizer.step(), in the batch loop.",
                calls=calls,
                planned=horizon,
                steps=steps,
            )
    return None


def schedule_comes_back(facts: Facts) -> Finding | None:
    """S4: a cosine goes on past its horizon, so the rate rises again, and falls, and rises.

    Schedules that restart on purpose are of other classes (warm restarts, cycles).
    """
    for plan in plans(facts):
        horizon, calls = plan.setting("T_max"), len(plan.calls)
        rises = _rises(plan.rates)
        if plan.is_a("CosineAnnealingLR") and horizon and calls >= 1.5 * horizon and rises:
            often = calls / horizon
            return finding(
                "S4",
                "The schedule's horizon is in the wrong unit",
                plan.thing.line,
                evidence=f"T_max is {horizon:g}, scheduler.step() ran {calls} times, {often:.1f} "
                f"times as often; the rate rose again {rises} times",
                why="After T_max steps a cosine climbs back to where it began.",
                change="Set T_max to how often scheduler.step() is called in the whole training: "
                "epochs times batches where it is stepped per batch.",
                horizon=horizon,
                calls=calls,
                rises=rises,
            )
    return None


def _rises(rates: tuple[float, ...]) -> int:
    """Return how often the rate began to rise after it had fallen."""
    moves = [b > a for a, b in pairwise(rates) if a != b]
    return sum(now and not before for before, now in pairwise(moves))
