"""Turn what was collected of a run into its Run: which ending, in which words."""

from __future__ import annotations

import os
import re
import signal

from lrquiz.model.run import FULL, Ending, Limits, Run
from lrquiz.sandbox.collect import Collected, Cut
from lrquiz.sandbox.wire import DETAIL, EXIT_MEMORY, EXIT_PROCESSES, REPLY, unframe

_DETAIL_CHARACTERS = 300
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_CPU_SLACK = 0.5
"""the kernel counts a process's CPU time in ticks and we add that of several"""


def run_from(collected: Collected, limits: Limits, tier: str) -> Run:
    """Decide the ending of a run and gather all that is known of it."""
    ending, detail = _ending(collected, limits, tier)
    return Run(
        ending=ending,
        detail=one_line(detail),
        reply=unframe(collected.reply, REPLY) if ending is Ending.OK else None,
        stdout=collected.stdout.decode(errors="replace"),
        stderr=collected.stderr.decode(errors="replace"),
        wall_seconds=collected.wall_seconds,
        cpu_seconds=collected.report.cpu_seconds,
        memory_mib=collected.report.memory_mib,
        tier=tier,
    )


def fault(detail: str, tier: str, wall_seconds: float = 0.0) -> Run:
    """Return the Run of a box that failed through no fault of the student's."""
    detail = one_line(detail)
    return Run(Ending.INTERNAL_ERROR, detail, None, "", "", wall_seconds, 0.0, 0.0, tier)


def one_line(text: str) -> str:
    """Return text on one line, without control characters and not too long."""
    text = _CONTROL.sub(" ", text).strip()
    return text if len(text) <= _DETAIL_CHARACTERS else text[: _DETAIL_CHARACTERS - 3] + "..."


def _ending(collected: Collected, limits: Limits, tier: str) -> tuple[Ending, str]:
    if not collected.report.ready:
        reason = collected.report.fault or "it ended before it was ready"
        return Ending.INTERNAL_ERROR, f"the box could not be set up: {reason}"
    if collected.cut is not None:
        return _by_parent(collected.cut, limits)
    status = collected.report.status
    if collected.report.ran_out and not (status == 0 and unframe(collected.reply, REPLY)):
        text = f"its processes need more than {limits.memory_mib} MiB of memory together"
        return Ending.MEMORY_LIMIT, text
    if os.WIFSIGNALED(status):
        return _by_signal(os.WTERMSIG(status), collected.report.cpu_seconds, limits, tier)
    return _by_exit(os.WEXITSTATUS(status), collected, limits)


def _by_parent(cut: Cut, limits: Limits) -> tuple[Ending, str]:
    if cut is Cut.TIME:
        return Ending.TIME_LIMIT, f"not finished after {limits.wall_seconds:g} seconds"
    if cut is Cut.OUTPUT:
        return Ending.OUTPUT_LIMIT, f"printed more than {limits.output_bytes} bytes"
    return Ending.OUTPUT_LIMIT, f"returned more than {limits.reply_bytes} bytes"


def _by_signal(number: int, cpu_seconds: float, limits: Limits, tier: str) -> tuple[Ending, str]:
    killed = number in (signal.SIGKILL, signal.SIGXCPU)
    if killed and cpu_seconds >= limits.cpu_seconds - _CPU_SLACK:
        return Ending.CPU_LIMIT, f"used more than {limits.cpu_seconds} seconds of CPU time"
    if killed and tier == FULL:
        # Nobody inside can kill a box's first process, and we did not: the kernel ran out.
        return Ending.MEMORY_LIMIT, "killed by the machine, most likely for want of memory"
    name = (signal.strsignal(number) or "unknown").lower()
    return Ending.RUNTIME_ERROR, f"killed by signal {number} ({name})"


def _by_exit(code: int, collected: Collected, limits: Limits) -> tuple[Ending, str]:
    """Read the exit code; the box may lie, but only between endings that all score zero."""
    if code == 0 and unframe(collected.reply, REPLY) is not None:
        return Ending.OK, ""
    if code == 0:
        damaged = "its result was damaged" if collected.reply else "did it call exit?"
        return Ending.RUNTIME_ERROR, f"ended without a result ({damaged})"
    said = unframe(collected.reply, DETAIL) or b""
    detail = said.decode(errors="replace") or f"ended with exit code {code}"
    if code == EXIT_MEMORY:
        return Ending.MEMORY_LIMIT, f"needs more than {limits.memory_mib} MiB of memory: {detail}"
    if code == EXIT_PROCESSES:
        most = limits.processes
        return Ending.PROCESS_LIMIT, f"wants more than {most} processes and threads: {detail}"
    return Ending.RUNTIME_ERROR, detail
