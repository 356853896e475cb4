"""Collect a trace while training runs."""

from __future__ import annotations

from lrquiz.model.trace import Event, Trace

MAX_EVENTS = 20_000
"""events kept; a trace stays bounded whatever the recorded program does"""


class TraceBuilder:
    """A trace in the making; the only mutable form of one."""

    def __init__(self, planned_epochs: int) -> None:
        self._planned_epochs = planned_epochs
        self._epochs: dict[str, list[float]] = {}
        self._steps: dict[str, list[float]] = {}
        self._events: list[Event] = []
        self._has_events = False
        self._stopped: str | None = None
        self.steps_done = 0

    def epoch(self, **values: float) -> None:
        """Add one value to each named epoch column."""
        for name, value in values.items():
            self._epochs.setdefault(name, []).append(float(value))

    def step(self, **values: float) -> None:
        """Add one value to each named step column and count the step."""
        self.steps_done += 1
        if self.steps_done <= MAX_EVENTS:
            for name, value in values.items():
                self._steps.setdefault(name, []).append(float(value))

    def watch_events(self) -> None:
        """Note that events are being observed, should none ever come."""
        self._has_events = True

    def event(self, kind: str, line: int | None = None, **numbers: float) -> None:
        """Add one event, unless there are too many already."""
        if len(self._events) < MAX_EVENTS:
            self._events.append(Event(kind, self.steps_done, line, numbers))

    def losses(self) -> list[float]:
        """Return the losses seen in `forward` events that gradients could follow."""
        return [
            event.numbers["loss"]
            for event in self._events
            if event.kind == "forward" and event.numbers["grad"]
        ]

    def stop(self, error: BaseException) -> None:
        """Note that training ended early, by `error`."""
        self._stopped = f"{type(error).__name__}: {error}"

    def build(self) -> Trace:
        """Return the trace."""
        recorded = {f"epoch.{name}" for name in self._epochs}
        recorded |= {f"step.{name}" for name in self._steps}
        if self._has_events:
            recorded.add("events")
        return Trace(
            epochs={name: tuple(values) for name, values in self._epochs.items()},
            steps={name: tuple(values) for name, values in self._steps.items()},
            events=tuple(self._events),
            recorded=frozenset(recorded),
            planned_epochs=self._planned_epochs,
            stopped=self._stopped,
        )
