"""The process between the zygote and a box: it makes the namespaces, waits, kills and reports."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from lrquiz.sandbox import cgroup, failure, inside, privileges, reaper, reduced, scratch
from lrquiz.sandbox.inside import Place
from lrquiz.sandbox.wire import READY, Report, report_to_bytes

if TYPE_CHECKING:
    from lrquiz.sandbox.inside import Job

_FAULT_BYTES = 4000


def supervise(job: Job, control: socket.socket, leash: int) -> NoReturn:
    """Run one box and report on `control` when it and all in it are dead; never returns.

    The box is killed when the parent sends a message or closes `control`, and when the zygote
    ends, which closes the other end of the pipe `leash`. That one gives no report: the parent then
    tries again with a new zygote, unless it wanted the end itself.
    """
    with contextlib.ExitStack() as afterwards, contextlib.suppress(OSError):
        try:
            report: Report | None = _supervise(job, control, leash, afterwards)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is ours and is reported
            report = Report(ready=False, fault=failure.one_line(error))
        if report is not None:
            control.send(report_to_bytes(report))  # fails where the parent is gone
        control.close()
    os._exit(0)


def _supervise(
    job: Job, control: socket.socket, leash: int, afterwards: contextlib.ExitStack
) -> Report | None:
    os.setsid()
    group = cgroup.make(job.memory, job.limits.memory_mib) if job.memory else None
    try:
        if job.is_full:
            place = Place(privileges.enter_namespaces(), group)
            privileges.die_with_parent(leash)
            return _box(job, place, control, leash)
        user = reduced.box_user()
        folder = scratch.make(user)
        afterwards.callback(scratch.remove, folder)  # a large one takes longer than a parent waits
        return _reduced_box(job, Place(user, group, folder), control, leash)
    finally:
        if group is not None:
            group.remove()


def _reduced_box(job: Job, place: Place, control: socket.socket, leash: int) -> Report | None:
    """Run a box that no pid namespace ends: what it leaves is ended here.

    So the kernel must not end this process when the zygote dies: the leash tells it.
    """
    reaper.adopt()
    try:
        report = _box(job, place, control, leash)
    finally:
        reaper.end_descendants(place.owner)
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return report and replace(report, cpu_seconds=usage.ru_utime + usage.ru_stime)


def _box(job: Job, place: Place, control: socket.socket, leash: int) -> Report | None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    child = os.fork()
    if child == 0:
        ours.close()
        inside.run(job, place, theirs.detach())
    theirs.close()
    for descriptor in (job.stdout, job.stderr, job.reply, job.request):
        os.close(descriptor)  # else the parent would never see their end
    abandoned = _wait_or_kill(child, control.fileno(), leash)
    report = _report(child, ours, place.group)
    return None if abandoned else report


def _wait_or_kill(child: int, control: int, leash: int) -> bool:
    """Return when the box has ended or was killed; True if that was because the zygote ends."""
    ended = os.pidfd_open(child)
    poll = select.poll()
    for descriptor in (ended, control, leash):
        poll.register(descriptor, select.POLLIN)
    ready = {descriptor for descriptor, _ in poll.poll()}
    if control in ready:
        with contextlib.suppress(OSError):
            os.read(control, 1)  # closing it with this unread would take our report back
    if ended not in ready:
        os.kill(child, signal.SIGKILL)
    return leash in ready and ended not in ready


def _report(child: int, link: socket.socket, group: cgroup.Group | None) -> Report:
    """Collect the box. When its pid 1 can be waited for, all its other processes are dead."""
    _, status, usage = os.wait4(child, 0)
    said = link.recv(_FAULT_BYTES)
    return Report(
        ready=said == READY,
        fault="" if said == READY else said.decode(errors="replace"),
        status=status,
        cpu_seconds=usage.ru_utime + usage.ru_stime,
        memory_mib=usage.ru_maxrss / 1024,
        ran_out=group is not None and group.ran_out,
    )
