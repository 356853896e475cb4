"""Frames: what crosses the wall of the box."""

from __future__ import annotations

import contextlib
import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.recorder.frames import pack, unpack


def test_values_and_tensors_come_back() -> None:
    """A frame gives back its JSON values and its tensors with names, shapes and types."""
    tensors = {"a": torch.tensor([[1.0, math.nan]]), "b": torch.arange(3)}
    values, back = unpack(pack({"x": [1, "two", None]}, tensors))
    assert values == {"x": [1, "two", None]}
    assert back["a"].shape == (1, 2)
    assert back["b"].dtype == torch.int64
    assert torch.equal(back["b"], tensors["b"])


@given(st.binary(max_size=200))
def test_arbitrary_bytes_are_refused_as_values(frame: bytes) -> None:
    """Whatever a hostile process sends, reading it raises ValueError and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011 - any message
        unpack(frame)


@given(st.integers(0, 120), st.binary(min_size=1, max_size=8))
def test_a_damaged_frame_never_surprises(place: int, damage: bytes) -> None:
    """A frame with bytes overwritten is read, or refused with ValueError."""
    frame = bytearray(pack({"a": 1}, {"w": torch.zeros(4)}))
    frame[place : place + len(damage)] = damage
    with contextlib.suppress(ValueError):
        unpack(bytes(frame))


def test_deep_json_is_refused() -> None:
    """Nesting that would exhaust the stack is refused, not crashed on."""
    text = b"[" * 200_000
    with pytest.raises(ValueError):  # noqa: PT011 - any message
        unpack(len(text).to_bytes(8, "big") + text)
