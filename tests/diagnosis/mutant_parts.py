"""What operators look for in a syntax tree: optimizers, their calls, losses, schedules."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from tests.diagnosis.splices import Splices, is_call, method_statements, statement_lists

Maker = Callable[[ast.Module, str], "Made | None"]


@dataclass(frozen=True, slots=True)
class Made:
    """What an operator did."""

    splices: Splices
    codes: tuple[str, ...]
    at: tuple[int, ...]
    """right lines, counted in the program as it was"""


_MAKERS = (
    "SGD",
    "Adam",
    "AdamW",
    "RMSprop",
    "Adagrad",
    "NAdam",
    "RAdam",
    "Adamax",
    "Adadelta",
    "SparseAdam",
)


OF_EPOCHS = ("StepLR", "MultiStepLR", "ExponentialLR", "CosineAnnealingLR")


def optimizers(tree: ast.AST) -> list[tuple[ast.Assign, ast.Call]]:
    """Return the statements `name = SGD(...)` and what they call."""
    return assigned(tree, _MAKERS)


def assigned(tree: ast.AST, makers: tuple[str, ...]) -> list[tuple[ast.Assign, ast.Call]]:
    return [
        (each, each.value)
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, *makers)
    ]


def receivers(tree: ast.AST) -> frozenset[str]:
    """Return what a program calls its optimizers: what is assigned, or cleared and stepped."""
    cleared = {ast.unparse(called_on(each)) for each in method_statements(tree, "zero_grad")}
    stepped = {ast.unparse(called_on(each)) for each in method_statements(tree, "step")}
    return frozenset(ast.unparse(each.targets[0]) for each, _ in optimizers(tree)) | (
        cleared & stepped
    )


def called_on(statement: ast.Expr) -> ast.expr:
    call = statement.value
    assert isinstance(call, ast.Call)
    assert isinstance(call.func, ast.Attribute)
    return call.func.value


def steps_in(tree: ast.AST) -> list[ast.Expr]:
    names = receivers(tree)
    found = method_statements(tree, "step")
    return [e for e in found if ast.unparse(called_on(e)) in names and not arguments(e)]


def arguments(statement: ast.Expr) -> bool:
    call = statement.value
    return isinstance(call, ast.Call) and bool(call.args or call.keywords)


def lines_of(nodes: list[ast.Expr]) -> tuple[int, ...]:
    return tuple(each.lineno for each in nodes)


def by_hand(tree: ast.AST) -> bool:
    """Say whether gradients are set by hand anywhere."""
    return any(
        isinstance(each, ast.Attribute) and each.attr == "grad" and isinstance(each.ctx, ast.Store)
        for each in ast.walk(tree)
    )


def in_order(tree: ast.Module, *methods: str) -> tuple[list[ast.Expr], list[ast.stmt]] | None:
    """Return the first statements of one block that call these methods, in this order."""
    names = receivers(tree)
    for block in statement_lists(tree):
        found = [method_statements(block, m) for m in methods]
        kept = list(zip(*found, strict=False))
        if len(kept) == 1 and all(
            m == "backward" or ast.unparse(called_on(e)) in names
            for m, e in zip(methods, kept[0], strict=True)
        ):
            statements = list(kept[0])
            if lines_of(statements) == tuple(sorted(lines_of(statements))):
                return statements, block
    return None


def within(outer: ast.stmt, inner: ast.stmt) -> bool:
    return any(each is inner for each in ast.walk(outer))


def scope(tree: ast.Module, node: ast.stmt) -> ast.AST:
    """Return the innermost function that a statement is in, or the module."""
    held = [e for e in ast.walk(tree) if isinstance(e, ast.FunctionDef) and within(e, node)]
    return max(held, key=lambda each: each.lineno, default=tree)


def loss_calls(tree: ast.Module, function: str, maker: str) -> list[ast.Call]:
    """Return the calls of a loss as a function, or by a name that such a module was given."""
    names = {ast.unparse(each.targets[0]) for each, _ in assigned(tree, (maker,))}
    return [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.Call)
        and len(each.args) >= 2
        and (is_call(each, function) or ast.unparse(each.func) in names)
    ]


def lines_that_give(tree: ast.Module, name: str) -> tuple[int, ...]:
    return tuple(
        each.lineno
        for each in ast.walk(tree)
        if isinstance(each, ast.Assign) and name in {ast.unparse(e) for e in each.targets}
    )
