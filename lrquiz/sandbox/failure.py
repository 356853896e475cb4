"""Say what an exception out of student code was: for people, and as a hint for the ending.

All of it runs beside student code and may lie. It only describes runs that score zero anyway.
"""

from __future__ import annotations

import errno
import os
import sys
import traceback
from pathlib import Path

from lrquiz.sandbox.wire import EXIT_ERROR, EXIT_MEMORY, EXIT_PROCESSES

_OURS = str(Path(__file__).parents[1]) + os.sep
_FRAMES = 30
_SHOWN = 8_000
_NO_MEMORY = ("can't allocate memory", "not enough memory", "Cannot allocate memory")
_NO_THREAD = "can't start new thread"


def exit_code(error: BaseException) -> int:
    """Tell memory and processes that ran out from every other failure."""
    number = error.errno if isinstance(error, OSError) else None
    text = str(error) if isinstance(error, RuntimeError) else ""
    if isinstance(error, MemoryError) or number == errno.ENOMEM:
        return EXIT_MEMORY
    if any(words in text for words in _NO_MEMORY):
        return EXIT_MEMORY
    if number == errno.EAGAIN or _NO_THREAD in text:
        return EXIT_PROCESSES
    return EXIT_ERROR


def one_line(error: BaseException) -> str:
    """Return `TypeError: its message`."""
    return "".join(traceback.format_exception_only(error)).strip()


def show(error: BaseException) -> None:
    """Print the traceback to stderr as the interpreter would, without frames of ours."""
    summary = traceback.TracebackException.from_exception(error, limit=-_FRAMES, compact=True)
    _hide_ours(summary)
    text = "".join(summary.format())
    if len(text) > _SHOWN:
        text = text[: _SHOWN // 2] + "\n[...]\n" + text[-_SHOWN // 2 :]
    sys.stderr.write(text)


def _hide_ours(summary: traceback.TracebackException) -> None:
    seen: traceback.TracebackException | None = summary
    while seen is not None:
        student = [frame for frame in seen.stack if not frame.filename.startswith(_OURS)]
        seen.stack = traceback.StackSummary.from_list(student)
        seen = seen.__cause__ or seen.__context__
