"""Schedules as they ran: when a scheduler was stepped, and which rates its optimizer stepped at."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lrquiz.diagnosis.facts import Facts
from lrquiz.model.trace import Event, Thing

_TINY = 1e-3
"""of the highest rate; below it, training stands nearly still"""


@dataclass(frozen=True)
class Plan:
    """One scheduler, its calls, and the steps of its optimizer."""

    number: int
    thing: Thing
    events: tuple[Event, ...]
    """its calls and the steps of its optimizer, in order"""

    @cached_property
    def calls(self) -> tuple[Event, ...]:
        """The calls of its `step`."""
        return tuple(each for each in self.events if each.kind == "scheduler_step")

    @cached_property
    def steps(self) -> tuple[Event, ...]:
        """The steps of its optimizer."""
        return tuple(each for each in self.events if each.kind == "step")

    @cached_property
    def rates(self) -> tuple[float, ...]:
        """The rate of each of these steps, of several groups the highest."""
        return tuple(rate_of(each) for each in self.steps)

    @cached_property
    def between(self) -> float:
        """How many steps of the optimizer there are from one call to the next, usually."""
        found: list[int] = []
        since: int | None = None
        for event in self.events:
            if event.kind == "step":
                since = None if since is None else since + 1
            else:
                found += [] if since is None else [since]
                since = 0
        return statistics.median(found) if found else 0.0

    @property
    def is_per_batch(self) -> bool:
        """Whether it is stepped with every step of the optimizer, or more often."""
        return len(self.calls) > _FEW and self.between <= 1

    @property
    def is_per_epoch(self) -> bool:
        """Whether there are several steps of the optimizer from one call to the next."""
        return len(self.calls) > 1 and self.between > 1

    def is_a(self, *names: str) -> bool:
        """Say whether it is one of torch's classes."""
        return self.thing.name in names

    def setting(self, name: str) -> float:
        """Return one of its settings; 0 where it has none of that name."""
        return self.thing.numbers.get(name, 0.0)

    @property
    def optimizer(self) -> int:
        """The number of its optimizer."""
        return int(self.setting("optimizer"))

    @property
    def idle_share(self) -> float:
        """Which share of the steps, the last ones, was at a thousandth of the highest rate."""
        highest = max(self.rates, default=0.0)
        return trailing(self.rates, _ROUNDED * _TINY * highest) / max(len(self.rates), 1)


_FEW = 3
_ROUNDED = 1 + 1e-6
"""0.05 * 0.1 ** 3 is a little more than a thousandth of 0.05"""


def rate_of(step: Event) -> float:
    """Return the rate of a step, of several groups the highest."""
    return step.numbers.get("highest_lr", step.numbers.get("lr", 0.0))


def trailing(rates: Sequence[float], limit: float) -> int:
    """Return how many rates at the end are at or below a limit."""
    count = 0
    for rate in reversed(rates):
        if rate > limit:
            break
        count += 1
    return count


def plans(facts: Facts) -> tuple[Plan, ...]:
    """Return every scheduler that is not a part of another."""
    things = facts.things("scheduler")
    parts = {part for each in things.values() for part in each.parts}
    return tuple(
        Plan(number, thing, _events(facts, number, int(thing.numbers.get("optimizer", 0))))
        for number, thing in things.items()
        if number not in parts and not thing.numbers.get("driven")
    )


def _events(facts: Facts, scheduler: int, optimizer: int) -> tuple[Event, ...]:
    wanted = {("scheduler_step", scheduler), ("step", optimizer)}
    return tuple(each for each in facts.trace.events if (each.kind, each.of) in wanted)


def on_one_batch(facts: Facts) -> bool:
    """Say whether every step was on the same rows, as far as inputs were looked at."""
    prints = [
        each.numbers["print"]
        for each in facts.of_kind("module")
        if each.numbers.get("grad") and "print" in each.numbers
    ]
    return len(prints) > _FEW and len(set(prints)) == 1
