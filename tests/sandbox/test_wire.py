"""A frame is whole or it is nothing; messages come back as they were."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lrquiz.model.run import Limits
from lrquiz.sandbox.wire import (
    DETAIL,
    REPLY,
    Report,
    frame,
    limits_from_bytes,
    limits_to_bytes,
    report_from_bytes,
    report_to_bytes,
    unframe,
)


@given(st.binary())
def test_frame_comes_back(payload: bytes) -> None:
    """What was framed is found again, under its own kind alone."""
    assert unframe(frame(REPLY, payload), REPLY) == payload
    assert unframe(frame(REPLY, payload), DETAIL) is None


@given(st.binary(), st.binary(min_size=1), st.integers(min_value=1))
def test_damaged_frame_is_nothing(payload: bytes, more: bytes, cut: int) -> None:
    """A frame that is cut short, or has anything behind it, is no frame."""
    whole = frame(REPLY, payload)
    assert unframe(whole + more, REPLY) is None
    assert unframe(whole[: -min(cut, len(whole))], REPLY) is None


@given(st.binary(max_size=40))
def test_hostile_bytes_never_raise(data: bytes) -> None:
    """Whatever a box writes, reading it gives a payload or nothing."""
    found = unframe(data, REPLY)
    assert found is None or frame(REPLY, found) == data


def test_messages_come_back() -> None:
    """Limits and reports arrive as they were sent."""
    limits = Limits(wall_seconds=1.5, processes=3)
    assert limits_from_bytes(limits_to_bytes(limits)) == limits
    report = Report(ready=True, fault="", status=9, cpu_seconds=0.25, memory_mib=10.0)
    assert report_from_bytes(report_to_bytes(report)) == report
