"""What crosses the wall of the box: JSON values and tensors in one frame of bytes.

Nothing is ever unpickled. Tensors travel as safetensors, whose header a hostile writer can only
make invalid, not dangerous.
"""

from __future__ import annotations

import json
from typing import Any

from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor

_LENGTH_BYTES = 8
_MAX_JSON = 8_000_000


def pack(values: dict[str, Any], tensors: dict[str, Tensor]) -> bytes:
    """Return values and tensors as one frame."""
    text = json.dumps(values, allow_nan=False).encode()
    return len(text).to_bytes(_LENGTH_BYTES, "big") + text + save(tensors)


def unpack(frame: bytes) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Undo `pack`; the frame may come from a hostile process.

    Raises:
        ValueError: it is no such frame.
    """
    length = int.from_bytes(frame[:_LENGTH_BYTES], "big")
    text = frame[_LENGTH_BYTES : _LENGTH_BYTES + length]
    if len(frame) < _LENGTH_BYTES + length or length > _MAX_JSON:
        message = "the frame is cut short, or its values are too large"
        raise ValueError(message)
    try:
        values = json.loads(text)
        tensors = load(frame[_LENGTH_BYTES + length :])
    except (SafetensorError, RecursionError, UnicodeDecodeError, TypeError, KeyError) as error:
        message = f"not a frame of results: {error}"
        raise ValueError(message) from error
    if not isinstance(values, dict):
        message = "not a frame of results: no JSON object"
        raise ValueError(message)  # noqa: TRY004 - one type for all that a hostile writer can do
    return values, tensors
