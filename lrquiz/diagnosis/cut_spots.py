"""Lines where a tensor leaves its graph."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding

WHOLE = "whole"
"""the number of a finding that is about the loss, not about a layer"""
_LEAVES = frozenset({"requires_grad", "requires_grad_"})
_NEAR = 6
"""lines between a cut and its `backward`, at most"""
_CUTS = frozenset({"detach", "detach_", "data", "numpy", "item", "tolist"})


def cut_off(tree: ast.AST, _: Facts, finding: Finding) -> Iterator[int]:
    """Yield where a tensor leaves its graph: near the layer that is cut off, or the loss.

    Of a layer: in its function, in what that calls, and in any `forward`.
    """
    if finding.numbers.get(WHOLE):
        yield from _nearest(tree, finding.line or 0)
        return
    near = _enclosing(tree, finding.line or 0)
    called = {
        each.func.id
        for each in ast.walk(near)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)
    }
    helpers = [
        each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef) and each.name in called
    ]
    models = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.name == "forward"
    ]
    for part in (near, *helpers, *models):
        yield from sorted(
            each.lineno
            for each in ast.walk(part)
            if isinstance(each, ast.Attribute) and each.attr in _CUTS and not _is_logged(part, each)
        )


def _nearest(tree: ast.AST, line: int) -> Iterator[int]:
    """Yield the line, up to that of `backward`, of the cut or the new leaf that is next to it."""
    found = [
        each.lineno
        for each in ast.walk(_enclosing(tree, line))
        if (isinstance(each, ast.Attribute) and each.attr in _CUTS | _LEAVES)
        or (isinstance(each, ast.keyword) and each.arg in _LEAVES)
    ]
    yield from sorted((each for each in found if line - _NEAR <= each <= line), reverse=True)[:1]


def _is_logged(part: ast.AST, node: ast.Attribute) -> bool:
    """Say whether a value is taken to be printed, appended or made a number of."""
    if node.attr == "item":
        return True
    return any(
        isinstance(each, ast.Call)
        and getattr(each.func, "attr", getattr(each.func, "id", "")) in {"append", "print", "write"}
        and any(inner is node for inner in ast.walk(each))
        for each in ast.walk(part)
    )


def _enclosing(tree: ast.AST, line: int) -> ast.AST:
    """Return the innermost function that a line is in, or everything."""
    found = tree
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef) and each.lineno <= line <= (each.end_lineno or 0):
            found = each
    return found


def made_a_number(tree: ast.AST, _: Facts, finding: Finding) -> Iterator[int]:
    """Yield where a sum has a term that is made a number; what is summed to be shown comes last."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Return) and node.value is not None:
            sums = isinstance(node, ast.AugAssign) or any(
                isinstance(each, ast.BinOp) and isinstance(each.op, ast.Add | ast.Sub)
                for each in ast.walk(node.value)
            )
            if sums and any(map(_is_number, ast.walk(node.value))):
                tracked = isinstance(node, ast.AugAssign) or not _adds_bare(node)
                after = finding.line is not None and node.lineno < finding.line
                found.append((tracked, after, node.lineno))
    yield from (line for *_, line in sorted(found))


def _is_number(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in _CUTS
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"


def _adds_bare(node: ast.stmt) -> bool:
    """Say whether a sum has also a term that is no number: else it is only for show."""
    value = getattr(node, "value", None)
    if not isinstance(value, ast.BinOp):
        return False
    sides = (value.left, value.right)
    return any(not any(map(_is_number, ast.walk(side))) for side in sides)
