"""Recipe optimizer_call: what PyTorch makes of `torch.optim.SGD(model.parameters(), lr=...)`.

The argument is given as text, as a learner would type it, and evaluated as Python would where
nothing but the optimizer's own arguments is defined; for what is evaluated, see
`lrquiz.bank.expressions`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer

from lrquiz.bank.expressions import ALLOWED, safe_expression
from lrquiz.errors import RecipeError
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder

_LONGEST = 40
_NO_RATE = -1.0  # torch accepts no negative rate; NaN, which it accepts, would equal nothing


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
    expression = safe_expression(text, _LONGEST)
    if expression is None:
        message = f"optimizer_call: argument = {text!r} is not evaluated here; write {ALLOWED}"
        raise RecipeError(message)
    return expression


def _value(expression: ast.Expression) -> float:
    names = {"__builtins__": {}, "float": float}
    value: float = eval(compile(expression, "<lr>", "eval"), names)  # noqa: S307 - it is safe_expression's
    return value
