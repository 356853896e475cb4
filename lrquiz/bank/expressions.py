"""Which expressions of item files are evaluated: those that can do no harm.

Item files are text that anybody may have written. Of what they want to have evaluated, only
literals, bare names, arithmetic on two numbers, `float("...")`, and calls without arguments of
methods that the recipe lists are let through.
"""

from __future__ import annotations

import ast
from collections.abc import Collection

_PARTS = (
    ast.Expression,
    ast.Name,
    ast.Load,
    ast.UnaryOp,
    ast.UAdd,
    ast.USub,
    ast.Add,
    ast.Sub,
    ast.Mult,
    ast.Div,
    ast.Pow,
)
_LARGEST = 1000  # of any number typed, so that no power takes long

ALLOWED = 'a literal, arithmetic on two numbers up to 1000, float("...") or a bare name'
"""in words, for messages"""


def safe_expression(
    text: str, longest: int, methods: Collection[str] = ()
) -> ast.Expression | None:
    """Return the expression that a text is; None if it is none that may be evaluated.

    Args:
        text: as an item file has it.
        longest: characters it may have.
        methods: names of methods that it may call, without arguments.
    """
    if len(text.strip()) > longest:
        return None
    try:
        expression = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    nodes = ast.walk(expression)
    return expression if all(_is_allowed(node, methods) for node in nodes) else None


def _is_allowed(node: ast.AST, methods: Collection[str]) -> bool:
    match node:
        case ast.Constant():
            return not isinstance(node.value, int | float) or abs(node.value) <= _LARGEST
        case ast.Call(func=ast.Name(id="float"), args=[ast.Constant()], keywords=[]):
            return True
        case ast.Call(func=ast.Attribute(), args=[], keywords=[]):
            return True
        case ast.Attribute(value=ast.Name()):
            return node.attr in methods
        case ast.BinOp():
            return _is_operand(node.left) and _is_operand(node.right)
        case _:
            return isinstance(node, _PARTS)


def _is_operand(node: ast.expr) -> bool:
    """Say whether arithmetic may use it: no text to repeat at length, no power of a power."""
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float)
    return not isinstance(node, ast.BinOp)
