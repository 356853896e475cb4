"""End whatever a box of the tier `reduced` leaves running: no pid namespace does it there."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import time
from pathlib import Path

from lrquiz.sandbox import kernel

_END_SECONDS = 10.0


def adopt() -> None:
    """Become the parent of whatever descendants of ours lose theirs."""
    kernel.prctl(kernel.PR_SET_CHILD_SUBREAPER, 1)


def end_descendants(user: int) -> None:
    """Kill and reap every process that descends from this one.

    Those of a user of their own die in one call, which no fork can outrun. Others are first kept
    from forking, so that each round leaves fewer.

    Raises:
        TimeoutError: some are still there after seconds of killing.
    """
    end = time.monotonic() + _END_SECONDS
    while _reap():
        if time.monotonic() > end:
            message = f"processes of the box do not end: {_children()}"
            raise TimeoutError(message)
        if user != os.geteuid():
            _kill_all_of(user)
        for pid in _children():
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def _reap() -> bool:
    """Reap what is dead; return whether there are children left."""
    try:
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    except ChildProcessError:
        return False
    return True


def _children() -> list[int]:
    text = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(each) for each in text.split()]


def _kill_all_of(user: int) -> None:
    pid = os.fork()
    if pid == 0:
        with contextlib.suppress(OSError):
            os.setresuid(user, user, user)
            os.kill(-1, signal.SIGKILL)
        os._exit(0)
    os.waitpid(pid, 0)
