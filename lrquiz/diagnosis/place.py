"""Where a finding is in the source: the columns of the statement at its line."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from lrquiz.diagnosis.program import Program


@dataclass(frozen=True, slots=True)
class Place:
    """Part of one line of a program."""

    line: int
    """counted from 1; of a notebook, in the source of all its cells"""
    column: int
    """of the first character, counted from 1"""
    end_column: int
    """of the character after the last"""
    text: str
    """the whole line"""
    cell: tuple[int, int] | None = None
    """of a notebook, which cell and which line in it"""


def place_of(program: Program, line: int | None) -> Place | None:
    """Return the part of a line that its innermost statement takes; None where there is none."""
    lines = program.source.split("\n")
    if line is None or not 1 <= line <= len(lines):
        return None
    text = lines[line - 1].rstrip()
    start = len(text) - len(text.lstrip())
    found = _statement(program.source, line)
    if found is not None and found.lineno == line:
        start = _characters(text, found.col_offset)
    end = len(text)
    if found is not None and not hasattr(found, "body") and found.end_lineno == line:
        end = _characters(text, found.end_col_offset or 0)
    return Place(line, start + 1, max(end, start + 1) + 1, text, program.cell_of(line))


def _characters(text: str, offset: int) -> int:
    """Return as characters what the syntax tree counts in bytes."""
    return len(text.encode()[:offset].decode(errors="ignore"))


def _statement(source: str, line: int) -> ast.stmt | None:
    """Return the innermost statement of a line; None where there are several, or none."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    covering = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    least = min((_height(each) for each in covering), default=0)
    innermost = [each for each in covering if _height(each) == least]
    return innermost[-1] if len(innermost) == 1 else None


def _height(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno
