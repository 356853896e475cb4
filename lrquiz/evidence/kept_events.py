"""The events of a kept trace, which become objects only when somebody asks for them.

What is kept of a sequence of events is its *layout*: for each group of events that have kind, line
and names of numbers in common, their places in the sequence and their steps. The seeds of one arm
make the same calls and share one layout; each adds its columns of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, overload

from lrquiz.model.trace import Column, Event


@dataclass(frozen=True, slots=True)
class Group:
    """Events of one sequence that have kind, line and names of numbers in common."""

    kind: str
    line: int | None
    names: tuple[str, ...]
    places: tuple[int, ...]
    steps: tuple[int, ...]


Layout = tuple[Group, ...]


def layout_of(events: Sequence[Event]) -> Layout:
    """Return the layout of `events`, its groups in the order in which they first come."""
    places: dict[tuple[str, int | None, tuple[str, ...]], list[int]] = {}
    for place, event in enumerate(events):
        places.setdefault((event.kind, event.line, tuple(event.numbers)), []).append(place)
    return tuple(
        Group(*shared, tuple(taken), tuple(events[place].step for place in taken))
        for shared, taken in places.items()
    )


def columns_of(events: Sequence[Event], layout: Layout) -> list[list[Column]]:
    """Return for each group of `layout` one column per name."""
    return [
        [tuple(events[place].numbers[name] for place in group.places) for name in group.names]
        for group in layout
    ]


def layout_from_json(values: Sequence[Sequence[Any]]) -> Layout:
    """Return the layout that was written as JSON, each group as the list of its fields.

    Raises:
        TypeError: a value is of the wrong type.
        ValueError: the groups do not share out the places of one sequence.
    """
    layout = tuple(
        Group(
            str(kind),
            None if line is None else int(line),
            tuple(map(str, names)),
            tuple(map(int, places)),
            tuple(map(int, steps)),
        )
        for kind, line, names, places, steps in values
    )
    places = sorted(place for group in layout for place in group.places)
    if places != list(range(len(places))):
        message = "the groups of a layout do not share out its places"
        raise ValueError(message)
    return layout


class KeptEvents(Sequence[Event]):
    """A sequence of events that equals the tuple of them and is built when first looked at.

    Raises:
        ValueError: there is not one column for each name, or not one number for each event.
    """

    def __init__(self, layout: Layout, columns: Sequence[Sequence[Column]]) -> None:
        for group, numbers in zip(layout, columns, strict=True):
            sizes = {len(group.places), len(group.steps), *map(len, numbers)}
            if len(numbers) != len(group.names) or len(sizes) != 1:
                message = "the columns of a group do not fit its events"
                raise ValueError(message)
        self._layout = layout
        self._columns = columns

    @cached_property
    def _events(self) -> tuple[Event, ...]:
        placed = {}
        for group, columns in zip(self._layout, self._columns, strict=True):
            rows = list(zip(*columns, strict=True)) or [()] * len(group.places)
            for place, step, row in zip(group.places, group.steps, rows, strict=True):
                numbers = dict(zip(group.names, row, strict=True))
                placed[place] = Event(group.kind, step, group.line, numbers)
        return tuple(placed[place] for place in range(len(placed)))

    def __len__(self) -> int:
        return sum(len(group.places) for group in self._layout)

    @overload
    def __getitem__(self, index: int) -> Event: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Event, ...]: ...
    def __getitem__(self, index: int | slice) -> Event | tuple[Event, ...]:
        return self._events[index]

    def __iter__(self) -> Iterator[Event]:
        return iter(self._events)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, KeptEvents | tuple):
            return self._events == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash(self._events)

    def __repr__(self) -> str:
        return repr(self._events)
