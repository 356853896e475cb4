"""Operators on modes and clipping."""

from __future__ import annotations

import ast

from tests.diagnosis.mutant_parts import Made, in_order, lines_of, scope
from tests.diagnosis.splices import Splices, is_call, method_statements


def no_eval(tree: ast.Module, source: str) -> Made | None:
    """Remove every `eval()`; the line is that of a call of the model without training."""
    gone = method_statements(tree, "eval")
    if not gone:
        return None
    near = {
        each.lineno
        for statement in gone
        for each in ast.walk(scope(tree, statement))
        if isinstance(each, ast.Call) and each.lineno >= statement.lineno
    }
    return Made(Splices().without(source, gone), ("M2",), tuple(near))


def no_train(tree: ast.Module, source: str) -> Made | None:
    """Remove every `train()` where there is an `eval()`; the line is that of the last."""
    gone, evals = method_statements(tree, "train"), method_statements(tree, "eval")
    if not gone or not evals:
        return None
    return Made(Splices().without(source, gone), ("M1",), lines_of([*evals, *gone]))


def clip_moved(tree: ast.Module, source: str, *, after: bool) -> Made | None:
    """Move the clipping out of its place between `backward` and `step`."""
    clips = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Expr)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, "clip_grad_norm_")
    ]
    found = in_order(tree, "backward", "step")
    if len(clips) != 1 or found is None or clips[0] not in found[1]:
        return None
    back, step = found[0]
    splices = Splices().without(source, clips)
    text = ast.unparse(clips[0])
    if after:
        return Made(splices.after(source, step, "; " + text), ("G7",), (step.lineno,))
    return Made(splices.before(source, back, text + "; "), ("G8",), (back.lineno,))


def clip_after_step(tree: ast.Module, source: str) -> Made | None:
    """Clip when the step is done."""
    return clip_moved(tree, source, after=True)


def clip_before_backward(tree: ast.Module, source: str) -> Made | None:
    """Clip before there are gradients."""
    return clip_moved(tree, source, after=False)
