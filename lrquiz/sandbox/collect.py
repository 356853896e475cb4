"""Gather what comes out of one box, within its limits, whatever the box does."""

from __future__ import annotations

import os
import selectors
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from lrquiz.sandbox.warm import BoxLostError, BoxStuckError, Channels
from lrquiz.sandbox.wire import HEADER_BYTES, Report, report_from_bytes

if TYPE_CHECKING:
    from lrquiz.model.run import Limits

_CHUNK = 1 << 18
_MESSAGE_BYTES = 65536
_KILL_SECONDS = 15.0
"""how long a killed box may take to be dead before we take it for lost"""
_DRAIN_SECONDS = 2.0
"""how long pipes of a dead box may stay open: somebody else holds them, nothing more will come"""


class Cut(StrEnum):
    """Why the parent ended a run."""

    TIME = "time"
    OUTPUT = "output"
    REPLY = "reply"


@dataclass(slots=True)
class Collected:
    """What came out of a box, and what its supervisor said of its end."""

    report: Report
    cut: Cut | None
    wall_seconds: float
    stdout: bytes
    stderr: bytes
    reply: bytes


@dataclass(slots=True)
class _Collector:
    channels: Channels
    limits: Limits
    start: float = field(default_factory=time.monotonic)
    deadline: float = 0.0
    """when the present phase ends: running, then being killed or drained"""
    wall_seconds: float = 0.0
    cut: Cut | None = None
    report: Report | None = None
    parts: dict[int, bytearray] = field(default_factory=dict)

    def run(self) -> Collected:
        """Read until the box is dead and every pipe is at its end."""
        self.deadline = self.start + self.limits.wall_seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.channels.control, selectors.EVENT_READ)
            for pipe in (self.channels.stdout, self.channels.stderr, self.channels.reply):
                self.parts[pipe] = bytearray()
                selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map() and self._in_time():
                for key, _ in selector.select(self.deadline - time.monotonic()):
                    if not self._read(key.fd):
                        selector.unregister(key.fileobj)
        return self._collected()

    def _in_time(self) -> bool:
        """Start the next phase when the deadline has passed; return False after the last."""
        if time.monotonic() < self.deadline:
            return True
        if self.report is not None:
            return False
        if self.cut is not None:
            message = "a killed box did not end"
            raise BoxStuckError(message)
        self._kill(Cut.TIME)
        return True

    def _kill(self, cut: Cut) -> None:
        self.cut = cut
        if self.report is not None:
            return  # dead already, only its output was too long
        self.deadline = time.monotonic() + _KILL_SECONDS
        try:
            self.channels.control.send(b"kill")
        except OSError:
            return  # the supervisor has ended: its report, or its silence, is on the way

    def _read(self, descriptor: int) -> bool:
        """Take what there is; return whether more can come."""
        if descriptor == self.channels.control.fileno():
            self._take_report()
            return False
        try:
            data = os.read(descriptor, _CHUNK)
        except BlockingIOError:
            return True  # the box took back what it had written
        if self.cut is None:
            self.parts[descriptor] += data
            self._mind_the_size()
        return bool(data)

    def _take_report(self) -> None:
        try:
            message = self.channels.control.recv(_MESSAGE_BYTES)
        except ConnectionError:
            message = b""
        if not message:
            text = "its supervisor ended without a word"
            raise BoxLostError(text)
        self.report = report_from_bytes(message)
        now = time.monotonic()
        self.wall_seconds, self.deadline = now - self.start, now + _DRAIN_SECONDS

    def _mind_the_size(self) -> None:
        channels = self.channels
        printed = len(self.parts[channels.stdout]) + len(self.parts[channels.stderr])
        if printed > self.limits.output_bytes:
            self._kill(Cut.OUTPUT)
        elif len(self.parts[channels.reply]) > self.limits.reply_bytes + HEADER_BYTES:
            self._kill(Cut.REPLY)

    def _collected(self) -> Collected:
        if self.report is None:
            message = "its supervisor ended without a report"
            raise BoxLostError(message)
        most = self.limits.output_bytes
        out, err, reply = (bytes(part) for part in self.parts.values())
        out = out[:most]
        return Collected(
            self.report, self.cut, self.wall_seconds, out, err[: most - len(out)], reply
        )


def collect(channels: Channels, limits: Limits) -> Collected:
    """Follow one run to its end; the box is dead when this returns.

    Raises:
        BoxLostError: the zygote or the supervisor died, or could not end the box.
    """
    return _Collector(channels, limits).run()
