"""Operators on rates, schedules and what an optimizer holds."""

from __future__ import annotations

import ast

from tests.diagnosis.mutant_parts import (
    OF_EPOCHS,
    Made,
    arguments,
    assigned,
    called_on,
    optimizers,
    scope,
    steps_in,
    within,
)
from tests.diagnosis.splices import Splices, is_call, method_statements


def _rate(tree: ast.Module, source: str, factor: float, code: str) -> Made | None:
    made = optimizers(tree)
    rates = [
        (each.lineno, word.value)
        for each, call in made
        for word in call.keywords
        if word.arg == "lr" and isinstance(word.value, ast.Constant)
    ]
    if len(rates) != 1 or len(made) != 1:
        return None
    line, value = rates[0]
    assert isinstance(value, ast.Constant)
    new = f"{float(str(value.value)) * factor:g}"
    return Made(Splices().replaced(source, value, new), (code,), (line, value.lineno))


def rate_times_1000(tree: ast.Module, source: str) -> Made | None:
    """Multiply the rate by a thousand."""
    return _rate(tree, source, 1e3, "H1")


def rate_over_100000(tree: ast.Module, source: str) -> Made | None:
    """Divide the rate by a hundred thousand."""
    return _rate(tree, source, 1e-5, "H2")


def _scheduled(tree: ast.Module) -> tuple[ast.Assign, ast.Expr] | None:
    """Return where the one schedule of epochs is made, and where it is stepped."""
    made = assigned(tree, OF_EPOCHS)
    if len(made) != 1:
        return None
    name = ast.unparse(made[0][0].targets[0])
    calls = [e for e in method_statements(tree, "step") if ast.unparse(called_on(e)) == name]
    return (made[0][0], calls[0]) if len(calls) == 1 and not arguments(calls[0]) else None


def schedule_per_batch(tree: ast.Module, source: str) -> Made | None:
    """Step a schedule of epochs after every step of the optimizer."""
    found, steps = _scheduled(tree), steps_in(tree)
    if found is None or len(steps) != 1 or scope(tree, found[1]) is not scope(tree, steps[0]):
        return None
    made, call = found
    if not _is_deeper(tree, steps[0], call):
        return None
    splices = Splices().without(source, [call]).after(source, steps[0], "; " + ast.unparse(call))
    return Made(splices, ("S1", "S4"), (steps[0].lineno, made.lineno))


def _is_deeper(tree: ast.Module, one: ast.stmt, other: ast.stmt) -> bool:
    loops = [each for each in ast.walk(tree) if isinstance(each, ast.For)]
    return sum(within(e, one) for e in loops) > sum(within(e, other) for e in loops)


def no_schedule(tree: ast.Module, source: str) -> Made | None:
    """Make a schedule and never step it; the line is where it is made."""
    found = _scheduled(tree)
    if found is None:
        return None
    return Made(Splices().without(source, [found[1]]), ("S6",), (found[0].lineno,))


def schedule_first(tree: ast.Module, source: str) -> Made | None:
    """Step the schedule at the head of its loop."""
    found, steps = _scheduled(tree), steps_in(tree)
    if found is None or not steps:
        return None
    call = found[1]
    loops = [e for e in ast.walk(tree) if isinstance(e, ast.For) and call in e.body]
    if not loops or not within(loops[0], steps[0]):
        return None
    head = loops[0].body[0]
    splices = Splices().without(source, [call]).line_above(source, head, ast.unparse(call))
    return Made(splices, ("S3",), (-head.lineno, head.lineno, steps[0].lineno))


def _parameters(tree: ast.Module) -> tuple[ast.Assign, ast.Call, ast.Call] | None:
    """Return the one optimizer of `model.parameters()`: statement, call, first argument."""
    made = optimizers(tree)
    if len(made) != 1 or not made[0][1].args:
        return None
    first = made[0][1].args[0]
    if isinstance(first, ast.Call) and is_call(first, "parameters") and not first.args:
        return (*made[0], first)
    return None


def other_model(tree: ast.Module, source: str) -> Made | None:
    """Give the optimizer a copy of the model."""
    found = _parameters(tree)
    if found is None or not isinstance(found[2].func, ast.Attribute):
        return None
    model = found[2].func.value
    splices = Splices().around(source, model, '__import__("copy").deepcopy(', ")")
    return Made(splices, ("O3",), (found[0].lineno, found[2].lineno))


def model_made_anew(tree: ast.Module, source: str) -> Made | None:
    """Copy the model after the optimizer got its parameters; O4 where it got but a part of them."""
    found = _parameters(tree)
    if found is None or not isinstance(found[2].func, ast.Attribute):
        return None
    if not isinstance(found[2].func.value, ast.Name | ast.Attribute):
        return None
    model = ast.unparse(found[2].func.value)
    text = f'; {model} = __import__("copy").deepcopy({model})'
    return Made(Splices().after(source, found[0], text), ("O3", "O4"), (found[0].lineno,))


def half_the_parameters(tree: ast.Module, source: str) -> Made | None:
    """Leave the first two parameters out of the optimizer."""
    found = _parameters(tree)
    if found is None:
        return None
    splices = Splices().around(source, found[2], "list(", ")[2:]")
    return Made(splices, ("O4",), (found[0].lineno, found[2].lineno))
