"""What the tests of the box share: limits, running source, and looking for survivors."""

from __future__ import annotations

import contextlib
import json
import time
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.model.run import Ending, Limits, Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrquiz.sandbox import Sandbox

ENTRIES = str(Path(__file__).parent / "entries")
ENTRY = "box_entry:exec_source"
HIGH_USER = 0x7000_0000
"""as root, the user of a box is this number and its supervisor's process id"""
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
    assert eventually(lambda: not descendants(pid), 20.0), "a process survived"
    assert not survivors(), "a process survived its supervisor"
    run = run_source(sandbox, BENIGN)
    assert run.ending is Ending.OK, run
    assert json.loads(run.reply or b"") == [[], [], [], 3.0, 0.0], run


def survivors() -> list[str]:
    """Return processes of a box's own user whose supervisor, by whom it is named, is dead."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            supervisor = each.stat().st_uid - HIGH_USER
            state = (each / "stat").read_text(errors="replace").rsplit(")", 1)[1].split()[0]
            if supervisor > 0 and state != "Z" and not Path(f"/proc/{supervisor}").exists():
                found.append(f"{each.name}: {(each / 'comm').read_text(errors='replace')}")
    return found


def leftovers() -> list[str]:
    """Return folders and groups of boxes, and IPC objects of their users, that nobody removed."""
    found = [*Path("/tmp").glob("lrquiz-box-*"), *Path("/sys/fs/cgroup").rglob("lrquiz-*")]  # noqa: S108 - where boxes put them
    left = [
        str(each)
        for each in found
        if not Path("/proc", each.name.split("-")[-2 if "box" in each.name else -1]).exists()
    ]
    for table in ("shm", "msg", "sem"):
        with contextlib.suppress(OSError):
            lines = Path("/proc/sysvipc", table).read_text(encoding="ascii").splitlines()[1:]
            left += [line for line in lines if any(int(each) > HIGH_USER for each in line.split())]
    return left


BENIGN = """
import os
import sys
import tempfile
import torch

def left(folder):
    # An interpreter installed under /tmp is shown there; /dev/shm is out of reach in one tier.
    shown = [*sys.path, sys.executable]
    try:
        names = os.listdir(folder)
    except PermissionError:
        return []
    return [name for name in names if not any(f"{folder}/{name}/" in path for path in shown)]

found = [left(each) for each in (os.environ["HOME"], tempfile.gettempdir(), "/dev/shm")]
model = torch.nn.Linear(1, 1)
model.weight.data.fill_(1.0)
model.bias.data.zero_()
loss = (model(torch.ones(1, 1)) ** 2).sum()
loss.backward()
torch.optim.SGD(model.parameters(), lr=0.5).step()
result = [*found, torch.ones(3).sum().item(), model.weight.item()]
"""


def run_source(sandbox: Sandbox, source: str, limits: Limits = LIMITS) -> Run:
    """Run source in the box through the tests' own entry."""
    return sandbox.run(source.encode(), limits)


@dataclass(frozen=True, slots=True)
class Expected:
    """How a program of `tests/attacks` or `tests/lawful` ends."""

    ending: Ending
    detail: str
    stdout: str
    result: object
    """what it replies; None where that is not fixed"""
    limits: Limits
    not_contained: str
    """the line of NOT_CONTAINED that the program is an example of"""


def programs(folder: str) -> list[Path]:
    """Return the folders of `tests/attacks` or `tests/lawful`."""
    found = Path(__file__).parents[1].joinpath(folder).glob("*/submission.py")
    return sorted(each.parent for each in found)


def expected(program: Path, tier: str, *, ordinary: bool = False) -> Expected:
    """Read a program's `expected.toml`.

    A table `[reduced]` replaces what is different in that tier, and one named `ordinary` within
    either what is different again where the grader is not root.
    """
    told = tomllib.loads((program / "expected.toml").read_text(encoding="utf-8"))
    reduced = told.pop("reduced", {})
    told |= reduced if tier == "reduced" else {}
    told |= told.pop("ordinary", {}) if ordinary else {}
    return Expected(
        Ending(told["ending"]),
        told.get("detail", ""),
        told.get("stdout", ""),
        json.loads(told.get("result", "null")),
        replace(LIMITS, **told.get("limits", {})),
        told.get("not_contained", ""),
    )


def run_program(sandbox: Sandbox, program: Path, *, ordinary: bool = False) -> None:
    """Run one, and look at how it ended, at what it left, and at the next run."""
    wanted = expected(program, sandbox.tier, ordinary=ordinary)
    source = (program / "submission.py").read_text(encoding="utf-8")
    run = run_source(sandbox, source, wanted.limits)
    assert_expected(run, wanted)
    assert_clean(sandbox)


def assert_expected(run: Run, wanted: Expected) -> None:
    """Compare a run with what its folder says of it."""
    assert run.ending is wanted.ending, run
    assert wanted.detail in run.detail, run
    assert wanted.stdout in run.stdout, run
    if wanted.result is not None:
        assert json.loads(run.reply or b"null") == wanted.result, run
