"""Lines where a tensor leaves its graph."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.flows import Flows, Key, Step, called
from lrquiz.diagnosis.rules.cuts import layers_cut_off

WHOLE = "whole"
"""the number of a finding that is about the loss, not about a layer"""
_LEAVES = frozenset({"requires_grad", "requires_grad_"})
_NEAR = 6
"""lines between a cut and its `backward`, at most"""
_CUTS = frozenset({"detach", "detach_", "data", "numpy", "item", "tolist"})
_JUMPS = frozenset({"argmax", "argmin", "round", "sign", "floor", "ceil", "bernoulli", "one_hot"})
"""operations that have no gradient, or none but zero"""
_MADE_ANEW = frozenset({"float", "tensor", "as_tensor", "from_numpy"})
"""calls that take only the value of what they are given"""


def cut_off(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield where a tensor leaves its graph: after the layers that are cut off, or at the loss.

    Of layers: on the way from where they are called to the later layer that the finding names, or
    to `backward`.
    """
    line = finding.line or 0
    if finding.numbers.get(WHOLE):
        yield from _nearest(tree, line)
        return
    flows = Flows(tree)
    layers = _called_at(facts)
    for goal in (_given(flows, tree, line), _differentiated(flows, tree)):
        yield from _between(flows, layers, goal, line)


def made_a_number(tree: ast.AST, facts: Facts, finding: Finding) -> Iterator[int]:
    """Yield where a term is made a number on its way from its own line to `backward`."""
    flows, line = Flows(tree), finding.line or 0
    goal = _differentiated(flows, tree)
    yield from _between(flows, {line}, goal, line)
    yield from _between(flows, _called_at(facts), goal, line)
    wanted = flows.into(goal)
    steps = [each for each in flows.steps if each.into & wanted]
    places = {place for each in steps for place, _ in _cuts_in(each)}
    yield from sorted(places, key=lambda each: (abs(each - line), each))


def _called_at(facts: Facts) -> frozenset[int]:
    """Return where the layers that are cut off were called first."""
    return frozenset(int(facts.says(each, "used_at")) for each in layers_cut_off(facts))


def _given(flows: Flows, tree: ast.AST, line: int) -> frozenset[Key]:
    """Return what the calls of a line are given, and what is made of it in its statement."""
    scope = getattr(_enclosing(tree, line), "name", "")
    calls = [e for e in ast.walk(tree) if isinstance(e, ast.Call) and e.lineno == line]
    given = (each for call in calls for each in call.args)
    here = (step.into for step in flows.steps if step.covers(line))
    return frozenset().union(*(flows.keys(each, scope) for each in given), *here)


def _differentiated(flows: Flows, tree: ast.AST) -> frozenset[Key]:
    """Return what `backward` is called on."""
    calls = [e for e in ast.walk(tree) if isinstance(e, ast.Call) and called(e) == "backward"]
    scopes = [getattr(_enclosing(tree, each.lineno), "name", "") for each in calls]
    return frozenset().union(
        *(flows.keys(each, scope) for each, scope in zip(calls, scopes, strict=True))
    )


def _between(
    flows: Flows, lines: Collection[int], goal: Collection[Key], near: int
) -> Iterator[int]:
    """Yield the cuts on the way from what is computed in some lines to a goal.

    Those next to a line come first.
    """
    wanted = flows.into(goal)
    begun = [each for each in flows.steps if any(map(each.covers, lines))]
    held = flows.out_of(key for each in begun for key in each.into)
    found = {
        place
        for step in flows.steps
        if step.into & wanted
        for place, cut in _cuts_in(step)
        if flows.keys(cut, step.scope) & held or any(_spans(cut, line) for line in lines)
    }
    yield from sorted(found, key=lambda each: (abs(each - near), each))
    yield from sorted(
        step.value.lineno
        for step in flows.steps
        if step.into & wanted
        and flows.keys(step.value, step.scope) & held
        and _has_no_gradient(step.value)
    )


def _has_no_gradient(value: ast.AST) -> bool:
    """Say whether a value comes of a comparison, or of an operation that jumps."""
    return any(
        isinstance(each, ast.Compare) or (isinstance(each, ast.Call) and called(each) in _JUMPS)
        for each in ast.walk(value)
    )


def _cuts_in(step: Step) -> Iterator[tuple[int, ast.AST]]:
    """Yield every cut in a step: its line, and what is cut."""
    for each in ast.walk(step.value):
        if isinstance(each, ast.Attribute) and each.attr in _CUTS:
            yield each.end_lineno or each.lineno, each.value
        elif isinstance(each, ast.Call) and called(each) in _MADE_ANEW:
            yield from ((each.lineno, given) for given in each.args[:1])


def _spans(node: ast.AST, line: int) -> bool:
    first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", 0)
    calls = any(isinstance(each, ast.Call) for each in ast.walk(node))
    return calls and first <= line <= last


def _nearest(tree: ast.AST, line: int) -> Iterator[int]:
    """Yield the line, up to that of `backward`, of the cut or the new leaf that is next to it."""
    found = [
        each.lineno
        for each in ast.walk(_enclosing(tree, line))
        if (isinstance(each, ast.Attribute) and each.attr in _CUTS | _LEAVES)
        or (isinstance(each, ast.keyword) and each.arg in _LEAVES)
    ]
    yield from sorted((each for each in found if line - _NEAR <= each <= line), reverse=True)[:1]


def _enclosing(tree: ast.AST, line: int) -> ast.AST:
    """Return the innermost function that a line is in, or everything."""
    found = tree
    for each in ast.walk(tree):
        if isinstance(each, ast.FunctionDef) and each.lineno <= line <= (each.end_lineno or 0):
            found = each
    return found
