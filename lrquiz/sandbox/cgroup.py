"""A limit on the memory of all processes of a box together, where a cgroup can be written.

Limits per process let a box have processes times memory. Version 1 (the memory hierarchy) and
version 2 (where the memory controller is enabled for children) are both used as they are found;
nothing of the machine's own groups is changed.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path("/sys/fs/cgroup")
_PREFIX = "lrquiz-"
_OURS = re.compile(rf"{_PREFIX}(\d+)")
_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """Where groups can be made."""

    version: int
    folder: Path
    limit: str
    """name of the file that takes the limit in bytes"""
    events: str
    """name of the file that counts processes killed for want of memory"""


@dataclass(frozen=True, slots=True)
class Group:
    """One box's group, held by descriptors: the box's root hides the machine's files."""

    name: str
    parent: int
    folder: int
    events: str

    @property
    def ran_out(self) -> bool:
        """Whether a process of the group was killed because the group's memory ran out."""
        with contextlib.suppress(OSError):
            said = re.search(r"^oom_kill (\d+)$", _read(self.folder, self.events), re.MULTILINE)
            return said is not None and said[1] != "0"
        return False

    def enter(self) -> None:
        """Move this process into the group."""
        _write(self.folder, "cgroup.procs", "0")

    def remove(self) -> None:
        """Remove the group once all its processes are dead."""
        with contextlib.suppress(OSError):
            os.rmdir(self.name, dir_fd=self.parent)
        self.close()

    def close(self) -> None:
        """Let go of the descriptors."""
        os.close(self.folder)
        os.close(self.parent)


def find() -> Hierarchy | None:
    """Return where this process can make groups with a limit of memory; None where it cannot."""
    for place in _places():
        if (place.folder / "cgroup.procs").is_file() and _can_limit(place):
            _sweep(place.folder)
            return place
    return None


def _places() -> list[Hierarchy]:
    places = []
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines():
            _, controllers, path = line.split(":", 2)
            if "memory" in controllers.split(","):
                folder = _ROOT / "memory" / path.lstrip("/")
                places.append(Hierarchy(1, folder, "memory.limit_in_bytes", "memory.oom_control"))
            elif not controllers:
                folder = _ROOT / path.lstrip("/")
                places.append(Hierarchy(2, folder, "memory.max", "memory.events"))
    return places


def _can_limit(place: Hierarchy) -> bool:
    """Find out by making a group and giving it a limit."""
    try:
        name = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place.folder)
    except OSError:
        return False
    try:
        limit = Path(name, place.limit)
        if not limit.is_file():  # version 2 with the controller off: a write would make a file
            return False
        limit.write_text(str(_MIB << 10), encoding="ascii")
    except OSError:
        return False
    finally:
        with contextlib.suppress(OSError):
            Path(name).rmdir()
    return True


def _sweep(folder: Path) -> None:
    """Remove the empty groups of processes that were killed before they could."""
    for each in folder.glob(f"{_PREFIX}*"):
        found = _OURS.match(each.name)
        if found and not Path("/proc", found[1]).exists():
            with contextlib.suppress(OSError):
                each.rmdir()


def make(place: Hierarchy, memory_mib: int) -> Group:
    """Make a group for one box, named after this process, and limit it."""
    name = f"{_PREFIX}{os.getpid()}"
    parent = os.open(place.folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    os.mkdir(name, dir_fd=parent)
    folder = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=parent)
    _write(folder, place.limit, str(memory_mib * _MIB))
    if place.version == 2:
        with contextlib.suppress(OSError):  # a kernel without swap has no such file
            _write(folder, "memory.swap.max", "0")
    return Group(name, parent, folder, place.events)


def _write(folder: int, name: str, text: str) -> None:
    file = os.open(name, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def _read(folder: int, name: str) -> str:
    file = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        return os.read(file, 65536).decode()
    finally:
        os.close(file)
