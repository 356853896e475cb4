"""The messages between the parent, the zygote, a box's supervisor and the box itself."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from lrquiz.model.run import Limits

READY = b"ready"
"""what the box tells its supervisor once it is closed and the student's code is about to start"""

EXIT_ERROR = 81
EXIT_MEMORY = 82
EXIT_PROCESSES = 83
"""Exit codes by which the box hints at the reason of a failure. Student code can end with any of
them: they only tell endings apart that all score zero."""

REPLY = b"R"
DETAIL = b"E"
"""The first byte of a frame: a result, or one line about the exception that came instead."""

_LENGTH_BYTES = 8
HEADER_BYTES = 1 + _LENGTH_BYTES


@dataclass(frozen=True, slots=True)
class Report:
    """What a supervisor says of its box once every process in it is dead."""

    ready: bool
    """the box was closed and student code was started in it"""
    fault: str
    """why the box could not be set up: never the student's doing"""
    status: int = 0
    """wait status of the box's first process"""
    cpu_seconds: float = 0.0
    memory_mib: float = 0.0
    ran_out: bool = False
    """the memory that all its processes together may have was used up"""


def frame(kind: bytes, payload: bytes) -> bytes:
    """Return a payload with its kind and length before it."""
    return kind + len(payload).to_bytes(_LENGTH_BYTES, "big") + payload


def unframe(data: bytes, kind: bytes) -> bytes | None:
    """Return the payload of exactly one complete frame of this kind, or None."""
    length = int.from_bytes(data[1:HEADER_BYTES], "big")
    if data[:1] != kind or len(data) != HEADER_BYTES + length:
        return None
    return data[HEADER_BYTES:]


def report_to_bytes(report: Report) -> bytes:
    """Return a report as one message."""
    return json.dumps(asdict(report)).encode()


def report_from_bytes(data: bytes) -> Report:
    """Undo `report_to_bytes`."""
    return Report(**json.loads(data))


def limits_to_bytes(limits: Limits) -> bytes:
    """Return limits as one message."""
    return json.dumps(asdict(limits)).encode()


def limits_from_bytes(data: bytes) -> Limits:
    """Undo `limits_to_bytes`."""
    return Limits(**json.loads(data))
