"""Packed traces come back bit for bit, and bytes that are none are told as such."""

from __future__ import annotations

import math
import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrquiz.evidence.packed import pack, unpack
from lrquiz.model.trace import Event, Trace
from lrquiz.model.trace_json import trace_to_json

names = st.sampled_from(["loss", "lr", "weight_change", "", "l\u00f6ss", "\ud800"])
numbers = st.floats() | st.sampled_from([math.nan, math.inf, -math.inf, -0.0, 5e-324])
columns = st.dictionaries(names, st.lists(numbers, max_size=6).map(tuple), max_size=3)
events = st.builds(
    Event,
    kind=st.sampled_from(["forward", "backward", "step"]),
    step=st.integers(0, 5) | st.integers(),
    line=st.none() | st.integers(1, 3),
    numbers=st.dictionaries(names, numbers, max_size=2),
)
traces = st.builds(
    Trace,
    epochs=columns,
    steps=columns,
    events=st.lists(events, max_size=8).map(tuple),
    recorded=st.frozensets(st.sampled_from(["events", "epoch.loss", "step.lr"])),
    planned_epochs=st.integers(0, 100),
    stopped=st.none() | st.text(),
)

CALLS = ("zero_grad", "forward", "backward", "step")


def looped(seed: int) -> Trace:
    """Return a trace as the recipe training_loop records them."""
    losses = tuple(1.0 / (seed + turn + 1) for turn in range(5))
    made = tuple(
        Event(call, turn, None, {"loss": losses[turn]} if call == "forward" else {})
        for turn in range(5)
        for call in CALLS
    )
    return Trace(steps={"loss": losses}, events=made, recorded=frozenset({"step.loss", "events"}))


def bits(value: float) -> bytes:
    return struct.pack("<d", value)


def exact(trace: Trace) -> object:
    """Return everything of a trace in a form that compares numbers by their bits."""
    return (
        {name: tuple(map(bits, column)) for name, column in trace.epochs.items()},
        {name: tuple(map(bits, column)) for name, column in trace.steps.items()},
        [
            (e.kind, e.step, e.line, [(name, bits(value)) for name, value in e.numbers.items()])
            for e in trace.events
        ],
        trace.recorded,
        trace.planned_epochs,
        trace.stopped,
    )


@given(st.lists(traces, max_size=4))
@example([looped(seed) for seed in range(3)])
def test_traces_come_back_bit_for_bit(given_traces: list[Trace]) -> None:
    """Numbers keep their bits, NaN and infinities included; events keep their order and lines."""
    back = unpack(pack(given_traces))
    assert list(map(exact, back)) == list(map(exact, given_traces))
    assert list(map(trace_to_json, back)) == list(map(trace_to_json, given_traces))


@given(st.lists(traces, max_size=3))
def test_equal_traces_are_equal_bytes(given_traces: list[Trace]) -> None:
    """What was read back packs into the bytes it came from."""
    packed = pack(given_traces)
    assert pack(unpack(packed)) == packed


def test_events_that_came_back_are_a_sequence_like_any_other() -> None:
    """They equal the tuple they were, either way round, and can be counted, taken and cut."""
    trace = looped(1)
    (back,) = unpack(pack([trace]))
    assert back == trace
    assert trace == back
    assert back.events == trace.events
    assert trace.events == back.events
    assert back != looped(2)
    assert back.events != trace.events[:-1]
    assert back.events != list(trace.events)
    assert (len(back.events), back.events[-1], back.events[1:3]) == (
        len(trace.events),
        trace.events[-1],
        trace.events[1:3],
    )
    assert (back.count("forward"), back.of_kind("step")) == (5, trace.of_kind("step"))
    assert repr(back.events) == repr(trace.events)
    assert replace(back, stopped="x").events == trace.events


def test_seeds_share_what_they_have_in_common() -> None:
    """A second seed adds its numbers only: the calls of both are kept once."""
    one, two, many = (len(pack([looped(s) for s in range(n)])) for n in (1, 2, 64))
    assert two - one < 120
    assert many - one < 64 * 60


@given(data=st.data())
def test_damage_is_told_as_damage(data: st.DataObject) -> None:
    """A cut or changed byte, under the compression or above it, raises ValueError if anything."""
    packed = pack([looped(0), replace(looped(1), epochs={"loss": (1.0, math.nan)})])
    raw = zlib.decompress(packed)
    place = data.draw(st.integers(0, len(raw) - 1))
    changed = bytearray(raw)
    changed[place] = data.draw(st.integers(0, 255) | st.sampled_from(b'-0129{}[]",.en'))
    cut = zlib.compress(raw[:place])
    for damaged in (zlib.compress(bytes(changed)), cut, packed[: place % len(packed)]):
        try:
            back = unpack(damaged)
        except ValueError as error:
            assert "not packed traces" in str(error)  # noqa: PT017 - whether it raises is open
        else:
            assert list(map(exact, back))  # whatever came back can be looked at


@pytest.mark.parametrize(
    "change",
    [
        (b'"version":2', b'"version":1'),
        (b'"version":2', b'"version":3'),
        (b"lrquiz/evidence", b"lrquiz/evidencf"),
        (b'"columns":[5', b'"columns":[4'),
        (b'"columns":[5', b'"columns":-5'),
        (b'"layouts":[[["zero_grad",null,[],[0,', b'"layouts":[[["zero_grad",null,[],[1,'),
        (b'{"loss":0},0,', b'{"loss":0},9,'),
        (b'{"loss":0},0,', b'{"loss":9},0,'),
        (b'"loss":0}', b'"loss":1}'),
        (b"[0,1,2,3,4]", b"[0,1,2,3.4]"),
    ],
)
def test_what_does_not_fit_together_is_refused(change: tuple[bytes, bytes]) -> None:
    """Another version or schema, columns or places that do not fit: no traces."""
    raw = zlib.decompress(pack([looped(0)]))
    assert change[0] in raw
    with pytest.raises(ValueError, match="not packed traces"):
        unpack(zlib.compress(raw.replace(*change)))


def test_more_numbers_than_the_columns_hold_are_refused() -> None:
    """What follows the last column belongs to nothing."""
    raw = zlib.decompress(pack([looped(0)]))
    with pytest.raises(ValueError, match="not packed traces"):
        unpack(zlib.compress(raw + bytes(8)))


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 7, b"\xff" * 8, struct.pack("<Q", 10**5) + b"[" * 10**5]
)
def test_foreign_bytes_are_refused(content: bytes) -> None:
    """Nothing, too little, sizes beyond the end, JSON too deep to read."""
    for each in (content, zlib.compress(content)):
        with pytest.raises(ValueError, match="not packed traces"):
            unpack(each)
