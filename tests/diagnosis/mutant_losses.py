"""Operators on what is given to a loss, and on what becomes of it."""

from __future__ import annotations

import ast

from tests.diagnosis.mutant_parts import (
    Made,
    assigned,
    called_on,
    lines_that_give,
    loss_calls,
    steps_in,
)
from tests.diagnosis.splices import Splices, is_call, method_statements


def _wrapped(calls: list[ast.Call], source: str, form: str, code: str) -> Made | None:
    if not calls:
        return None
    splices = Splices()
    for each in calls:
        splices = splices.around(source, each.args[0], *form.split("#"))
    return Made(splices, (code,), tuple(each.lineno for each in calls))


def softmax_first(tree: ast.Module, source: str) -> Made | None:
    """Give cross_entropy probabilities; of half precision, their sums are too far from one."""
    if "autocast" in source:
        return None
    calls = loss_calls(tree, "cross_entropy", "CrossEntropyLoss")
    return _wrapped(calls, source, "(#).softmax(1)", "L1")


def sigmoid_first(tree: ast.Module, source: str) -> Made | None:
    """Give binary_cross_entropy_with_logits probabilities."""
    calls = loss_calls(tree, "binary_cross_entropy_with_logits", "BCEWithLogitsLoss")
    return _wrapped(calls, source, "(#).sigmoid()", "L2")


def relu_first(tree: ast.Module, source: str) -> Made | None:
    """Cut off the scores of cross_entropy."""
    calls = loss_calls(tree, "cross_entropy", "CrossEntropyLoss")
    return _wrapped(calls, source, "(#).relu()", "L5")


def column_of_targets(tree: ast.Module, source: str) -> Made | None:
    """Give mse_loss targets of one column more, where it is lines_that_give rows of one number."""
    calls = loss_calls(tree, "mse_loss", "MSELoss")
    calls = [each for each in calls if "squeeze" in ast.unparse(each.args[0])]
    if not calls:
        return None
    splices = Splices()
    for each in calls:
        splices = splices.around(source, each.args[1], "(", ").unsqueeze(1)")
    return Made(splices, ("L4",), tuple(each.lineno for each in calls))


def negated_loss(tree: ast.Module, source: str) -> Made | None:
    """Go down the negative of the loss; the line is that of `backward` or of the loss."""
    backwards = method_statements(tree, "backward")
    if len(backwards) != 1 or isinstance(called_on(backwards[0]), ast.Call):
        return None
    loss = ast.unparse(called_on(backwards[0]))
    splices = Splices().around(source, called_on(backwards[0]), "(-", ")")
    return Made(splices, ("O11",), (backwards[0].lineno, *lines_that_give(tree, loss)))


def detached_loss(tree: ast.Module, source: str) -> Made | None:
    """Cut the loss off its graph, and make it a leaf."""
    backwards = method_statements(tree, "backward")
    if len(backwards) != 1 or not steps_in(tree):
        return None
    splices = Splices().around(source, called_on(backwards[0]), "(", ").detach().requires_grad_()")
    places = (backwards[0].lineno, *lines_that_give(tree, ast.unparse(called_on(backwards[0]))))
    return Made(splices, ("A1",), places)


def detached_layer(tree: ast.Module, source: str) -> Made | None:
    """Cut the graph behind the first layer of a model that `forward` calls by itself."""
    for function in _functions(tree, "forward"):
        calls = [
            each
            for each in ast.walk(function)
            if isinstance(each, ast.Call) and ast.unparse(each.func).startswith("self.")
        ]
        calls.sort(key=lambda each: (each.end_lineno or 0, each.end_col_offset or 0))
        if len(calls) >= 2 and _made_as(tree, calls[0], "Linear", "Conv2d", "Embedding"):
            splices = Splices().around(source, calls[0], "", ".detach()")
            return Made(splices, ("A1",), (calls[0].lineno,))
    return None


def _functions(tree: ast.Module, name: str) -> list[ast.FunctionDef]:
    return [e for e in ast.walk(tree) if isinstance(e, ast.FunctionDef) and e.name == name]


def _made_as(tree: ast.Module, call: ast.Call, *layers: str) -> bool:
    """Say whether what is called was assigned a layer of these classes, by itself."""
    return any(
        ast.unparse(each.targets[0]) == ast.unparse(call.func) for each, _ in assigned(tree, layers)
    )


def kept_history(tree: ast.Module, source: str) -> Made | None:
    """Add up losses with their graphs: `.item()` is left out of sums."""
    sums = [
        each
        for each in ast.walk(tree)
        if isinstance(each, ast.AugAssign)
        and isinstance(each.value, ast.Call)
        and is_call(each.value, "item")
        and isinstance(each.value.func, ast.Attribute)
        and isinstance(each.value.func.value, ast.Name)
    ]
    backwards = {ast.unparse(called_on(each)) for each in method_statements(tree, "backward")}
    splices, lines = Splices(), []
    for each in sums:
        assert isinstance(each.value, ast.Call)
        assert isinstance(each.value.func, ast.Attribute)
        if ast.unparse(each.value.func.value) in backwards:
            splices = splices.replaced(source, each.value, ast.unparse(each.value.func.value))
            lines.append(each.lineno)
    return Made(splices, ("A3",), tuple(lines)) if lines else None
