"""Lines of the watched code, which are asked for several times in every step."""

from __future__ import annotations

import sys
from types import CodeType, FrameType


class Lines:
    """Finds the line of one file that led to a call.

    Python counts lines from the first of a function each time; here each place is counted once.
    Most questions come from the same function as the one before.

    Args:
        filename: of the watched code; None where no lines are wanted.
    """

    def __init__(self, filename: str | None) -> None:
        self._filename = filename
        self._code: CodeType | None = None
        self._lines: dict[int, int] = {}
        """of the function that asked last: by place in its code, the line"""
        self._known: dict[int, tuple[CodeType, dict[int, int]]] = {}
        """the same of every function, by `id`; it stays alive so"""

    def above(self, calls: int = 2) -> int | None:
        """Return the line of the innermost call in the file, if there is one.

        Args:
            calls: so many calls above this one the search begins; 2 is whoever called what asks.
        """
        frame: FrameType | None = sys._getframe(calls)  # noqa: SLF001 - the way to one's callers
        while frame is not None:
            code = frame.f_code
            if code is not self._code and code.co_filename != self._filename:
                frame = frame.f_back
            else:
                if code is not self._code:
                    self._turn_to(code)
                return self._lines.get(frame.f_lasti) or self._count(frame)
        return None

    def _turn_to(self, code: CodeType) -> None:
        self._code, self._lines = self._known.setdefault(id(code), (code, {}))

    def _count(self, frame: FrameType) -> int | None:
        line = frame.f_lineno
        if line:
            self._lines[frame.f_lasti] = line
        return line
