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

    Kinds: `forward` (a loss was computed), `backward`, `step`, `zero_grad`, `scheduler_step`; of a
    whole program also `module` (a model was called), `mode` (train or eval), `clip`, `loader` (a
    pass over data begins), `scale`, `unscale`, `scaler_step` and `history` (a graph that grows).
    """

    kind: str
    step: int
    """how many optimizer steps had been completed when it happened"""
    line: int | None = None
    """line of the training code, or None where there is no such file"""
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    of: int = 0
    """number of the thing it happened to, as in `Trace.things`; 0 where that is not known"""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that training uses: `optimizer`, `scheduler`, `module`, `loader`, `parameter`."""

    kind: str
    name: str
    """its class, or a parameter's name in the model"""
    line: int | None = None
    """where it was made"""
    numbers: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[int, ...] = ()
    """numbers of the parameters that it holds"""


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
    things: Mapping[int, Thing] = field(default_factory=dict)
    """by number, from 1"""
    totals: Mapping[str, int] = field(default_factory=dict)
    """how many events of each kind there were, where more were observed than are kept"""

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
        """Count the events of one kind, those that were not kept included.

        Raises:
            NotRecordedError: no events were observed.
        """
        return max(len(self.of_kind(kind)), self.totals.get(kind, 0))

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
