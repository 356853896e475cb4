"""An ordinary child process in the place of a box: for code of one's own, never for a student's.

It contains nothing. It only keeps a crash, an endless loop or a flood of output from the parent.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Self

from lrquiz.model.run import NONE, Ending, Limits, Run

_LAST_LINE = 300


class OrdinaryProcess:
    """Answers requests as `Sandbox` does, each in a fresh child process; a context manager."""

    def __init__(self, entry: str) -> None:
        self._entry = entry

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        return None

    def run(self, request: bytes, limits: Limits) -> Run:
        """Call the entry on a request in a child process."""
        with tempfile.TemporaryDirectory(prefix="lrquiz-") as name:
            folder = Path(name)
            (folder / "request").write_bytes(request)
            command = [sys.executable, "-m", __name__, self._entry, name]
            start = time.monotonic()
            try:
                done = subprocess.run(
                    command, stdin=subprocess.DEVNULL, capture_output=True, check=False,
                    timeout=limits.wall_seconds + _IMPORT_SECONDS,
                    env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                detail = f"longer than {limits.wall_seconds:g} seconds"
                return _run(Ending.TIME_LIMIT, detail, None, (b"", b""), time.monotonic() - start)
            reply = folder / "reply"
            content = reply.read_bytes() if reply.exists() else None
            ending, detail = _ending(done, content, limits)
            seconds = time.monotonic() - start
            shown = (done.stdout[: limits.output_bytes], done.stderr[: limits.output_bytes])
            return _run(ending, detail, content, shown, seconds)


_IMPORT_SECONDS = 30.0  # a cold interpreter imports torch first


def _ending(
    done: subprocess.CompletedProcess[bytes], reply: bytes | None, limits: Limits
) -> tuple[Ending, str]:
    if len(done.stdout) + len(done.stderr) > limits.output_bytes:
        return Ending.OUTPUT_LIMIT, f"more than {limits.output_bytes} bytes printed"
    if done.returncode == 0 and reply is not None:
        return Ending.OK, ""
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    last = lines[-1][:_LAST_LINE] if lines else "ended without a result (did it call exit?)"
    return Ending.RUNTIME_ERROR, last


def _run(
    ending: Ending, detail: str, reply: bytes | None, shown: tuple[bytes, bytes], seconds: float
) -> Run:
    stdout, stderr = (each.decode(errors="replace") for each in shown)
    return Run(ending, detail, reply, stdout, stderr, seconds, 0.0, 0.0, NONE)


def _child(entry: str, folder: str) -> None:
    module, _, function = entry.partition(":")
    serve = getattr(importlib.import_module(module), function)
    os.chdir(folder)
    reply = serve(Path("request").read_bytes())
    Path("reply.partial").write_bytes(reply)
    Path("reply.partial").rename("reply")


if __name__ == "__main__":
    _child(*sys.argv[1:])
