"""Lines where a value is stored: weights and gradients changed by hand, histories added to."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import TypeGuard

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.flows import Flows, attribute

_CLEARING = frozenset({"zero_", "fill_"})
_ADDING = frozenset({"append", "appendleft", "extend", "insert"})
_BEGINNINGS = (ast.Constant, ast.List, ast.Dict)
"""what a history begins with"""


def _is_grad(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "grad"


def _method(node: ast.AST) -> ast.Attribute | None:
    """Return the method that a node calls, if it calls one."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func
    return None


def _reads_grad(node: ast.AST) -> bool:
    return any(_is_grad(each) for each in ast.walk(node))


def cleared_by_hand(tree: ast.AST, facts: Facts, _: Finding) -> Iterator[int]:
    """Yield where gradients are set to None or to zero, where no `zero_grad` did it."""
    if facts.of_kind("zero_grad"):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(map(_is_grad, node.targets)):
            yield node.lineno
        method = _method(node)
        if method is not None and method.attr in _CLEARING and _reads_grad(method.value):
            yield method.lineno


def updated_by_hand(tree: ast.AST, _: Facts, __: Finding) -> Iterator[int]:
    """Yield where a name, or what a method changes in place, is given a value made of gradients.

    First where that is the name of a loop, then where it had another value before.
    """
    yield from _rebound(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign) and _reads_grad(node.value):
            yield node.lineno
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield from (node.lineno for each in node.value.args[:1] if _reads_grad(each))


def _rebound(tree: ast.AST) -> Iterator[int]:
    """Yield where a name that a loop sets, or that is read in the same breath, is bound anew."""
    flows = Flows(tree)
    looped = {key for each in flows.steps if isinstance(each.node, ast.For) for key in each.into}
    made = flows.out_of({attribute("grad")})
    found = []
    for step in flows.steps:
        names = {target.id for target in getattr(step.node, "targets", []) if is_stored(target)}
        keys = flows.keys(step.value, step.scope)
        if names and step.into <= made and keys & made and not isinstance(step.node, ast.For):
            order = 0 if step.into & looped else 1 if step.into & keys else 2
            found.append((order, step.value.lineno))
    yield from (line for order, line in sorted(found) if order < 2)


def kept(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield where the variable that holds the history is added to; of a dictionary, by its key."""
    held = [each for each in facts.of_kind("history") if each.line == finding.line]
    words = held[-1].words if held else {}
    found = []
    for node in ast.walk(tree):
        for stored, grows in _stores(node):
            if _named(stored, words):
                found.append((not grows, getattr(node, "lineno", 0)))
    yield from (line for _, line in sorted(found))


def _stores(node: ast.AST) -> Iterator[tuple[ast.AST, bool]]:
    """Yield what a statement stores to, and whether it is added to what was there before."""
    if isinstance(node, ast.AugAssign):
        yield node.target, True
    elif isinstance(node, ast.Assign) and not isinstance(node.value, _BEGINNINGS):
        own = [ast.unparse(each) for each in ast.walk(node.value) if isinstance(each, ast.expr)]
        yield from ((each, ast.unparse(each) in own) for each in node.targets)
    method = _method(node)
    if method is not None and method.attr in _ADDING:
        yield method.value, True


def _named(node: ast.AST, words: Mapping[str, str]) -> bool:
    """Say whether an expression is the variable or attribute of a name, or an entry of it."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        other = isinstance(key, ast.Constant) and str(key.value) != words.get("key", str(key.value))
        return not other and _named(node.value, words)
    return words.get("name") in {getattr(node, "id", ""), getattr(node, "attr", "")}


def is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    """Say whether a node is a variable that is stored to."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
