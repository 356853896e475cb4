"""The tier `reduced`: what stands around a box where no namespace may be made.

Landlock in place of a root of its own, a system-call filter that knows no socket, another user
where the grader is root, and a supervisor that adopts whatever the box leaves behind and ends it.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.sandbox import denials_reduced, filters, kernel, landlock, privileges
from lrquiz.sandbox.denials import ArgumentDenial, Denial
from lrquiz.sandbox.landlock import Grant

if TYPE_CHECKING:
    from lrquiz.sandbox.visible import Visible

_HIGH_USER, _HIGHEST_OF_A_CONTAINER, _USERS = 0x7000_0000, 65_533, 5_000
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_HOMES = {"HOME": "box", "TMPDIR": "tmp", "MPLCONFIGDIR": "tmp/matplotlib"}
_OF_ITSELF = ("fd", "maps", "stat", "statm", "status", "limits", "environ", "cmdline", "comm")
"""what a box reads about its first process; not `net`, `mountinfo`, `cgroup`, or `task`, which has
them too: without namespaces these are the machine's connections and mounts"""
_READ_ANY_FILE = 1 << 2  # CAP_DAC_READ_SEARCH
_NOT_SHARED = (
    "locks and memory that processes share cannot be had in the tier 'reduced': "
    "use num_workers=0, or threads instead of processes"
)


def box_user() -> int:
    """Return who the box is: as root a user of nobody else's, else the grader's own user."""
    own = os.geteuid()
    if own != 0:
        return own
    first, _, count = Path("/proc/self/uid_map").read_text(encoding="ascii").split()[:3]
    if int(first) + int(count) > _HIGH_USER + (1 << 23):
        return _HIGH_USER + os.getpid()
    return _HIGHEST_OF_A_CONTAINER - os.getpid() % _USERS


def become(user: int, visible: Visible) -> None:
    """Be the box's user for good, with no capability but one that reading may need.

    Root may have Python in a folder of its own. The box's user gets into that only past the modes
    of files, which lets it read no more than what Landlock grants.
    """
    if user != os.geteuid():
        privileges.empty_bounding_set()
        os.setgroups([])
        os.setresgid(user, user, user)
        kernel.prctl(kernel.PR_SET_KEEPCAPS, 1)
        os.setresuid(user, user, user)
        wanted = (*visible.system, *visible.packages, *visible.data)
        readable = all(os.access(path, os.R_OK) for path in wanted)
        kernel.keep_capabilities(0 if readable else _READ_ANY_FILE)
        kernel.prctl(kernel.PR_SET_DUMPABLE, 1)


def move_in(scratch: str, data: Iterable[str] = ()) -> str:
    """Make the scratch folder home and temporary folder, with links to data; return the home."""
    os.environ["LOGNAME"] = "student"  # there is no account to look up
    for name, place in _HOMES.items():
        os.environ[name] = str(Path(scratch, place))
    tempfile.tempdir = None  # asked for anew
    home = str(Path(scratch, "box"))
    os.chdir(home)
    for path in data:
        Path(home, Path(path).name).symlink_to(path)
    return home


def explain_what_is_missing() -> None:
    """Say in one sentence why DataLoader workers fail here: /dev/shm is everybody's.

    For people alone: whoever goes round it is refused by Landlock.
    """
    try:
        semaphores = importlib.import_module("_multiprocessing")
    except ImportError:  # then Python says so itself
        return

    class Refused:
        SEM_VALUE_MAX = semaphores.SemLock.SEM_VALUE_MAX

        def __init__(self, *_: object) -> None:
            raise PermissionError(_NOT_SHARED)

    semaphores.SemLock = Refused  # type: ignore[attr-defined]


def close_files(visible: Visible, scratch: str) -> None:
    """Leave the box the files that `visible` names, and its scratch folder."""
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict([*_grants(visible), Grant(scratch, landlock.WRITE)])


def _grants(visible: Visible) -> Iterator[Grant]:
    for path in visible.system:
        yield from _without(path, visible.masked)
    yield from (Grant(path, landlock.READ) for path in visible.packages)
    yield from (Grant(path, landlock.READ) for path in visible.data)
    # Python lists a folder before it imports from it: names are seen, contents are not.
    folders = {str(Path(path).parent) for path in visible.packages}
    yield from (Grant(folder, landlock.READ_DIR) for folder in sorted(folders))
    yield from (Grant(path, landlock.USE) for path in _DEVICES)
    for name in _OF_ITSELF:
        yield Grant(f"/proc/self/{name}", landlock.READ_FILE | landlock.READ_DIR)


def _without(path: str, masked: tuple[str, ...]) -> Iterator[Grant]:
    """Grant a folder, but not what lies in the masked ones: grants hold for whole trees."""
    inner = [each for each in masked if Path(each).is_relative_to(path)]
    if not inner:
        yield Grant(path, landlock.READ)
        return
    yield Grant(path, landlock.READ_DIR)
    if path not in inner:
        for entry in Path(path).iterdir():
            yield from _without(str(entry), tuple(inner))


def seccomp(machine: str, *, is_same_user: bool) -> bytes:
    """Return the filter of a box that is this process, of the grader's user or of another."""
    plain: tuple[Denial, ...] = denials_reduced.DENIALS
    by_argument: tuple[ArgumentDenial, ...] = ()
    if is_same_user:
        plain = (*plain, *denials_reduced.SAME_USER)
        by_argument = denials_reduced.SAME_USER_BY_ARGUMENT
    if is_same_user and landlock.version() < landlock.SCOPES_SIGNALS:
        more, more_by_argument = denials_reduced.signals(os.getpid())
        plain, by_argument = (*plain, *more), (*by_argument, *more_by_argument)
    return filters.program(machine, plain, by_argument)


def tasks_of(user: int) -> int:
    """Count the processes and threads that a user has: the kernel's limit counts them all."""
    count = 0
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if each.stat().st_uid == user:
                count += sum(1 for _ in (each / "task").iterdir())
    return count
