"""Collect a trace while training runs."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping

from lrquiz.model.trace import Event, Thing, Trace

MAX_EVENTS = 20_000
"""events kept; a trace stays bounded whatever the recorded program does"""
_LAST = 4_000
_FIRST = MAX_EVENTS - _LAST
"""of them, so many are the last ones and the first ones"""
MAX_THINGS = 4_000
"""things kept; a program that makes models without end does not make the trace larger"""
_NONE: Mapping[str, float] = {}
_NO_WORDS: Mapping[str, str] = {}
"""shared by all events that say nothing more, of which there are most"""
_Kept = tuple[str, int, int | None, Mapping[str, float], Mapping[str, str], int]
"""the fields of an event, which are quicker to make than an event is"""


class TraceBuilder:
    """A trace in the making; the only mutable form of one."""

    def __init__(self, planned_epochs: int) -> None:
        self._planned_epochs = planned_epochs
        self._epochs: dict[str, list[float]] = {}
        self._rates: list[float] = []
        self._losses: list[float] = []
        self._events: list[_Kept] = []
        self._last: deque[_Kept] = deque(maxlen=_LAST)
        self._later: Counter[str] = Counter()
        """how many events of each kind came when there were too many to keep all"""
        self._things: dict[int, Thing] = {}
        self._has_events = False
        self._stopped: str | None = None
        self.steps_done = 0

    def epoch(self, **values: float) -> None:
        """Add one value to each named epoch column."""
        for name, value in values.items():
            self._epochs.setdefault(name, []).append(float(value))

    def step(self, lr: float, loss: float) -> None:
        """Count a step, and add its learning rate and its loss to the step columns."""
        self.steps_done += 1
        if self.steps_done <= MAX_EVENTS:
            self._rates.append(lr)
            self._losses.append(loss)

    def watch_events(self) -> None:
        """Note that events are being observed, should none ever come."""
        self._has_events = True

    def event(
        self,
        kind: str,
        line: int | None = None,
        numbers: Mapping[str, float] = _NONE,
        of: int = 0,
        words: Mapping[str, str] = _NO_WORDS,
    ) -> None:
        """Add one event; of too many, the first and the last are kept."""
        event = (kind, self.steps_done, line, numbers, words, of)
        if len(self._events) < _FIRST:
            self._events.append(event)
        else:
            self._later[kind] += 1
            self._last.append(event)

    def thing(self, thing: Thing) -> int:
        """Add a thing and return its number; 0 where there are too many already."""
        if len(self._things) >= MAX_THINGS:
            return 0
        number = len(self._things) + 1
        self._things[number] = thing
        return number

    def replace_thing(self, number: int, thing: Thing) -> None:
        """Say more of a thing that is known."""
        if number in self._things:
            self._things[number] = thing

    @property
    def things(self) -> Mapping[int, Thing]:
        """The things so far."""
        return self._things

    def losses(self) -> list[float]:
        """Return the losses seen in `forward` events that gradients could follow."""
        return [
            numbers["loss"]
            for kind, _, _, numbers, *_ in (*self._events, *self._last)
            if kind == "forward" and numbers["grad"]
        ]

    def numbers_of(self, kind: str) -> frozenset[int]:
        """Return the numbers of the things that the kept events of a kind are about."""
        return frozenset(each[5] for each in (*self._events, *self._last) if each[0] == kind)

    def stop(self, error: BaseException) -> None:
        """Note that training ended early, by `error`."""
        self.stop_with(f"{type(error).__name__}: {error}")

    def stop_with(self, error: str) -> None:
        """Note that training ended early, by an error that is told already."""
        self._stopped = error

    def build(self) -> Trace:
        """Return the trace."""
        recorded = {f"epoch.{name}" for name in self._epochs}
        steps = {"lr": self._rates, "loss": self._losses} if self._rates else {}
        recorded |= {f"step.{name}" for name in steps}
        if self._has_events:
            recorded.add("events")
        return Trace(
            epochs={name: tuple(values) for name, values in self._epochs.items()},
            steps={name: tuple(values) for name, values in steps.items()},
            events=tuple(Event(*each) for each in (*self._events, *self._last)),
            recorded=frozenset(recorded),
            planned_epochs=self._planned_epochs,
            stopped=self._stopped,
            things=dict(self._things),
            totals=dict(self._later + Counter(each[0] for each in self._events))
            if self._last
            else {},
        )
