"""The box from within: close it, then call the entry once. Runs as pid 1 of the box."""

from __future__ import annotations

import contextlib
import fcntl
import importlib
import os
import platform
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from lrquiz.sandbox import budget, failure, kernel, privileges, reduced, root
from lrquiz.sandbox.wire import DETAIL, EXIT_ERROR, READY, REPLY, frame

if TYPE_CHECKING:
    from lrquiz.model.run import Limits
    from lrquiz.sandbox.cgroup import Group, Hierarchy
    from lrquiz.sandbox.visible import Visible

Entry = Callable[[bytes], bytes]

# Taken now: student code may replace what a module offers, by accident or not.
_exit, _getpid, _send = os._exit, os.getpid, os.write

REPLY_FD = 3
_REQUEST_FD = 4
_LINK_FD = 5
_SAFELY_HIGH = 100
_DETAIL_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Job:
    """What a box is for: everything that its two processes need of the zygote and the parent."""

    entry: Entry
    visible: Visible
    seccomp: bytes
    limits: Limits
    request: int
    stdout: int
    stderr: int
    reply: int
    is_full: bool
    """in namespaces, or in the tier `reduced`"""
    memory: Hierarchy | None
    """where a group for the box can be made"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a box lives, as its supervisor made it."""

    owner: int
    """its user"""
    group: Group | None
    scratch: str = ""
    """in the tier `reduced`, the folder that it may write to"""


def run(job: Job, place: Place, link: int) -> NoReturn:
    """Close the box, tell the supervisor, and run the entry; never returns.

    `link` is a socket to the supervisor, on which either READY or the fault goes out.
    """
    try:
        _close(job, place, link)
        request = _read(_REQUEST_FD)
        os.write(_LINK_FD, READY)
        os.close(_LINK_FD)
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is our fault and is reported
        _tell_fault(link, error)
        os._exit(EXIT_ERROR)
    _call(job.entry, request, _getpid())


def _tell_fault(link: int, error: BaseException) -> None:
    text = f"{failure.one_line(error)}".encode(errors="replace")[:_DETAIL_BYTES]
    for descriptor in (link, _LINK_FD):  # the second after descriptors were moved
        try:
            os.write(descriptor, text)
        except OSError:
            continue
        return


def _close(job: Job, place: Place, link: int) -> None:
    """Build the wall from the inside; the order of the steps is what makes it one."""
    privileges.die_with_parent()
    os.setsid()
    os.umask(0o022)
    if place.group is not None:
        place.group.enter()
    mapped = budget.address_space()
    if job.is_full:
        _in_namespaces(job, place.owner, link, mapped)
    else:
        _in_place(job, place, link, mapped)


def _in_namespaces(job: Job, owner: int, link: int, mapped: int) -> None:
    """Close a box of the tier `full`."""
    proc = privileges.open_proc()
    privileges.write_proc(proc, "oom_score_adj", "1000")  # rather us than the grader
    root.build(job.visible, job.limits.disk_mib, owner)
    kernel.set_hostname("box")
    privileges.become(owner, proc)
    os.close(proc)
    _forget_the_grader(job.visible, root.HOME)
    _keep_descriptors(job, link)
    # An ordinary user's supervisor lives in the box's user namespace and counts as its process.
    budget.apply(job.limits, mapped, spare_processes=int(owner == privileges.BOX_USER))
    privileges.renounce()
    privileges.die_with_parent(_LINK_FD)
    kernel.set_seccomp_filter(job.seccomp)


def _in_place(job: Job, place: Place, link: int, mapped: int) -> None:
    """Close a box of the tier `reduced`."""
    proc = privileges.open_proc()
    privileges.write_proc(proc, "oom_score_adj", "1000")
    os.close(proc)
    theirs = reduced.tasks_of(place.owner)  # the limit counts what the user has elsewhere as well
    is_same_user = place.owner == os.geteuid()
    reduced.become(place.owner, job.visible)
    _forget_the_grader(job.visible, reduced.move_in(place.scratch, job.visible.data))
    _keep_descriptors(job, link)
    budget.apply(job.limits, mapped, spare_processes=theirs)
    reduced.explain_what_is_missing()
    reduced.close_files(job.visible, place.scratch)
    privileges.die_with_parent(_LINK_FD)
    kernel.set_seccomp_filter(reduced.seccomp(platform.machine(), is_same_user=is_same_user))


def _keep_descriptors(job: Job, link: int) -> None:
    """Put the pipes in their places and close every other descriptor."""
    moved = [
        fcntl.fcntl(descriptor, fcntl.F_DUPFD, _SAFELY_HIGH)
        for descriptor in (job.stdout, job.stderr, job.reply, job.request, link)
    ]
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, place in zip(
        (null, *moved), (0, 1, 2, REPLY_FD, _REQUEST_FD, _LINK_FD), strict=True
    ):
        os.dup2(descriptor, place, inheritable=place <= 2)
    kernel.close_from(_LINK_FD + 1)


def _forget_the_grader(visible: Visible, home: str) -> None:
    """Leave student code no way to import lrquiz, and none of the zygote's state."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "lrquiz"]:
        del sys.modules[name]
    sys.modules["__main__"] = types.ModuleType("__main__")
    sys.argv[:] = ["submission.py"]
    sys.path[:] = [*filter(visible.holds_packages, sys.path), home]
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()
    for stream in (sys.stdout, sys.stderr):
        # Lines go out as they are printed, so that those before a crash are seen. The zygote's
        # streams are text files, though sys declares less.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)  # type: ignore[union-attr]


def _read(descriptor: int) -> bytes:
    with open(descriptor, "rb") as file:
        file.seek(0)
        return file.read()


def _call(entry: Entry, request: bytes, own: int) -> NoReturn:
    """Call the entry and end; from here on everything in this process is the student's.

    The end comes without the interpreter's own clean-up, which students can extend.
    """
    code = EXIT_ERROR
    try:
        code, answer = _outcome(entry, request)
        if _getpid() == own:  # else a child that the student forked came back: it has no say
            _write(REPLY_FD, answer)
    except BaseException:  # noqa: BLE001 - an exception that raises when it is looked at, no memory
        code = code or EXIT_ERROR
    finally:
        _exit(code)


def _outcome(entry: Entry, request: bytes) -> tuple[int, bytes]:
    """Return the exit code and the frame that says how the call went."""
    try:
        code, answer = 0, frame(REPLY, entry(request))
    except SystemExit:
        code, answer = 0, b""  # no reply: the parent says so
    except BaseException as error:  # noqa: BLE001 - student code may raise anything
        code = failure.exit_code(error)
        answer = _described(error)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # it may be anything by now
            stream.flush()
    return code, answer


def _described(error: BaseException) -> bytes:
    try:
        failure.show(error)
        line = failure.one_line(error)
    except Exception:  # noqa: BLE001 - no memory left, or it cannot be printed
        line = type(error).__name__
    return frame(DETAIL, line.encode(errors="replace")[:_DETAIL_BYTES])


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[_send(descriptor, rest) :]
