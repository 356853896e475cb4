"""What flows into what in a program's source: assignments, results of functions, attributes.

It is read from the syntax tree in no order, so it holds somewhat more than what truly flows. It
only serves to choose a line among those that a trace leaves open.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = tuple[str, str]
"""a variable, with the function that binds it; an attribute, of anything; a function's result"""
_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_RESULT, _ATTRIBUTE = "result of", "attribute"
_ADDERS = frozenset({"append", "appendleft", "extend", "add", "insert", "update", "setdefault"})
"""methods by which a value gets into what they are called on"""


@dataclass(frozen=True, slots=True)
class Step:
    """A place where a value gets into something: an assignment, a loop, a return, a call."""

    node: ast.AST
    value: ast.expr
    into: frozenset[Key]
    scope: str

    def covers(self, line: int) -> bool:
        """Say whether a line is of what is computed here."""
        return self.value.lineno <= line <= (self.value.end_lineno or 0)


class Flows:
    """All steps of a program.

    Args:
        tree: its syntax tree.
    """

    def __init__(self, tree: ast.AST) -> None:
        self._functions = {e.name: e for e in ast.walk(tree) if isinstance(e, _Function)}
        self._bound = {name: _bound(each) for name, each in self._functions.items()}
        self.steps = tuple(self._steps(tree, ""))

    def keys(self, node: ast.AST, scope: str) -> frozenset[Key]:
        """Return what an expression in a function reads."""
        return frozenset(self._read(node, scope))

    def into(self, wanted: Iterable[Key]) -> frozenset[Key]:
        """Return what may flow into any of these keys, themselves included."""
        found = frozenset(wanted)
        while True:
            more = [self.keys(e.value, e.scope) for e in self.steps if e.into & found]
            grown = found.union(*more)
            if grown == found:
                return found
            found = grown

    def out_of(self, sources: Iterable[Key]) -> frozenset[Key]:
        """Return what any of these keys may flow into, themselves included."""
        found = frozenset(sources)
        while True:
            more = [e.into for e in self.steps if self.keys(e.value, e.scope) & found]
            grown = found.union(*more)
            if grown == found:
                return found
            found = grown

    def _read(self, node: ast.AST, scope: str) -> Iterator[Key]:
        for each in ast.walk(node):
            if isinstance(each, ast.Name):
                yield self._variable(each.id, scope)
            elif isinstance(each, ast.Attribute):
                yield _ATTRIBUTE, each.attr
            if isinstance(each, ast.Call):
                name = called(each)
                yield _RESULT, name if name in self._functions else "forward"

    def _variable(self, name: str, scope: str) -> Key:
        return (scope if name in self._bound.get(scope, ()) else "", name)

    def _steps(self, parent: ast.AST, scope: str) -> Iterator[Step]:
        for node in ast.iter_child_nodes(parent):
            inner = node.name if isinstance(node, _Function) else scope
            yield from self._of(node, scope)
            yield from self._steps(node, inner)

    def _of(self, node: ast.AST, scope: str) -> Iterator[Step]:
        for target, value in _assigned(node):
            yield Step(node, value, frozenset(self._targets(target, scope)), scope)
        if isinstance(node, ast.Return) and node.value is not None:
            yield Step(node, node.value, frozenset({(_RESULT, scope)}), scope)
        elif isinstance(node, ast.Call):
            function = self._functions.get(called(node))
            given = [*node.args, *(each.value for each in node.keywords)]
            into = {(function.name, each) for each in _parameters(function)} if function else set()
            if isinstance(node.func, ast.Attribute) and node.func.attr in _ADDERS:
                into |= set(self._targets(node.func.value, scope))
            yield from (Step(node, each, frozenset(into), scope) for each in given if into)

    def _targets(self, target: ast.AST, scope: str) -> Iterator[Key]:
        """Yield what is stored to: of `a.b` the attribute, of `a[k]` all of `a`."""
        if isinstance(target, ast.Name):
            yield self._variable(target.id, scope)
        elif isinstance(target, ast.Attribute):
            yield _ATTRIBUTE, target.attr
        elif isinstance(target, ast.Subscript | ast.Starred):
            yield from self._targets(target.value, scope)
        elif isinstance(target, ast.Tuple | ast.List):
            for each in target.elts:
                yield from self._targets(each, scope)


def attribute(name: str) -> Key:
    """Return the key of an attribute, of anything."""
    return _ATTRIBUTE, name


def called(call: ast.Call) -> str:
    """Return the name of what is called, of a method its own; empty where it has none."""
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield what a statement stores to, with the value, of tuples one by one."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _paired(target, node.value)
    elif isinstance(node, ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
        yield node.target, node.value
    elif isinstance(node, ast.For | ast.comprehension):
        yield node.target, node.iter
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield node.optional_vars, node.context_expr


def _paired(target: ast.expr, value: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        yield from zip(target.elts, value.elts, strict=False)
    else:
        yield target, value


def _parameters(function: _Function) -> list[str]:
    given = function.args
    return [each.arg for each in (*given.posonlyargs, *given.args, *given.kwonlyargs)]


def _bound(function: _Function) -> frozenset[str]:
    """Return the variables of a function: its parameters, and what it stores to."""
    stored = {
        each.id
        for each in ast.walk(function)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    }
    outer = {
        name
        for each in ast.walk(function)
        if isinstance(each, ast.Global | ast.Nonlocal)
        for name in each.names
    }
    return frozenset((stored | set(_parameters(function))) - outer)
