"""Recipe optimizer_call: what PyTorch makes of `torch.optim.SGD(model.parameters(), lr=...)`.

The argument is given as text, as a learner would type it, and evaluated as Python would where
nothing but the optimizer's own arguments is defined. Only literals, arithmetic on numbers,
`float("...")` and bare names are evaluated: an item file can execute nothing else.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer

from lrquiz.errors import RecipeError
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder

_PARTS = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Load,
    ast.UnaryOp,
    ast.UAdd,
    ast.USub,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Pow,
)
_LONGEST = 40
_NO_RATE = -1.0  # torch accepts no negative rate; NaN, which it accepts, would equal nothing
_LARGEST = 1000  # of any number typed, so that no power takes long


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    argument: str = "0.01"
    """what is written after `lr=`; empty where the argument is left out"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:  # noqa: ARG001 - nothing here is random
    """Make the call once; `rate_given` is the rate that the optimizer then holds.

    An exception is kept in `stopped`, with -1 as the rate: there is no optimizer to ask.
    `lr` is the rate that training would have: 0 without an optimizer.

    Raises:
        RecipeError: the text is none that this recipe evaluates.
    """
    expression = _checked(arm.argument)
    trace = TraceBuilder(epochs)
    try:
        rate = _optimizer(expression).param_groups[0]["lr"]
    except (ArithmeticError, NameError, TypeError, ValueError) as error:
        trace.epoch(rate_given=_NO_RATE, lr=0.0)
        trace.stop(error)
        return trace.build()
    for _ in range(epochs):
        trace.epoch(rate_given=rate, lr=rate)
    return trace.build()


def _optimizer(expression: ast.Expression | None) -> Optimizer:
    model = nn.Linear(10, 1)
    if expression is None:
        return torch.optim.SGD(model.parameters())
    return torch.optim.SGD(model.parameters(), lr=_value(expression))


def _checked(text: str) -> ast.Expression | None:
    if not text.strip():
        return None
    try:
        expression = ast.parse(text.strip()[: _LONGEST + 1], mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise _refused(text) from None
    if len(text.strip()) > _LONGEST or not all(map(_is_allowed, ast.walk(expression))):
        raise _refused(text)
    return expression


def _is_allowed(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return not isinstance(node.value, int | float) or abs(node.value) <= _LARGEST
    if isinstance(node, ast.Call):
        is_float = isinstance(node.func, ast.Name) and node.func.id == "float"
        return is_float and len(node.args) == 1 and isinstance(node.args[0], ast.Constant)
    if isinstance(node, ast.BinOp):  # operands are numbers, so that nothing is repeated at length
        return not any(isinstance(each, ast.BinOp) for each in (node.left, node.right))
    return isinstance(node, _PARTS)


def _value(expression: ast.Expression) -> float:
    names = {"__builtins__": {}, "float": float}
    value: float = eval(compile(expression, "<lr>", "eval"), names)  # noqa: S307 - see _is_allowed
    return value


def _refused(text: str) -> RecipeError:
    return RecipeError(
        f"optimizer_call: argument = {text!r} is not evaluated here; write a literal, arithmetic "
        'on two numbers up to 1000, float("...") or a bare name'
    )
