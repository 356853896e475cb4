"""Operators that leave out, move or repeat a call of the training loop."""

from __future__ import annotations

import ast

from tests.diagnosis.mutant_parts import (
    Made,
    by_hand,
    called_on,
    in_order,
    lines_of,
    optimizers,
    receivers,
    scope,
    steps_in,
    within,
)
from tests.diagnosis.splices import Splices, is_call, method_statements


def no_zero_grad(tree: ast.Module, source: str) -> Made | None:
    """Remove every `zero_grad()`; the line is that of `backward`."""
    gone, backwards = method_statements(tree, "zero_grad"), method_statements(tree, "backward")
    if not gone or not backwards or by_hand(tree):
        return None
    return Made(Splices().without(source, gone), ("G1", "G5"), lines_of(backwards))


def no_zero_grad_of_one(tree: ast.Module, source: str) -> Made | None:
    """Remove the first `zero_grad()` of several, each of another optimizer's."""
    gone, backwards = method_statements(tree, "zero_grad"), method_statements(tree, "backward")
    names = [ast.unparse(called_on(each)) for each in gone]
    if len(names) != 2 or len(set(names)) != 2 or set(names) - receivers(tree) or not backwards:
        return None
    return Made(Splices().without(source, gone[:1]), ("G5", "G1"), lines_of(backwards))


def no_backward(tree: ast.Module, source: str) -> Made | None:
    """Remove every `backward()`; the line is that of `step`, or of what is gone."""
    gone, steps = method_statements(tree, "backward"), steps_in(tree)
    if not gone or not steps:
        return None
    return Made(Splices().without(source, gone), ("G6",), lines_of([*steps, *gone]))


def no_step(tree: ast.Module, source: str) -> Made | None:
    """Remove every `step()` of the optimizers; the line is that of `backward`."""
    gone, backwards = steps_in(tree), method_statements(tree, "backward")
    if not gone or not backwards:
        return None
    return Made(Splices().without(source, gone), ("O1",), lines_of(backwards))


def no_step_of_one(tree: ast.Module, source: str) -> Made | None:
    """Remove the `step()` of one of two optimizers; the line is where it is made or trained."""
    gone = steps_in(tree)
    names = [ast.unparse(called_on(each)) for each in gone]
    if len(names) != 2 or len(set(names)) != 2:
        return None
    made = [e.lineno for e, _ in optimizers(tree) if ast.unparse(e.targets[0]) == names[0]]
    backwards = method_statements(tree, "backward")
    return Made(Splices().without(source, gone[:1]), ("O2",), (*made, *lines_of(backwards)))


def zero_between(tree: ast.Module, source: str) -> Made | None:
    """Move `zero_grad` between `backward` and `step`."""
    found = in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    zero, _, step = found[0]
    splices = Splices().without(source, [zero]).before(source, step, ast.unparse(zero) + "; ")
    return Made(splices, ("G3",), (step.lineno,))


def step_before_backward(tree: ast.Module, source: str) -> Made | None:
    """Swap `step` and `backward`."""
    found = in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    _, back, step = found[0]
    splices = Splices().replaced(source, back, ast.unparse(step))
    splices = splices.replaced(source, step, ast.unparse(back))
    return Made(splices, ("G14", "G3"), (back.lineno, step.lineno))


def zero_once_per_loop(tree: ast.Module, source: str) -> Made | None:
    """Move `zero_grad` out of the innermost loop, to the line above it."""
    found = in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    zero, back, _ = found[0]
    loops = [e for e in ast.walk(tree) if isinstance(e, ast.For) and within(e, zero)]
    if len(loops) < 2:
        return None
    inner = max(loops, key=lambda each: each.lineno)
    splices = Splices().without(source, [zero]).line_above(source, inner, ast.unparse(zero))
    return Made(splices, ("G2", "G1"), (back.lineno, inner.lineno))


def step_twice(tree: ast.Module, source: str) -> Made | None:
    """Write `step()` twice."""
    found = in_order(tree, "zero_grad", "backward", "step")
    if found is None:
        return None
    step = found[0][2]
    splices = Splices().before(source, step, ast.unparse(step) + "; ")
    return Made(splices, ("G13",), (step.lineno,))


def rebuilt_each_step(tree: ast.Module, source: str) -> Made | None:
    """Make the optimizer anew in every batch, where it keeps a state."""
    found, made = in_order(tree, "zero_grad", "backward", "step"), optimizers(tree)
    if found is None or len(made) != 1 or is_call(made[0][1], "SGD"):
        return None
    statement, zero = made[0][0], found[0][0]
    if scope(tree, statement) is not scope(tree, zero):
        return None
    text = ast.unparse(statement)
    return Made(Splices().before(source, zero, text + "; "), ("O7",), (zero.lineno,))
