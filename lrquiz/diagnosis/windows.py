"""What happened from one step of an optimizer to its next."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lrquiz.model.trace import Event


@dataclass(frozen=True, slots=True)
class Window:
    """What happened from one step of an optimizer to its next."""

    optimizer: int
    events: tuple[Event, ...]
    """everything after the step before, in order, the step that ends it last"""
    before: Event
    """the step before"""

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        """Return the events of one kind, in order."""
        return tuple(each for each in self.events if each.kind == kind)

    @property
    def step(self) -> Event:
        """The step that ends it."""
        return self.events[-1]

    @property
    def backwards(self) -> tuple[Event, ...]:
        """The calls of `backward` that gave gradients to this optimizer's parameters."""
        got = f"got_{self.optimizer}"
        return tuple(each for each in self.of_kind("backward") if each.numbers.get(got, 1.0) > 0)

    @property
    def is_whole(self) -> bool:
        """Whether the step and every `backward` tell what gradients they found, all finite.

        Where numbers have overflowed, nothing can be told of gradients any more.
        """
        backwards = self.of_kind("backward")
        norm = self.step.numbers.get("grad_norm", math.nan)
        return math.isfinite(norm) and all(
            f"leftover_{self.optimizer}" in each.numbers for each in backwards
        )

    @property
    def comes_late(self) -> bool:
        """Whether its step belongs to the iteration after the one of its `backward`.

        Then no forward comes before the `backward`, and one comes after it.
        """
        place = self.events.index(self.backwards[-1])
        return _has_forward(self.events[place + 1 :]) and not _has_forward(self.events[:place])

    def found_gradients(self, backward: Event) -> bool:
        """Say whether a `backward` found gradients of this optimizer's that were not cleared."""
        return backward.numbers.get(f"leftover_{self.optimizer}", 0.0) != 0


def _has_forward(events: tuple[Event, ...]) -> bool:
    return any(each.kind in {"module", "forward"} and each.numbers.get("grad") for each in events)
