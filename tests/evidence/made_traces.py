"""Traces made by hand for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterable

from lrquiz.model.trace import Trace


def trace_of(
    losses: Iterable[float], *, planned: int | None = None, stopped: str | None = None
) -> Trace:
    """Return a trace that recorded one loss per epoch and nothing else."""
    return columns(loss=losses, planned=planned, stopped=stopped)


def columns(
    *, planned: int | None = None, stopped: str | None = None, **named: Iterable[float]
) -> Trace:
    """Return a trace of these epoch columns."""
    epochs = {name: tuple(map(float, values)) for name, values in named.items()}
    longest = max(map(len, epochs.values()), default=0)
    return Trace(
        epochs=epochs,
        recorded=frozenset(f"epoch.{name}" for name in epochs),
        planned_epochs=longest if planned is None else planned,
        stopped=stopped,
    )
