"""What rules ask of a trace: who stepped when, on which gradients, with which losses.

A `Facts` is made once for a trace; rules read it and nothing else. All of it is computed from what
was called, with which values and in which order: no name, comment or printed word is in it.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from functools import cached_property

from lrquiz.diagnosis.windows import Window
from lrquiz.model.trace import Event, Thing, Trace

SETTLED = 3
"""times that a pattern has to come before it is one"""


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
        return self._steps.get(optimizer, ())

    @cached_property
    def _steps(self) -> dict[int, tuple[Event, ...]]:
        found: dict[int, list[Event]] = {}
        for event in self.of_kind("step"):
            found.setdefault(event.of, []).append(event)
        return {number: tuple(events) for number, events in found.items()}

    def clears(self, event: Event, optimizer: int) -> bool:
        """Say whether a `zero_grad` clears gradients of an optimizer's."""
        if event.kind != "zero_grad" or event.of in {0, optimizer}:
            return event.kind == "zero_grad"
        thing, holder = self.trace.things.get(event.of), self.optimizers.get(optimizer)
        if thing is None or holder is None:
            return False
        return bool(set(thing.parts) & set(holder.parts))

    @cached_property
    def windows(self) -> dict[int, tuple[Window, ...]]:
        """What lies between the steps of each optimizer; what comes before the first is no part.

        Where events were not kept, the windows that they would be in are left out.
        """
        found: dict[int, list[Window]] = {number: [] for number in self.optimizers}
        since: dict[int, int] = {}
        before = 0
        for place, event in enumerate(self.trace.events):
            if event.step > before + 1:
                since.clear()
            before = event.step
            if event.kind == "step" and event.of in found:
                if event.of in since:
                    held = self.trace.events[since[event.of] : place + 1]
                    before_it = self.trace.events[since[event.of] - 1]
                    found[event.of].append(Window(event.of, tuple(held), before_it))
                since[event.of] = place + 1
        return {number: tuple(windows) for number, windows in found.items()}

    def close_windows(self, optimizer: int) -> tuple[Window, ...]:
        """Return the windows that were looked at closely, all through."""
        return tuple(each for each in self.windows.get(optimizer, ()) if each.is_whole)

    def sampled(self, kind: str, number: str) -> list[float]:
        """Return one number of all events of a kind that have it."""
        return [each.numbers[number] for each in self.of_kind(kind) if number in each.numbers]

    @cached_property
    def known(self) -> frozenset[int]:
        """The parameters of all models that the program called itself."""
        called = {each.of for each in self.of_kind("module")}
        return frozenset(
            part for number, each in self.models.items() if number in called for part in each.parts
        )

    @cached_property
    def trained(self) -> frozenset[int]:
        """The parameters that got a gradient at least once."""
        got = (n for n, each in self.parameters.items() if each.numbers.get("arrivals"))
        return frozenset(got)

    def says(self, number: int, name: str, otherwise: float = 0.0) -> float:
        """Return a number of a thing, or another value where there is none."""
        thing = self.trace.things.get(number)
        return otherwise if thing is None else thing.numbers.get(name, otherwise)

    def arrivals(self, number: int) -> float:
        """Return how often a parameter got a gradient."""
        return self.says(number, "arrivals")

    @cached_property
    def held(self) -> frozenset[int]:
        """The parameters that some optimizer holds."""
        return frozenset(part for each in self.optimizers.values() for part in each.parts)

    @cached_property
    def weights_moved(self) -> bool:
        """Whether any parameter changed since a model or optimizer that has it was first used."""
        return any(each.numbers.get("changed") for each in self.parameters.values())

    @cached_property
    def weights_known(self) -> bool:
        """Whether it can be told of any parameter if it changed."""
        return any("changed" in each.numbers for each in self.parameters.values())

    @cached_property
    def still(self) -> frozenset[int]:
        """The parameters that are known not to have changed."""
        return frozenset(n for n, e in self.parameters.items() if e.numbers.get("changed") == 0)

    def loss_fell(self, share: float) -> bool:
        """Say whether the loss of the last third is below a share of that of the first third."""
        losses = self.losses
        third = len(losses) // 3
        if not third or not all(map(math.isfinite, losses)):
            return False
        first, last = statistics.fmean(losses[:third]), statistics.fmean(losses[-third:])
        return last < share * first if first > 0 else last < first

    @cached_property
    def losses(self) -> tuple[float, ...]:
        """The loss of every kept call of `backward`."""
        return tuple(each.numbers["loss"] for each in self.of_kind("backward"))

    @cached_property
    def loops(self) -> int:
        """How many passes over data there were, as far as loaders tell; 0 where none was used."""
        return self.count("loader")

    @cached_property
    def passes(self) -> int:
        """How many passes over the data of training there were; 0 where that is not known."""
        loaders = {each.of for each in self.of_kind("loader")}
        counts = {of: sum(each.of == of for each in self.of_kind("loader")) for of in loaders}
        trained = self._loaders_of_training
        return self.trace.planned_epochs or max((counts[of] for of in trained), default=0)

    @cached_property
    def loader_at(self) -> tuple[int, ...]:
        """For every event, the loader whose pass began last; 0 before any."""
        found, current = [], 0
        for event in self.trace.events:
            current = event.of if event.kind == "loader" else current
            found.append(current)
        return tuple(found)

    @cached_property
    def _loaders_of_training(self) -> frozenset[int]:
        """The loaders whose passes were followed by `backward` before the next."""
        pairs = zip(self.trace.events, self.loader_at, strict=True)
        return frozenset(number for event, number in pairs if event.kind == "backward" and number)


def line_of(events: Sequence[Event]) -> int | None:
    """Return the line that most of the events name."""
    lines = [each.line for each in events if each.line]
    return statistics.mode(lines) if lines else None
