"""Mistakes with schedules that take the rate to zero: before the end, or in the first epoch."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import Plan, on_one_batch, plans, trailing

_PERIODS, _LATE = 2, 0.1
_NOTHING = 1e-6
"""of the highest rate"""


def rate_is_driven_to_zero(facts: Facts) -> Finding | None:
    """S5: the rate is zero or negative while backward and step go on.

    The last period of a cosine or of a linear decay may be at zero; several periods may not.
    """
    for plan in plans(facts):
        rates, calls = plan.rates, plan.calls
        below = sum(rate < 0 for rate in rates)
        gone = trailing(rates, _NOTHING * max(rates, default=0.0))
        if len(calls) < SETTLED or on_one_batch(facts):
            continue
        periods = gone / max(plan.between, 1)
        stays = periods >= _PERIODS and gone >= max(SETTLED, _LATE * len(rates))
        if below >= SETTLED or stays:
            return _driven_to_zero(plan, max(gone, below), min(rates))
    return None


def _driven_to_zero(plan: Plan, gone: int, lowest: float) -> Finding:
    negative = lowest < 0
    return finding(
        "S5",
        "The schedule makes the rate negative" if negative else "The schedule ends at rate zero",
        plan.thing.line,
        evidence=f"{gone} of {len(plan.rates)} steps had a rate of zero or next to it"
        if not negative
        else f"{gone} of {len(plan.rates)} steps had a rate of zero or less, down to {lowest:g}",
        why="A negative rate climbs the loss." if negative else "At rate zero no weight moves.",
        change="Check the schedule's factor and its horizon: the rate may reach zero at the end of "
        "training, not before.",
        steps=gone,
        lowest=lowest,
    )


def first_epoch_has_no_rate(facts: Facts) -> Finding | None:
    """S10: a warm-up from zero that goes by epochs: all steps of the first have rate zero.

    One step at rate zero, of a warm-up that goes by steps, is lawful.
    """
    for plan in plans(facts):
        rates = plan.rates
        still = next((k for k, rate in enumerate(rates) if rate != 0), 0)
        if still >= SETTLED and plan.is_per_epoch:
            return finding(
                "S10",
                "The warm-up begins with a whole epoch at rate zero",
                plan.thing.line,
                evidence=f"the first {still} steps had rate 0, then {rates[still]:g}",
                why="At rate zero no weight moves, so the first epoch is lost.",
                change="Let the warm-up begin above zero, (epoch + 1) / n for epoch / n, or step "
                "it per batch.",
                steps=still,
            )
    return None
