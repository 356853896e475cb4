"""Lines of mistakes that are no call: found in the syntax tree, near what the trace names."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from lrquiz.diagnosis.cut_spots import cut_off, made_a_number
from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.store_spots import cleared_by_hand, is_stored, kept, updated_by_hand

_Spot = Callable[[ast.AST, Facts, Finding], Iterator[int]]


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


def _misspelt(tree: ast.AST, facts: Facts, _: Finding) -> Iterator[int]:
    """Yield where the attribute is set that the trace names."""
    typos = {each.words.get("typo") for each in facts.trace.things.values()} - {None}
    for node in ast.walk(tree):
        stored = isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        if isinstance(node, ast.Attribute) and stored and node.attr in typos:
            yield node.lineno


def _put_away(tree: ast.AST, _: Facts, finding: Finding) -> Iterator[int]:
    """Yield where layers are made an attribute, if they are made a line or two before."""
    assigned = [each for each in ast.walk(tree) if isinstance(each, ast.Assign)]
    here = [each for each in assigned if each.lineno <= (finding.line or 0) <= _end(each)]
    names = {name.id for each in here for name in ast.walk(each) if is_stored(name)}
    for each in sorted(assigned, key=lambda one: one.lineno):
        loaded = {name.id for name in ast.walk(each.value) if isinstance(name, ast.Name)}
        attribute = any(isinstance(_base(target), ast.Attribute) for target in each.targets)
        if each.lineno > (finding.line or 0) and attribute and names & loaded:
            yield each.lineno


def _base(target: ast.AST) -> ast.AST:
    """Return what is stored to: of an entry, what holds it."""
    return _base(target.value) if isinstance(target, ast.Subscript) else target


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


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
    "A3": kept,
    "A6": _misspelt,
    "D1": _loop,
    "G3": cleared_by_hand,
    "O6": _put_away,
    "O11": _negated,
    "O12": updated_by_hand,
}
