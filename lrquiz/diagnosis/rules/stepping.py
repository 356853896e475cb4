"""Mistakes with who steps a schedule, in which order, and whose rate it sets."""

from __future__ import annotations

from itertools import pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.plans import Plan, plans
from lrquiz.model.trace import Event

_ABSOLUTE = ("LambdaLR", "OneCycleLR", "CyclicLR", "CosineAnnealingWarmRestarts")
"""classes that set the rate from its first value, whatever it is now"""


def scheduler_goes_first(facts: Facts) -> Finding | None:
    """S3: in each period the scheduler steps before the optimizer, from the first on.

    Lawful are an epoch's last call followed by the next epoch, a first call that lifts the rate
    from zero, calls that resume at a later epoch, epochs given by hand, and a scaler that skipped.
    """
    for plan in plans(facts):
        calls = plan.calls
        kinds = [each.kind for each in plan.events]
        ordered = len(calls) >= SETTLED and kinds[0] != "step" and kinds[-1] == "step"
        single = all("step" in pair for pair in pairwise(kinds))
        lifted = bool(calls) and calls[0].numbers.get("before") == 0
        by_hand = any("metric" in each.numbers for each in calls)
        if ordered and single and not lifted and not by_hand and not facts.count("scaler_step"):
            return finding(
                "S3",
                "The scheduler steps before the optimizer",
                line_of(calls),
                evidence=f"scheduler.step() came before optimizer.step() in all {len(calls)} "
                f"periods; the first step was at {plan.rates[0]:g}, not {plan.setting('rate'):g}",
                why="The schedule's first rate is skipped, and each period trains at the next's.",
                change="Call scheduler.step() after optimizer.step().",
                calls=len(calls),
            )
    return None


def scheduler_never_steps(facts: Facts) -> Finding | None:
    """S6: a scheduler was made, its optimizer stepped, and it was never stepped.

    Members of sequences and what a wrapper steps count as stepped. A program that ended early may
    not have come to the call.
    """
    if facts.trace.stopped:
        return None
    for plan in plans(facts):
        if not plan.calls and len(plan.steps) > SETTLED:
            return finding(
                "S6",
                "The scheduler is never stepped",
                plan.thing.line,
                evidence=f"the optimizer stepped {len(plan.steps)} times, the scheduler 0 times; "
                f"the rate stayed at {plan.rates[-1]:g}",
                why="A schedule that is not stepped keeps its first rate, of a warm-up the lowest.",
                change="Call scheduler.step() at the end of each epoch, or after each batch where "
                "the schedule counts batches.",
                steps=len(plan.steps),
                rate=plan.rates[-1],
            )
    return None


def scheduler_has_another_optimizer(facts: Facts) -> Finding | None:
    """S9: a scheduler sets the rate of an optimizer that does not step, or no longer.

    Three calls or more follow each other without a step of its optimizer, while another optimizer
    of the same weights steps. Optimizers of other weights may rest while theirs go on.
    """
    for plan in plans(facts):
        lost = _calls_without_steps(facts, plan)
        if lost >= SETTLED and lost > len(plan.calls) / 2:
            return finding(
                "S9",
                "The scheduler belongs to another optimizer",
                line_of(plan.calls),
                evidence=f"{lost} of {len(plan.calls)} calls of scheduler.step() changed the rate "
                "of an optimizer that was not stepped in between, while another one was",
                why="The rate of the optimizer that trains stays as it is.",
                change="Make the scheduler after the optimizer that is stepped, and with it.",
                calls=len(plan.calls),
                lost=lost,
            )
    return None


def _calls_without_steps(facts: Facts, plan: Plan) -> int:
    own = facts.optimizers.get(plan.optimizer)
    rivals = {
        number
        for number, each in facts.optimizers.items()
        if own is not None and number != plan.optimizer and set(each.parts) & set(own.parts)
    }
    lost, stepped, others = 0, False, False
    for event in facts.trace.events:
        stepped |= event.kind == "step" and event.of == plan.optimizer
        others |= event.kind == "step" and event.of in rivals
        if event.kind == "scheduler_step" and event.of == plan.number:
            lost += others and not stepped
            stepped = others = False
    return lost


def two_schedulers_fight(facts: Facts) -> Finding | None:
    """S12: what one scheduler sets is overwritten by another that does not look at the rate.

    Chained schedulers that multiply the present rate agree; one that follows another is alone in
    its time.
    """
    held = plans(facts)
    for strong in held:
        for weak in held:
            rivals = strong.number != weak.number and strong.optimizer == weak.optimizer
            if not rivals or not strong.optimizer or not strong.is_a(*_ABSOLUTE):
                continue
            lost = _overwritten(facts, strong, weak)
            if len(lost) >= SETTLED:
                return _fight(strong, weak, lost)
    return None


def _overwritten(facts: Facts, strong: Plan, weak: Plan) -> list[Event]:
    """Return the calls of one scheduler whose change did not outlast the other's next call."""
    lost, waiting = [], None
    for event in facts.of_kind("scheduler_step"):
        before, after = event.numbers.get("before"), event.numbers.get("after")
        if event.of == weak.number and before != after:
            waiting = event
        elif event.of == strong.number and waiting is not None:
            lost.append(waiting)
            waiting = None
    return lost


def _fight(strong: Plan, weak: Plan, lost: list[Event]) -> Finding:
    return finding(
        "S12",
        "Two schedulers set the same rate",
        line_of(lost),
        evidence=f"{len(lost)} changes by the {weak.thing.name} were overwritten by the next call "
        f"of the {strong.thing.name} (made at line {strong.thing.line})",
        why=f"A {strong.thing.name} computes the rate from its first value, not from the present.",
        change="Keep one of them, or join both in one function or in a SequentialLR.",
        lost=len(lost),
    )
