"""The trace: what was observed while a model trained, ours or a student's alike.

Because a trial of an experiment and a run of a submission are recorded as the same type, the
predicates that prove an answer key are the predicates that explain a submission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lrquiz.errors import NotRecordedError

Column = tuple[float, ...]
"""One number per epoch or per optimizer step, oldest first; NaN and infinities are kept as such."""


@dataclass(frozen=True, slots=True)
class Event:
    """One call that matters to training.

    Kinds: `forward` (a loss was computed), `backward`, `step`, `zero_grad`, `scheduler_step`.
    """

    kind: str
    step: int
    """how many optimizer steps had been completed when it happened"""
    line: int | None = None
    """line of the training code, or None where there is no such file"""
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything recorded of one training run.

    `recorded` names what was observed at all: columns as `epoch.loss` or `step.lr`, and `events`.
    A run that stopped early has shorter columns than planned and says why in `stopped`.
    """

    epochs: Mapping[str, Column] = field(default_factory=dict)
    steps: Mapping[str, Column] = field(default_factory=dict)
    events: Sequence[Event] = ()
    recorded: frozenset[str] = frozenset()
    planned_epochs: int = 0
    stopped: str | None = None
    """None when training ran to its end, else the exception as `TypeError: ...`"""

    def epoch(self, name: str) -> Column:
        """Return the epoch column `name`.

        Raises:
            NotRecordedError: nobody observed it.
        """
        self._require(f"epoch.{name}")
        return self.epochs[name]

    def step(self, name: str) -> Column:
        """Return the step column `name`.

        Raises:
            NotRecordedError: nobody observed it.
        """
        self._require(f"step.{name}")
        return self.steps[name]

    def count(self, kind: str) -> int:
        """Count the events of one kind.

        Raises:
            NotRecordedError: no events were observed.
        """
        return len(self.of_kind(kind))

    def of_kind(self, kind: str) -> tuple[Event, ...]:
        """Return the events of one kind, in order.

        Raises:
            NotRecordedError: no events were observed.
        """
        self._require("events")
        return tuple(event for event in self.events if event.kind == kind)

    def _require(self, what: str) -> None:
        if what not in self.recorded:
            known = ", ".join(sorted(self.recorded)) or "nothing"
            message = f"the trace holds no {what}; recorded: {known}"
            raise NotRecordedError(message)


@dataclass(frozen=True, slots=True)
class Trial:
    """One arm trained with one seed."""

    arm: str
    seed: int
    trace: Trace
