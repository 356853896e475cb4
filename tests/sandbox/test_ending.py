"""Which ending follows from what was collected, as a table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lrquiz.model.run import Ending, Limits
from lrquiz.sandbox.collect import Collected, Cut
from lrquiz.sandbox.ending import one_line, run_from
from lrquiz.sandbox.wire import (
    DETAIL,
    EXIT_ERROR,
    EXIT_MEMORY,
    EXIT_PROCESSES,
    REPLY,
    Report,
    frame,
)

LIMITS = Limits(cpu_seconds=2)
GOOD = frame(REPLY, b"data")
BASE = Collected(Report(ready=True, fault=""), None, 0.1, b"", b"", GOOD)


def exited(code: int, reply: bytes = b"") -> Collected:
    return replace(BASE, report=replace(BASE.report, status=code << 8), reply=reply)


def killed(number: int, cpu_seconds: float = 0.0, cut: Cut | None = None) -> Collected:
    report = replace(BASE.report, status=number, cpu_seconds=cpu_seconds)
    return replace(BASE, report=report, cut=cut)


TABLE = [
    (BASE, Ending.OK, ""),
    (exited(0), Ending.RUNTIME_ERROR, "did it call exit?"),
    (exited(0, GOOD[:-1]), Ending.RUNTIME_ERROR, "damaged"),
    (exited(0, GOOD + b"x"), Ending.RUNTIME_ERROR, "damaged"),
    (exited(EXIT_ERROR, frame(DETAIL, b"TypeError: no")), Ending.RUNTIME_ERROR, "TypeError: no"),
    (exited(EXIT_ERROR, GOOD), Ending.RUNTIME_ERROR, "exit code 81"),
    (exited(5), Ending.RUNTIME_ERROR, "exit code 5"),
    (exited(EXIT_MEMORY, frame(DETAIL, b"MemoryError")), Ending.MEMORY_LIMIT, "1024 MiB"),
    (exited(EXIT_PROCESSES), Ending.PROCESS_LIMIT, "16 processes"),
    (killed(9, cpu_seconds=2.0), Ending.CPU_LIMIT, "2 seconds"),
    (killed(9, cpu_seconds=0.3), Ending.MEMORY_LIMIT, "memory"),
    (killed(11), Ending.RUNTIME_ERROR, "killed by signal 11 (segmentation fault)"),
    (killed(9, cut=Cut.TIME), Ending.TIME_LIMIT, "20 seconds"),
    (killed(9, cut=Cut.OUTPUT), Ending.OUTPUT_LIMIT, "printed"),
    (replace(BASE, cut=Cut.REPLY), Ending.OUTPUT_LIMIT, "returned"),
    (
        replace(BASE, report=Report(ready=False, fault="mount: EPERM"), cut=Cut.TIME),
        Ending.INTERNAL_ERROR,
        "mount: EPERM",
    ),
]


@pytest.mark.parametrize(("collected", "ending", "detail"), TABLE)
def test_ending(collected: Collected, ending: Ending, detail: str) -> None:
    """Only exit code 0 with one whole reply is OK; a fault of set-up is ours whatever else."""
    run = run_from(collected, LIMITS, "full")
    assert run.ending is ending
    assert detail in run.detail
    assert (run.reply == b"data") is (ending is Ending.OK)


def test_detail_is_one_harmless_line() -> None:
    """Control characters, direction marks and length cannot get from an exception into a report."""
    text = one_line("a\x1b[2J\nb\u202ec\x9b" + "d" * 1000)
    assert text.startswith("a [2J b c d")
    assert text.isprintable()
    assert len(text) == 300
