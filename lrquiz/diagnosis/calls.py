"""Calls of models by what became of them: trained on, or only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise

from lrquiz.diagnosis.facts import Facts
from lrquiz.model.trace import Event

_SAMPLES = 4
"""calls on the same rows that follow each other, where dropout is sampled on purpose"""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a model whose parameters an optimizer holds."""

    place: int
    """among all events"""
    event: Event
    trained: bool
    """whether a `backward` followed, before another call of the same model with gradients"""

    @property
    def training(self) -> bool:
        """Whether the model was in training mode."""
        return bool(self.event.numbers.get("training"))

    @property
    def grad(self) -> bool:
        """Whether gradients were on."""
        return bool(self.event.numbers.get("grad"))


def calls_of(facts: Facts) -> tuple[Call, ...]:
    """Return the calls of models that are trained, in order."""
    events = facts.trace.events
    trained = {
        number for number, each in facts.models.items() if facts.held.intersection(each.parts)
    }
    followed: set[int] = set()
    last: dict[int, int] = {}
    for place, event in enumerate(events):
        if event.kind == "module" and event.of in trained and event.numbers.get("grad"):
            last[event.of] = place
        elif event.kind == "backward":
            followed.update(last.values())
            last.clear()
    return tuple(
        Call(place, event, place in followed)
        for place, event in enumerate(events)
        if event.kind == "module" and event.of in trained
    )


def is_sensitive(facts: Facts, event: Event) -> bool:
    """Say whether it matters in which mode a model was called."""
    if "sensitive_training" in event.numbers and event.numbers.get("training"):
        return event.numbers["sensitive_training"] > 0
    return facts.says(event.of, "sensitive") > 0


@dataclass(frozen=True, slots=True)
class Look:
    """Calls that nothing was trained on, from one step to the next."""

    step: int
    calls: tuple[Call, ...]

    @property
    def samples(self) -> bool:
        """Whether the same rows were looked at again and again, to see dropout at work."""
        prints = [each.event.numbers.get("print") for each in self.calls]
        runs = [len(list(same)) for value, same in groupby(prints) if value is not None]
        return max(runs, default=0) >= _SAMPLES


def looks(calls: tuple[Call, ...]) -> tuple[Look, ...]:
    """Return what was looked at after training began, and not trained on, by step.

    A call with gradients counts where no call of its line was ever trained on.
    """
    lines = {each.event.line for each in calls if each.trained}
    only = [
        each
        for each in calls
        if each.event.step and (not each.grad or each.event.line not in lines)
    ]
    return tuple(
        Look(step, tuple(found)) for step, found in groupby(only, key=lambda each: each.event.step)
    )


def switches(values: list[object]) -> int:
    """Return how often a value differs from the one before."""
    return sum(a != b for a, b in pairwise(values))
