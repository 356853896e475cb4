"""Traces to and from plain JSON values, non-finite numbers included.

JSON has no NaN and no infinity, so these three travel as the strings `nan`, `inf` and `-inf`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lrquiz.model.trace import Column, Event, Thing, Trace

JsonObject = dict[str, Any]


def number_to_json(value: float) -> float | str:
    """Return `value`, or its name when JSON cannot hold it."""
    return value if math.isfinite(value) else str(value)


def number_from_json(value: object) -> float:
    """Undo `number_to_json`.

    Raises:
        ValueError: it is neither a number nor the name of one.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        message = f"not a number: {value!r}"
        raise ValueError(message)  # noqa: TRY004 - one type for all that hostile data can do
    return float(value)


def trace_to_json(trace: Trace) -> JsonObject:
    """Return `trace` as JSON values."""
    return {
        "epochs": {name: _column_to_json(column) for name, column in trace.epochs.items()},
        "steps": {name: _column_to_json(column) for name, column in trace.steps.items()},
        "events": [_event_to_json(event) for event in trace.events],
        "recorded": sorted(trace.recorded),
        "planned_epochs": trace.planned_epochs,
        "stopped": trace.stopped,
        "things": {str(number): _thing_to_json(each) for number, each in trace.things.items()},
        "totals": dict(trace.totals),
    }


def trace_from_json(data: Mapping[str, Any]) -> Trace:
    """Undo `trace_to_json`; the data may come from a hostile process.

    Raises:
        ValueError: a part is missing or of the wrong type.
    """
    try:
        epochs = {str(name): _column(values) for name, values in data["epochs"].items()}
        steps = {str(name): _column(values) for name, values in data["steps"].items()}
        there = {f"epoch.{name}" for name in epochs} | {f"step.{name}" for name in steps}
        return Trace(
            epochs=epochs,
            steps=steps,
            events=tuple(_event_from_json(event) for event in data["events"]),
            # a column that is announced but absent was not recorded
            recorded=frozenset(map(str, data["recorded"])) & (there | {"events"}),
            planned_epochs=int(data["planned_epochs"]),
            stopped=None if data["stopped"] is None else str(data["stopped"]),
            things={int(n): _thing_from_json(each) for n, each in data.get("things", {}).items()},
            totals={str(kind): int(count) for kind, count in data.get("totals", {}).items()},
        )
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        message = f"not a trace: {error}"
        raise ValueError(message) from error


def _column_to_json(column: Column) -> list[float | str]:
    return [number_to_json(value) for value in column]


def _column(values: list[object]) -> Column:
    return tuple(number_from_json(value) for value in values)


def _event_to_json(event: Event) -> list[Any]:
    plain = [event.kind, event.step, event.line, _numbers_to_json(event.numbers)]
    return [*plain, dict(event.words), event.of] if event.words or event.of else plain


def _event_from_json(data: list[Any]) -> Event:
    kind, step, line, numbers, *more = data
    words, of = more or ({}, 0)
    return Event(str(kind), int(step), _line(line), _numbers(numbers), _words(words), int(of))


def _thing_to_json(thing: Thing) -> list[Any]:
    numbers = _numbers_to_json(thing.numbers)
    return [thing.kind, thing.name, thing.line, numbers, dict(thing.words), list(thing.parts)]


def _thing_from_json(data: list[Any]) -> Thing:
    kind, name, line, numbers, words, parts = data
    held = tuple(int(part) for part in parts)
    return Thing(str(kind), str(name), _line(line), _numbers(numbers), _words(words), held)


def _numbers_to_json(numbers: Mapping[str, float]) -> dict[str, float | str]:
    return {name: number_to_json(value) for name, value in numbers.items()}


def _numbers(values: Mapping[str, Any]) -> dict[str, float]:
    return {str(name): number_from_json(value) for name, value in values.items()}


def _words(values: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in values.items()}


def _line(value: Any) -> int | None:  # noqa: ANN401 - whatever JSON holds
    return None if value is None else int(value)
