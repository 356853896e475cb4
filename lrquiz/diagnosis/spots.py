"""Lines of mistakes that are no call: found in the syntax tree, near what the trace names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from lrquiz.diagnosis.cut_spots import cut_off, made_a_number
from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding

_Spot = Callable[[ast.AST, Facts, Finding], Iterator[int]]
_CLEARING = frozenset({"zero_", "fill_"})


def pinpointed(finding: Finding, facts: Facts, source: str) -> Finding:
    """Return a finding with the line of its statement, where the source tells a better one."""
    spot = _SPOTS.get(finding.code)
    if spot is None or not source:
        return finding
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return finding
    line = next(spot(tree, facts, finding), None)
    return finding if line is None else replace(finding, line=line)


def _is_grad(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "grad"


def _method(node: ast.AST) -> ast.Attribute | None:
    """Return the method that a node calls, if it calls one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func
    return None


def _reads_grad(node: ast.AST) -> bool:
    return any(_is_grad(each) for each in ast.walk(node))


def _cleared_by_hand(tree: ast.AST, facts: Facts, _: Finding) -> Iterator[int]:
    """Yield where gradients are set to None or to zero, where no `zero_grad` did it."""
    if facts.of_kind("zero_grad"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(map(_is_grad, node.targets)):
            yield node.lineno
        method = _method(node)
        if method is not None and method.attr in _CLEARING and _reads_grad(method.value):
            yield method.lineno


def _updated_by_hand(tree: ast.AST, _: Facts, __: Finding) -> Iterator[int]:
    """Yield where a name, or what a method changes in place, is given a value made of gradients."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign) and _reads_grad(node.value):
            yield node.lineno
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from (node.lineno for each in node.value.args[:1] if _reads_grad(each))


def _misspelt(tree: ast.AST, facts: Facts, _: Finding) -> Iterator[int]:
    """Yield where the attribute is set that the trace names."""
    typos = {each.words.get("typo") for each in facts.trace.things.values()} - {None}
    for node in ast.walk(tree):
        stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node, ast.Attribute) and stored and node.attr in typos:
            yield node.lineno


def _kept(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield where the variable that holds the history is added to."""
    held = [each for each in facts.of_kind("history") if each.line == finding.line]
    name = held[-1].words.get("name") if held else None
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.AugAssign | ast.Assign) and any(_named(e, name) for e in targets):
            constant = isinstance(node.value, ast.Constant | ast.List)
            found.append((constant, isinstance(node, ast.Assign), node.lineno))
        method = _method(node)
        if method is not None and method.attr == "append" and _named(method.value, name):
            found.append((False, False, method.lineno))
    yield from (line for constant, _, line in sorted(found) if not constant)


def _named(node: ast.AST | None, name: str | None) -> bool:
    return name is not None and name in {getattr(node, "id", None), getattr(node, "attr", None)}


def _put_away(tree: ast.AST, _: Facts, finding: Finding) -> Iterator[int]:
    """Yield where layers are made an attribute, if they are made a line or two before."""
    assigned = [each for each in ast.walk(tree) if isinstance(each, ast.Assign)]
    here = [each for each in assigned if each.lineno <= (finding.line or 0) <= _end(each)]
    names = {name.id for each in here for name in ast.walk(each) if _is_stored(name)}
    for each in sorted(assigned, key=lambda one: one.lineno):
        loaded = {name.id for name in ast.walk(each.value) if isinstance(name, ast.Name)}
        attribute = any(isinstance(target, ast.Attribute) for target in each.targets)
        if each.lineno > (finding.line or 0) and attribute and names & loaded:
            yield each.lineno


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


def _is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def _loop(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield the innermost loop that a loss is computed in, where no loader brings the rows."""
    if facts.of_kind("loader"):
        return
    at = finding.line or 0
    loops = [each for each in ast.walk(tree) if isinstance(each, ast.For | ast.While)]
    around = [each.lineno for each in loops if each.lineno < at <= (each.end_lineno or 0)]
    yield from sorted(around, reverse=True)[:1]


def _negated(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield the minus sign next to where the loss is computed or `backward` is called."""
    if finding.line in {each.line for each in facts.optimizers.values()}:
        return
    ends = (finding.line or 0, line_of(facts.of_kind("backward")) or 0)
    signs = [
        each.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.UnaryOp)
        and isinstance(each.op, ast.USub)
        and not isinstance(each.operand, ast.Constant)
    ]
    near = [(min(abs(each - end) for end in ends), each) for each in signs]
    yield from [line for off, line in sorted(near) if off <= _NEAR][:1]


_NEAR = 4
"""lines between a loss and its `backward`, at most"""
_SPOTS: Mapping[str, _Spot] = {
    "A1": cut_off,
    "A2": made_a_number,
    "A3": _kept,
    "A6": _misspelt,
    "D1": _loop,
    "G3": _cleared_by_hand,
    "O6": _put_away,
    "O11": _negated,
    "O12": _updated_by_hand,
}
