"""Warm interpreters that are killed at random moments cost nobody a result."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES, LIMITS, descendants, eventually, survivors  # type: ignore[import-not-found]

from lrquiz.model.run import Ending, Run
from lrquiz.sandbox import Sandbox

RUNS = 30
DYING = 0.1
"""seconds after its killing in which a zygote may still be asked for a box"""


@pytest.mark.usefixtures("full_tier", "reduced_tier")
@pytest.mark.parametrize("tier", ["full", "reduced"])
def test_zygotes_killed_at_random_moments(tier: str) -> None:
    """Every run of a batch ends right, unless two zygotes died under it; nothing survives."""
    kills: list[float] = []
    over = threading.Event()
    others = descendants(os.getpid())  # boxes and workers that other tests keep
    with (
        Sandbox("json_entry:echo", path=[ENTRIES], tier=tier) as box,
        ThreadPoolExecutor(2) as pool,
    ):
        killer = threading.Thread(target=_kill, args=(random.Random(5), kills, over))  # noqa: S311 - no secret
        killer.start()
        done = list(pool.map(lambda number: _timed(box, number), range(RUNS)))
        over.set()
        killer.join()
        family = (descendants(os.getpid()) | {box.zygote_pid}) - others
        assert box.run(b"[]", LIMITS).reply == b"[]"
    assert len(kills) >= 3
    for number, (run, start, end) in enumerate(done):
        lost = sum(start - DYING <= moment <= end for moment in kills)
        if run.ending is Ending.INTERNAL_ERROR and lost >= 2:
            continue
        assert (run.ending, run.reply) == (Ending.OK, _request(number)), (run, lost)
    assert eventually(lambda: not any(Path(f"/proc/{each}").exists() for each in family))
    assert not survivors()


def _request(number: int) -> bytes:
    return b'{"sleep": 0.1, "number": %d}' % number


def _timed(box: Sandbox, number: int) -> tuple[Run, float, float]:
    start = time.monotonic()
    return box.run(_request(number), LIMITS), start, time.monotonic()


def _kill(draw: random.Random, kills: list[float], over: threading.Event) -> None:
    """Kill whatever zygote there is, every now and then; those that start are zygotes too."""
    while not over.wait(draw.uniform(0.05, 0.5)):
        for pid in _zygotes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                kills.append(time.monotonic())


def _zygotes() -> list[int]:
    """Return our children that run, or are about to run, a zygote for this test's entry."""
    found = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            for pid in (task / "children").read_text(encoding="ascii").split():
                command = Path("/proc", pid, "cmdline").read_bytes()
                if b"zygote.main" in command and Path("/proc", pid, "stat").read_text().count(
                    ") S"
                ):
                    found.append(int(pid))
    return found
