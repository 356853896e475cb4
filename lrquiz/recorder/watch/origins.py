"""Where a tensor comes from: the last operation on it that changes more than its shape."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from torch import Tensor

RESHAPES = (
    *("View", "UnsafeView", "Reshape", "Squeeze", "Unsqueeze", "Select", "Slice", "Index"),
    *("T", "Transpose", "Permute", "Clone", "ToCopy", "Expand", "Alias", "Split", "Cat", "Stack"),
)
"""operations that change no number, only where it stands"""
_SHAPE_ONLY = (*RESHAPES, "Clamp", "ClampMin", "ClampMax")
_DEEP, _MOST = 6, 60


def origin_of(scores: Tensor) -> dict[str, str]:
    """Return as `from` which operation made scores, changes of shape left out."""
    node: Any = scores.grad_fn
    for _ in range(_DEEP):
        below = None if node is None else next(iter(node.next_functions), (None, 0))[0]
        if below is None or kind_of(node) not in _SHAPE_ONLY:
            break
        node = below
    return {} if node is None else {"from": kind_of(node)}


def kind_of(node: Any) -> str:  # noqa: ANN401 - torch's nodes have no common type
    """Return the name of a node's operation, without what torch adds to it."""
    return str(node.name()).partition("Backward")[0]


def widened(nodes: Iterable[Any]) -> float:
    """Return N where a column of N scores met a row of N constants, and N x N pairs came of it.

    It is 0 where no difference below the loss is like that.

    Args:
        nodes: of the loss's graph, from the loss downwards.
    """
    for node in islice(nodes, _MOST):
        if node.name().startswith(("SubBackward", "RsubBackward")):
            below = [each for each, _ in node.next_functions if each is not None]
            found = _square(node, below[0]) if len(below) == 1 else 0
            if found:
                return float(found)
    return 0.0


def _square(difference: Any, scores: Any) -> int:  # noqa: ANN401
    """Return N if a difference is N x N and the scores in it are N, not widened on purpose."""
    made, given = _shape(difference), _shape(scores)
    if len(made) != 2 or made[0] != made[1] or made[0] < 3:
        return 0
    rows = made[0]
    return rows if given in {(rows, 1), (rows,)} and kind_of(scores) != "Unsqueeze" else 0


def _shape(node: Any) -> tuple[int, ...]:  # noqa: ANN401
    told = getattr(node, "_input_metadata", None)
    return tuple(told[0].shape) if told else ()


def summed(loss: Tensor) -> float:
    """Return over how many numbers a loss sums, where it is a plain sum; else 0."""
    node: Any = loss.grad_fn
    if node is None or kind_of(node) != "Sum":
        return 0.0
    sizes = getattr(node, "_saved_self_sym_sizes", ())
    return float(sizes[0]) if sizes else 0.0
