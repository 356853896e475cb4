"""What all processes of a box use together, where a cgroup can be written.

That a box works where none can be is shown by test_ordinary_user: its user can write none.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import LIMITS, assert_clean, run_source  # type: ignore[import-not-found]

from lrquiz.model.run import Ending
from lrquiz.sandbox import Sandbox, cgroup

SHARES = """
import os
import time

children = []
for _ in range(6):
    pid = os.fork()
    if pid == 0:
        held = bytearray(60 << 20)
        held[::4096] = b"x" * len(range(0, 60 << 20, 4096))
        time.sleep(0.4)
        os._exit(0)
    children.append(pid)
result = [os.waitpid(pid, 0)[1] for pid in children]
if any(result):
    raise ChildProcessError(result)
"""
"""six processes, each far below a limit of 200 MiB, together far above"""
LOW = replace(LIMITS, memory_mib=200)
needs_group = pytest.mark.skipif(cgroup.find() is None, reason="no cgroup can be written here")


@needs_group
def test_processes_together_keep_the_limit(either: Sandbox) -> None:
    """Processes that are each within the limit end as one that is not, and say so."""
    run = run_source(either, SHARES, LOW)
    assert run.ending is Ending.MEMORY_LIMIT
    assert run.detail == "its processes need more than 200 MiB of memory together"
    assert run_source(either, SHARES, replace(LIMITS, memory_mib=900)).ending is Ending.OK
    assert_clean(either)


@needs_group
def test_groups_go(either: Sandbox) -> None:
    """When a run has ended, there is no group of it."""
    place = cgroup.find()
    assert place is not None
    before = set(place.folder.glob("lrquiz-*"))
    run_source(either, "import os; os.fork() or os._exit(0)")
    assert_clean(either)
    ours = {each for each in place.folder.glob("lrquiz-*") if not _alive(each)}
    assert ours <= before


def _alive(group: Path) -> bool:
    return Path("/proc", group.name.split("-")[1]).exists()


def test_a_group_of_somebody_killed_is_removed() -> None:
    """Looking for a place sweeps the empty groups of processes that are no more."""
    place = cgroup.find()
    if place is None:
        pytest.skip("no cgroup can be written here")
    left = place.folder / "lrquiz-4999999"
    left.mkdir()
    cgroup.find()
    assert not left.exists()
