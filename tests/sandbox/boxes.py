"""What the tests of the box share: limits, running source, and looking for survivors."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.model.run import Ending, Limits, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrquiz.sandbox import Sandbox

ENTRIES = str(Path(__file__).parent / "entries")
ENTRY = "box_entry:exec_source"
LIMITS = Limits(wall_seconds=5.0, cpu_seconds=3, memory_mib=512, reply_bytes=2_000_000, disk_mib=16)


def descendants(pid: int) -> set[int]:
    """Return the living processes that descend from this one, without zombies."""
    children: dict[int, set[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.read_text(errors="replace").rsplit(")", 1)
        except OSError:  # ended while we looked
            continue
        state, parent = rest.split()[:2]
        if state != "Z":
            children.setdefault(int(parent), set()).add(int(number.split()[0]))
    found: set[int] = set()
    waiting = {pid}
    while waiting:
        waiting = {child for each in waiting for child in children.get(each, ())}
        found |= waiting
    return found


def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    """Wait until something is true, but not forever."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def assert_clean(sandbox: Sandbox) -> None:
    """Nothing of earlier runs is alive, and the next run finds nothing of them."""
    pid = sandbox.zygote_pid
    assert pid is not None
    assert eventually(lambda: not descendants(pid)), "a process survived"
    run = run_source(sandbox, BENIGN)
    assert run.ending is Ending.OK, run
    assert json.loads(run.reply or b"") == [[], [], [], 3.0]


BENIGN = """
import os
import sys
import torch

shown = [*sys.path, sys.executable]  # an interpreter installed under /tmp is shown there
left = [
    [name for name in os.listdir(folder) if not any(f"{folder}/{name}/" in path for path in shown)]
    for folder in ("/box", "/tmp", "/dev/shm")
]
result = [*left, torch.ones(3).sum().item()]
"""


def run_source(sandbox: Sandbox, source: str, limits: Limits = LIMITS) -> Run:
    """Run source in the box through the tests' own entry."""
    return sandbox.run(source.encode(), limits)
