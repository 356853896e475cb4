"""The warm interpreter: imports the entry once, then forks a supervisor for every box.

It never runs student code and never holds a request: it passes on file descriptors.
"""

from __future__ import annotations

import array
import gc
import importlib
import os
import platform
import select
import signal
import socket
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

from lrquiz.sandbox import cgroup, failure, filters, scratch, supervisor
from lrquiz.sandbox.inside import Entry, Job
from lrquiz.sandbox.visible import Visible, visible
from lrquiz.sandbox.wire import Report, limits_from_bytes, report_to_bytes

_MESSAGE_BYTES = 4096
_DESCRIPTORS = 5


@dataclass
class _Zygote:
    """What is ready before the first box is asked for."""

    parent: socket.socket
    entry: Entry
    visible: Visible
    seccomp: bytes
    is_full: bool
    memory: cgroup.Hierarchy | None
    leash: tuple[int, int] = field(default_factory=os.pipe)
    supervisors: dict[int, int] = field(default_factory=dict)
    """pid of each living supervisor by the descriptor that tells its end"""


def main(
    parent_fd: int, parent_pid: int, entry: str, *, is_full: bool, data: Sequence[str] = ()
) -> None:
    """Import the entry, say so, and serve until the parent closes its socket or ends."""
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    parent = socket.socket(fileno=parent_fd)
    try:
        watch = os.pidfd_open(parent_pid)
        program = filters.program(platform.machine())
        scratch.sweep()
        seen = visible(data)
        zygote = _Zygote(parent, _load(entry), seen, program, is_full, cgroup.find())
        fault = ""
    except BaseException as error:  # noqa: BLE001 - the parent is told and decides
        fault = failure.one_line(error)
    parent.send(report_to_bytes(Report(ready=not fault, fault=fault[-_MESSAGE_BYTES // 4 :])))
    if not fault:
        gc.collect()
        gc.freeze()  # a collection in a box would copy every page it looks at
        _serve(zygote, watch)
    os._exit(0)  # nothing of torch needs tidying up


def _load(entry: str) -> Entry:
    module, _, name = entry.partition(":")
    loaded: Entry = getattr(importlib.import_module(module), name)
    _let_torch_look_at_the_processor()
    return loaded


def _let_torch_look_at_the_processor() -> None:
    """Make torch choose its kernels now: it reads /proc/cpuinfo, which no box shows.

    A box would choose the slowest ones, whose results differ in the last digits.
    """
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.backends.cpu.get_cpu_capability()


def _serve(zygote: _Zygote, watch: int) -> None:
    """Fork a box for every message; end, with all boxes, when nobody is left to ask for one."""
    poll = select.poll()
    poll.register(watch, select.POLLIN)
    poll.register(zygote.parent, select.POLLIN)
    while True:
        ready = {descriptor for descriptor, _ in poll.poll()}
        for ended in ready & set(zygote.supervisors):
            poll.unregister(ended)
            _reap(zygote, ended)
        if watch in ready:
            break
        if zygote.parent.fileno() in ready:
            started = _start_one(zygote)
            if started is None:
                break
            poll.register(started, select.POLLIN)
    _end_all(zygote)


def _reap(zygote: _Zygote, ended: int) -> None:
    os.waitpid(zygote.supervisors.pop(ended), 0)
    os.close(ended)


def _end_all(zygote: _Zygote) -> None:
    os.close(zygote.leash[1])
    for ended in list(zygote.supervisors):
        _reap(zygote, ended)


def _start_one(zygote: _Zygote) -> int | None:
    """Take one message and fork its supervisor; return the descriptor that tells its end."""
    try:
        message, descriptors = _receive(zygote.parent)
    except ConnectionError:
        return None
    if not message:
        return None
    request, stdout, stderr, reply, control_fd = descriptors
    limits = limits_from_bytes(message)
    pipes = (request, stdout, stderr, reply)
    given = (zygote.entry, zygote.visible, zygote.seccomp, limits)
    job = Job(*given, *pipes, zygote.is_full, zygote.memory)
    with socket.socket(fileno=control_fd) as control:
        pid = _fork(zygote, job, control)
    for descriptor in pipes:
        os.close(descriptor)
    ended = os.pidfd_open(pid)
    zygote.supervisors[ended] = pid
    return ended


def _receive(parent: socket.socket) -> tuple[bytes, list[int]]:
    """Receive one message with its descriptors, none of which survives an exec."""
    integers = array.array("i")
    space = socket.CMSG_SPACE(_DESCRIPTORS * integers.itemsize)
    message, ancillary, _, _ = parent.recvmsg(_MESSAGE_BYTES, space, socket.MSG_CMSG_CLOEXEC)
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            integers.frombytes(data[: len(data) - len(data) % integers.itemsize])
    return message, list(integers)


def _fork(zygote: _Zygote, job: Job, control: socket.socket) -> int:
    """Fork a supervisor.

    Python warns of forks beside threads: torch's idle native threads are no danger to children
    that never use what those hold, and nobody reads the zygote's warnings.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        zygote.parent.close()
        os.close(zygote.leash[1])
        supervisor.supervise(job, control, zygote.leash[0])
    return pid
