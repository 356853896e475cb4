"""Traces: what was not observed raises, and JSON carries every number."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.errors import NotRecordedError
from lrquiz.model.trace import Event, Trace
from lrquiz.model.trace_json import (
    number_from_json,
    number_to_json,
    trace_from_json,
    trace_to_json,
)

NUMBERS = st.floats(width=64)
COLUMNS = st.dictionaries(st.text(max_size=8), st.lists(NUMBERS, max_size=6).map(tuple), max_size=3)
EVENTS = st.builds(
    Event,
    kind=st.sampled_from(["forward", "backward", "step", "zero_grad"]),
    step=st.integers(0, 10**6),
    line=st.none() | st.integers(1, 10**6),
    numbers=st.dictionaries(st.text(max_size=5), NUMBERS, max_size=2),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KEYS = (
    *("epochs", "steps", "events", "recorded", "planned_epochs", "stopped"),
    *("things", "totals"),
)


@st.composite
def traces(draw: st.DrawFn) -> Trace:
    epochs, steps = draw(COLUMNS), draw(COLUMNS)
    events = tuple(draw(st.lists(EVENTS, max_size=4)))
    recorded = {f"epoch.{name}" for name in epochs} | {f"step.{name}" for name in steps}
    return Trace(
        epochs=epochs,
        steps=steps,
        events=events,
        recorded=frozenset(recorded | {"events"}),
        planned_epochs=draw(st.integers(0, 100)),
        stopped=draw(st.none() | st.text(max_size=20)),
    )


@settings(deadline=None, max_examples=60)
@given(traces())
def test_a_trace_survives_json_whatever_its_numbers(trace: Trace) -> None:
    """A trace written as strict JSON and read again is the same trace, NaN and infinity included.

    Compared as JSON, where NaN has a name, since NaN is not equal to itself.
    """
    text = json.dumps(trace_to_json(trace), allow_nan=False)
    again = trace_from_json(json.loads(text))
    assert trace_to_json(again) == trace_to_json(trace)
    assert again.recorded == trace.recorded


@pytest.mark.parametrize("value", [math.inf, -math.inf, 0.0, -0.0, 5e-324, 1.7e308, 0.1])
def test_a_number_survives_json_exactly(value: float) -> None:
    """A number read back is bit for bit the number that was written."""
    again = number_from_json(json.loads(json.dumps(number_to_json(value), allow_nan=False)))
    assert again == value
    assert math.copysign(1, again) == math.copysign(1, value)


def test_nan_survives_json() -> None:
    """NaN travels by name, as JSON has no word for it."""
    assert math.isnan(number_from_json(number_to_json(math.nan)))


@pytest.mark.parametrize("value", [True, False, None, [], {}, "fast", ""])
def test_what_is_no_number_is_refused(value: object) -> None:
    """Truth values, lists and words are no numbers."""
    with pytest.raises(ValueError, match=r"not a number|could not convert"):
        number_from_json(value)


@settings(deadline=None, max_examples=60)
@given(
    st.dictionaries(st.sampled_from(KEYS), JSON) | st.fixed_dictionaries(dict.fromkeys(KEYS, JSON))
)
def test_hostile_data_is_a_trace_or_a_value_error(data: dict[str, object]) -> None:
    """Whatever a hostile process sends, reading it raises nothing but ValueError."""
    try:
        trace = trace_from_json(data)
    except ValueError:
        return
    assert isinstance(trace, Trace)


def test_a_column_that_is_announced_but_absent_counts_as_not_recorded() -> None:
    """A hostile trace that claims to have recorded what it does not hold holds it not."""
    data = trace_to_json(Trace())
    trace = trace_from_json({**data, "recorded": ["epoch.loss", "step.lr", "events"]})
    assert trace.recorded == {"events"}
    with pytest.raises(NotRecordedError):
        trace.epoch("loss")


def test_what_nobody_observed_raises_and_says_what_was() -> None:
    """Columns and events that were not recorded raise; the message lists what is there."""
    trace = Trace(epochs={"loss": (1.0,)}, recorded=frozenset({"epoch.loss"}))
    for ask in (
        lambda: trace.epoch("accuracy"),
        lambda: trace.step("loss"),
        lambda: trace.count("step"),
        lambda: trace.of_kind("step"),
    ):
        with pytest.raises(NotRecordedError, match=r"epoch\.loss"):
            ask()


def test_events_that_were_watched_for_and_never_came_are_none() -> None:
    """No event of a kind is a count of zero when events were observed at all."""
    assert Trace(recorded=frozenset({"events"})).count("backward") == 0


def test_events_are_counted_by_kind_in_order() -> None:
    """Events of one kind come back in the order in which they happened."""
    events = (Event("forward", 0), Event("step", 0), Event("forward", 1))
    trace = Trace(events=events, recorded=frozenset({"events"}))
    assert trace.count("forward") == 2
    assert [event.step for event in trace.of_kind("forward")] == [0, 1]


def test_hostile_data_is_made_of_every_key() -> None:
    """The keys of a trace in JSON are the ones that the hostile data is made of."""
    assert sorted(trace_to_json(Trace())) == sorted(KEYS)
