"""What rules ask of a trace: who stepped when, on which gradients, with which losses.

A `Facts` is made once for a trace; rules read it and nothing else. All of it is computed from what
was called, with which values and in which order: no name, comment or printed word is in it.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from lrquiz.model.trace import Event, Thing, Trace

SETTLED = 3
"""times that a pattern has to come before it is one"""


@dataclass(frozen=True, slots=True)
class Window:
    """What happened from one step of an optimizer to its next."""

    optimizer: int
    events: tuple[Event, ...]
    """everything after the step before, in order, the step that ends it last"""

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        """Return the events of one kind, in order."""
        return tuple(each for each in self.events if each.kind == kind)

    @property
    def step(self) -> Event:
        """The step that ends it."""
        return self.events[-1]

    @property
    def is_whole(self) -> bool:
        """Whether every `backward` in it says what gradients it found."""
        backwards = self.of_kind("backward")
        return all(f"leftover_{self.optimizer}" in each.numbers for each in backwards)

    def found_gradients(self, backward: Event) -> bool:
        """Say whether a `backward` found gradients of this optimizer's that were not cleared."""
        return backward.numbers.get(f"leftover_{self.optimizer}", 0.0) > 0


class Facts:
    """A trace, made to be asked."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def count(self, kind: str) -> int:
        """Return how often something happened."""
        return self.trace.count(kind)

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        """Return the kept events of one kind, in order."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Event, ...]]:
        found: dict[str, list[Event]] = {}
        for event in self.trace.events:
            found.setdefault(event.kind, []).append(event)
        return {kind: tuple(events) for kind, events in found.items()}

    def things(self, kind: str) -> dict[int, Thing]:
        """Return the things of one kind by number."""
        return {n: each for n, each in self.trace.things.items() if each.kind == kind}

    @cached_property
    def optimizers(self) -> dict[int, Thing]:
        """Every optimizer, by number."""
        return self.things("optimizer")

    @cached_property
    def parameters(self) -> dict[int, Thing]:
        """Every parameter, by number."""
        return self.things("parameter")

    @cached_property
    def models(self) -> dict[int, Thing]:
        """The modules that the program called itself, by number."""
        return self.things("module")

    def steps_of(self, optimizer: int) -> tuple[Event, ...]:
        """Return the kept steps of one optimizer."""
        return tuple(each for each in self.of_kind("step") if each.of == optimizer)

    @cached_property
    def windows(self) -> dict[int, tuple[Window, ...]]:
        """What lies between the steps of each optimizer, the first window from the start."""
        found: dict[int, list[Window]] = {number: [] for number in self.optimizers}
        since = dict.fromkeys(self.optimizers, 0)
        for place, event in enumerate(self.trace.events):
            if event.kind == "step" and event.of in found:
                held = self.trace.events[since[event.of] : place + 1]
                found[event.of].append(Window(event.of, tuple(held)))
                since[event.of] = place + 1
        return {number: tuple(windows) for number, windows in found.items()}

    def close_windows(self, optimizer: int) -> tuple[Window, ...]:
        """Return the windows that were looked at closely, but for the first.

        Only those that follow each other from the start: later ones may have lost events between.
        """
        found = []
        for window in self.windows.get(optimizer, ())[1:]:
            if not window.is_whole:
                break
            found.append(window)
        return tuple(found)

    def sampled(self, kind: str, number: str) -> list[float]:
        """Return one number of all events of a kind that have it."""
        return [each.numbers[number] for each in self.of_kind(kind) if number in each.numbers]

    @cached_property
    def trained(self) -> frozenset[int]:
        """The parameters that got a gradient at least once."""
        got = (n for n, each in self.parameters.items() if each.numbers.get("arrivals"))
        return frozenset(got)

    @cached_property
    def held(self) -> frozenset[int]:
        """The parameters that some optimizer holds."""
        return frozenset(part for each in self.optimizers.values() for part in each.parts)

    @cached_property
    def weights_moved(self) -> bool:
        """Whether any parameter changed since a model or optimizer that has it was first used."""
        return any(each.numbers.get("changed") for each in self.parameters.values())

    @cached_property
    def losses(self) -> tuple[float, ...]:
        """The loss of every kept call of `backward`."""
        return tuple(each.numbers["loss"] for each in self.of_kind("backward"))

    @cached_property
    def loops(self) -> int:
        """How many passes over data there were, as far as loaders tell; 0 where none was used."""
        return self.count("loader")


def line_of(events: Sequence[Event]) -> int | None:
    """Return the line that most of the events name."""
    lines = [each.line for each in events if each.line]
    return statistics.mode(lines) if lines else None
