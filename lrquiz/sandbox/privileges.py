"""Enter the namespaces, and give up every privilege before student code runs."""

from __future__ import annotations

import os
import select
import signal
from pathlib import Path

from lrquiz.sandbox import kernel

BOX_USER = 1000
"""who student code is inside its own user namespace"""

_HIGH_USER = 0x7000_0000
"""Where root keeps the users of its boxes: far above real accounts; the supervisor's pid is added,
so that boxes alive at once belong to different users."""

_NAMESPACES = (
    kernel.CLONE_NEWNS  # its own root directory
    | kernel.CLONE_NEWPID  # sees and signals no process outside; dies as a whole with its init
    | kernel.CLONE_NEWNET  # no interface, not even loopback services
    | kernel.CLONE_NEWIPC  # shared memory and queues end with the box
    | kernel.CLONE_NEWUTS  # a host name that names no machine
    | kernel.CLONE_NEWCGROUP  # hides where in the machine's tree the grader runs
)
_LOCKED_SECUREBITS = 0xEF  # noroot, no setuid fixup, no keep-caps, no ambient raise; all locked
_LAST_CAPABILITY = 63


def is_machine_root() -> bool:
    """Tell whether we are root over all user ids, and not merely root of some container."""
    if os.geteuid() != 0:
        return False
    mapped = Path("/proc/self/uid_map").read_text(encoding="ascii").split()
    return mapped == ["0", "0", "4294967295"]


def enter_namespaces() -> int:
    """Move into new namespaces and return the box's user, as mounts made from here name it.

    Root keeps its own user namespace until the root directory stands, so that packages under a
    folder that only root may read can be bound. An ordinary user needs a user namespace for all
    the others, with its ids mapped before the first folder is made on the new tmpfs (else
    EOVERFLOW).
    """
    if is_machine_root():
        kernel.unshare(_NAMESPACES)
        return _HIGH_USER + os.getpid()
    outside = (os.geteuid(), os.getegid())
    kernel.unshare(kernel.CLONE_NEWUSER | _NAMESPACES)
    proc = open_proc()
    _map_ids(proc, *outside)
    os.close(proc)
    return BOX_USER


def open_proc() -> int:
    """Open the machine's /proc, for the few lines to be written in it later."""
    return os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def write_proc(proc: int, name: str, text: str) -> None:
    """Write one file of this process's own folder of an opened /proc."""
    file = os.open(f"self/{name}", os.O_WRONLY | os.O_CLOEXEC, dir_fd=proc)
    try:
        os.write(file, text.encode())
    finally:
        os.close(file)


def _map_ids(proc: int, user: int, group: int) -> None:
    write_proc(proc, "setgroups", "deny")
    write_proc(proc, "uid_map", f"{BOX_USER} {user} 1")
    write_proc(proc, "gid_map", f"{BOX_USER} {group} 1")


def become(owner: int, proc: int) -> None:
    """As root, become the box's user for good, in a user namespace of its own.

    Without the namespace the process limit would count other boxes of the same user, and root's
    limits would not bind at all.
    """
    if owner == BOX_USER:
        return
    os.setgroups([])
    os.setresgid(owner, owner, owner)
    os.setresuid(owner, owner, owner)
    kernel.prctl(kernel.PR_SET_DUMPABLE, 1)  # else our own /proc folder belongs to root
    kernel.unshare(kernel.CLONE_NEWUSER)
    _map_ids(proc, owner, owner)


def renounce() -> None:
    """Drop all capabilities in such a way that nothing, not even exec, brings them back."""
    kernel.prctl(kernel.PR_CAP_AMBIENT, kernel.PR_CAP_AMBIENT_CLEAR_ALL)
    kernel.prctl(kernel.PR_SET_SECUREBITS, _LOCKED_SECUREBITS)
    empty_bounding_set()
    kernel.keep_capabilities()
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def empty_bounding_set() -> None:
    """Leave no capability that a program with file capabilities could give back."""
    for capability in range(_LAST_CAPABILITY + 1):
        try:
            kernel.prctl(kernel.PR_CAPBSET_DROP, capability)
        except OSError:  # past the last one this kernel knows
            break


def die_with_parent(link: int | None = None) -> None:
    """Ask the kernel for SIGKILL when our parent ends; a change of user forgets it, so ask last.

    `link` is a socket to the parent: if it is closed already, the parent ended before we asked.
    """
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if link is not None:
        poll = select.poll()
        poll.register(link, 0)
        if poll.poll(0):
            os._exit(1)
