"""Leave out of a cell what only notebooks understand: magics, shell lines, requests for help.

Python's own grammar never begins a statement with `%`, `!` or `?`, so a line is left out only where
a statement begins; `% 2` on the second line of an expression and `!` inside a text stay.
"""

from __future__ import annotations

import re

_MAGIC = re.compile(
    r"\s*(?:%|!|\?{1,2}\s*[\w.%]+\s*$|[\w.%]+\?{1,2}\s*$|[A-Za-z_][\w, .]*=\s*(?:!|%{1,2}[A-Za-z]))"
)
_CELL_MAGIC = re.compile(r"\s*%%(\w*)")
_KEEPS_PYTHON = ("capture", "time", "prun", "timeit")
"""cell magics whose cells are ordinary Python below the first line"""
_QUOTES = ('"""', "'''", '"', "'")


def without_magics(cell: str) -> tuple[str, int]:
    """Return a cell's Python and how many lines were left out; a comment stands for each."""
    lines = cell.splitlines()
    first = next((line for line in lines if line.strip()), "")
    magic = _CELL_MAGIC.match(first)
    if magic and magic[1] not in _KEEPS_PYTHON:
        return "\n".join(f"# left out: {line}" for line in lines), len(lines)
    kept, count = _without_lines(lines)
    return "\n".join(kept), count


def _without_lines(lines: list[str]) -> tuple[list[str], int]:
    """Return lines with a stand-in for each that is left out, and how many those are."""
    state, going_on, count = _State(), False, 0
    kept: list[str] = []
    for line in lines:
        begins = state.statement_begins and bool(_MAGIC.match(line))
        if going_on:
            kept.append(f"# left out: {line.strip()}")
        elif begins:
            kept.append(_stand_in(line))
        else:
            kept.append(line)
            state.read(line)
            continue
        count += 1
        going_on = line.endswith("\\")
    return kept, count


def _stand_in(line: str) -> str:
    text = line.strip()
    indent = line[: len(line) - len(line.lstrip())]
    # In a block it may have been the only statement, and a block needs one.
    return f"{indent}pass  # left out: {text}" if indent else f"# left out: {text}"


class _State:
    """Whether the next line begins a statement: no bracket, text or backslash is open."""

    def __init__(self) -> None:
        self._brackets = 0
        self._quote = ""
        self._backslash = False

    @property
    def statement_begins(self) -> bool:
        return not (self._brackets or self._quote or self._backslash)

    def read(self, line: str) -> None:
        """Take one more line of Python into account."""
        at = 0
        self._backslash = False
        while at < len(line):
            at = self._in_text(line, at) if self._quote else self._in_code(line, at)
        if len(self._quote) == 1 and not self._backslash:
            self._quote = ""  # a text in single quotes ends with its line, closed or not

    def _in_text(self, line: str, at: int) -> int:
        if line[at] == "\\":
            self._backslash = at + 1 == len(line)
            return at + 2
        if line.startswith(self._quote, at):
            at += len(self._quote)
            self._quote = ""
            return at
        return at + 1

    def _in_code(self, line: str, at: int) -> int:
        character = line[at]
        if character == "#":
            return len(line)
        self._quote = next((each for each in _QUOTES if line.startswith(each, at)), "")
        if self._quote:
            return at + len(self._quote)
        if character in "([{":
            self._brackets += 1
        elif character in ")]}":
            self._brackets = max(0, self._brackets - 1)
        self._backslash = character == "\\" and at + 1 == len(line)
        return at + 1
