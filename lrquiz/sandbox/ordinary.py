"""An ordinary child process in the place of a box: for code of one's own, never for a student's.

It contains nothing. It only keeps a crash, an endless loop or a flood of output from the parent.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from lrquiz.model.run import NONE, Ending, Limits, Run

_LAST_LINE = 300


class OrdinaryProcess:
    """Answers requests as `Sandbox` does, each in a fresh child process; a context manager.

    Folders of `data` are linked under their names in its working directory; nothing but their own
    modes keeps it from writing to them.
    """

    def __init__(self, entry: str, data: Sequence[str] = ()) -> None:
        self._entry = entry
        self._data = tuple(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        return None

    def run(self, request: bytes, limits: Limits) -> Run:
        """Call the entry on a request in a child process."""
        with tempfile.TemporaryDirectory(prefix="lrquiz-") as name:
            folder = Path(name)
            (folder / "request").write_bytes(request)
            (folder / "work").mkdir()
            for each in self._data:
                (folder / "work" / Path(each).name).symlink_to(each, target_is_directory=True)
            command = [sys.executable, "-m", __name__, self._entry, name]
            start = time.monotonic()
            done = _followed(command, limits)
            if done.ran_out_of_time:
                detail = f"longer than {limits.wall_seconds:g} seconds"
                return _run(Ending.TIME_LIMIT, detail, None, (b"", b""), time.monotonic() - start)
            reply = folder / "reply"
            content = reply.read_bytes() if reply.exists() else None
            ending, detail = _ending(done, content, limits)
            seconds = time.monotonic() - start
            shown = (done.stdout[: limits.output_bytes], done.stderr[: limits.output_bytes])
            return _run(ending, detail, content, shown, seconds)


_IMPORT_SECONDS = 30.0  # a cold interpreter imports torch first
_DRAIN_SECONDS = 2.0  # a child of the child may hold its pipes
_CHUNK = 1 << 16


@dataclass(slots=True)
class _Done:
    """What came of a child process."""

    returncode: int
    stdout: bytes
    stderr: bytes
    ran_out_of_time: bool


def _followed(command: list[str], limits: Limits) -> _Done:
    """Run a command, and end it when its time is up or it has printed too much."""
    pipes = [bytearray(), bytearray()]
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:  # fmt: skip
        readers = [
            threading.Thread(
                target=_keep, args=(child, pipe, kept, limits.output_bytes), daemon=True
            )
            for pipe, kept in zip((child.stdout, child.stderr), pipes, strict=True)
        ]
        for each in readers:
            each.start()
        try:
            late = False
            child.wait(limits.wall_seconds + _IMPORT_SECONDS)
        except subprocess.TimeoutExpired:
            late = True
        finally:
            child.kill()
        for each in readers:
            each.join(_DRAIN_SECONDS)
    return _Done(child.returncode, bytes(pipes[0]), bytes(pipes[1]), late)


def _keep(
    child: subprocess.Popen[bytes], pipe: IO[bytes] | None, kept: bytearray, most: int
) -> None:
    """Keep what a pipe says, one byte more than is allowed at most; that byte ends the child."""
    assert pipe is not None, "it was asked for"
    while chunk := os.read(pipe.fileno(), _CHUNK):
        kept += chunk[: most + 1 - len(kept)]
        if len(kept) > most:
            child.kill()


def _ending(done: _Done, reply: bytes | None, limits: Limits) -> tuple[Ending, str]:
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
    os.chdir(Path(folder, "work"))
    reply = serve(Path(folder, "request").read_bytes())
    Path(folder, "reply.partial").write_bytes(reply)
    Path(folder, "reply.partial").rename(Path(folder, "reply"))


if __name__ == "__main__":
    _child(*sys.argv[1:])
