"""Edits of a program's text at the nodes of its syntax tree; all other text stays as it is."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


def is_call(node: ast.AST, *names: str) -> bool:
    """Say whether a node calls something by one of these names, with or without a prefix."""
    if not isinstance(node, ast.Call):
        return False
    return getattr(node.func, "attr", getattr(node.func, "id", "")) in names


def method_statements(part: ast.AST | list[ast.stmt], method: str) -> list[ast.Expr]:
    """Return the statements that do nothing but call a method, in the order of the text.

    Of a block, those that stand in it themselves; of anything else, all in it.
    """
    nodes = part if isinstance(part, list) else list(ast.walk(part))
    found = [
        each
        for each in nodes
        if isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Call)
        and isinstance(each.value.func, ast.Attribute)
        and each.value.func.attr == method
    ]
    return sorted(found, key=lambda each: (each.lineno, each.col_offset))


def statement_lists(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Yield every block of a program."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                yield block


@dataclass(frozen=True, slots=True)
class Splices:
    """Pieces of text to be replaced: (first character, character after the last, new text)."""

    edits: tuple[tuple[int, int, str], ...] = ()

    def applied(self, source: str) -> str:
        """Return the program with all edits made."""
        for start, end, text in sorted(self.edits, reverse=True):
            source = source[:start] + text + source[end:]
        return source

    def line_after(self, source: str, line: int) -> int:
        """Return where a line of the program is afterwards; of a negative one, what is above it."""
        start = _offset(source, abs(line), 0)
        moved = (t.count("\n") - source[a:b].count("\n") for a, b, t in self.edits if a <= start)
        return abs(line) + sum(moved) - (line < 0)

    def replaced(self, source: str, node: ast.expr | ast.stmt, text: str) -> Splices:
        """Return the edits with a node replaced."""
        start, end = _span(source, node)
        return Splices((*self.edits, (start, end, text)))

    def without(self, source: str, statements: list[ast.Expr]) -> Splices:
        """Return the edits with statements replaced by `pass`, on as many lines as they had."""
        made = self
        for each in statements:
            start, end = _span(source, each)
            made = made.replaced(source, each, "pass" + "\n" * source[start:end].count("\n"))
        return made

    def before(self, source: str, node: ast.stmt, text: str) -> Splices:
        """Return the edits with text right before a statement."""
        start, _ = _span(source, node)
        return Splices((*self.edits, (start, start, text)))

    def after(self, source: str, node: ast.stmt, text: str) -> Splices:
        """Return the edits with text right after a statement."""
        _, end = _span(source, node)
        return Splices((*self.edits, (end, end, text)))

    def around(self, source: str, node: ast.expr, left: str, right: str) -> Splices:
        """Return the edits with text on both sides of an expression."""
        start, end = _span(source, node)
        return Splices((*self.edits, (start, start, left), (end, end, right)))

    def line_above(self, source: str, node: ast.stmt, text: str) -> Splices:
        """Return the edits with a line of its own above a statement, as deep as that."""
        start = _offset(source, node.lineno, 0)
        return Splices((*self.edits, (start, start, " " * node.col_offset + text + "\n")))


def _span(source: str, node: ast.expr | ast.stmt) -> tuple[int, int]:
    end = _offset(source, node.end_lineno or node.lineno, node.end_col_offset or 0)
    return _offset(source, node.lineno, node.col_offset), end


def _offset(source: str, line: int, column: int) -> int:
    """Return the place among all characters of a line and what the tree counts in bytes."""
    lines = source.split("\n")
    before = sum(len(each) + 1 for each in lines[: line - 1])
    return before + len(lines[line - 1].encode()[:column].decode())
