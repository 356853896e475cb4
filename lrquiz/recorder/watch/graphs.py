"""The graph below a loss: what it scales, what it reaches, and which losses it leaves out."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor

from lrquiz.recorder.watch.added import added_to
from lrquiz.recorder.watch.origins import summed, widened
from lrquiz.recorder.watch.parameters import enter_parameter
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.signs import way_of
from lrquiz.recorder.watch.state import Watch

MOST_NODES = 4_000
FIRST = 4
"""calls of `backward` whose graphs are all looked at"""
_DEEP = 12
"""scalings and sums that are looked through from a loss downwards"""
_MEANS = ("MeanBackward",)
_LOSSES = ("MseLoss", "NllLoss", "BinaryCrossEntropy", "SmoothL1Loss", "HuberLoss", "KlDiv")
_NEVER_NEGATIVE = ("PowBackward", "AbsBackward", *_LOSSES[:-1])
_MEAN = 1


def nodes_of(tensor: Tensor) -> dict[Any, None]:
    """Return the nodes of a tensor's graph from it downwards, about `MOST_NODES` at most."""
    seen = {} if tensor.grad_fn is None else {tensor.grad_fn: None}
    waiting = deque[Any](seen)
    while waiting and len(seen) < MOST_NODES:
        for node, _ in waiting.popleft().next_functions:
            if node is not None and node not in seen:
                seen[node] = None
                waiting.append(node)
    return seen


@quietly
def note_graph(watch: Watch, loss: Tensor, numbers: dict[str, float]) -> None:
    """Note by how much a loss is scaled, whether it is a mean, and what it leaves out."""
    if watch.looks.close:
        numbers["factor"], numbers["mean"], numbers["positive"] = _scaling(loss.grad_fn)
    if watch.looks.very_close or watch.backwards <= FIRST:
        nodes = nodes_of(loss)
        _enter_leaves(watch, nodes)
        left = [line for node, line, _ in watch.fresh_losses if node not in nodes]
        numbers["left_out"] = float(len(left))
        if left and left[0]:
            numbers["left_out_at"] = float(left[0])
        if watch.looks.very_close:
            numbers |= {"widened": widened(nodes), "summed": summed(loss)}
            numbers |= way_of(loss) | added_to(watch, loss)
    watch.fresh_losses.clear()


def _enter_leaves(watch: Watch, nodes: Iterable[Any]) -> None:
    """Note the tensors that gradients will be written to, were they in no module or optimizer."""
    leaves = [each.variable for each in nodes if hasattr(each, "variable")]
    watch.starts.keep([(enter_parameter(watch, each), each) for each in leaves])


def _scaling(node: Any, depth: int = 0) -> tuple[float, float, float]:  # noqa: ANN401
    """Return the constant that a loss is multiplied by, and what is multiplied.

    Of a sum of terms, it is the smallest constant. What is multiplied is told by two flags: whether
    it is a mean, over a batch, and whether it can never be negative by its form.
    """
    factor = 1.0
    while node is not None and depth < _DEEP:
        depth += 1
        branches = [each for each, _ in node.next_functions if each is not None]
        name = node.name()
        if name.startswith("AddBackward") and len(branches) > 1:
            found = [_scaling(each, depth) for each in branches]
            least = min(found, key=lambda each: abs(each[0]))
            return factor * least[0], min(each[1] for each in found), min(e[2] for e in found)
        if _is_mean_by_hand(node, name):
            return factor, 1.0, float(_is_never_negative(branches[0]))
        constant = _constant(node, name)
        if constant is None or len(branches) != 1:
            break
        factor, node = factor * constant, branches[0]
    return factor, float(_is_mean(node)), float(_is_never_negative(node))


def _constant(node: Any, name: str) -> float | None:  # noqa: ANN401
    """Return what a node multiplies by; None where it does something else."""
    if name.startswith("NegBackward"):
        return -1.0
    if name.startswith("AddBackward"):
        return 1.0
    if not name.startswith(("DivBackward", "MulBackward")):
        return None
    with suppress(RuntimeError, AttributeError, TypeError, ValueError, ArithmeticError):
        by_constant = (
            [each for each, _ in node.next_functions].index(None)
            if len(node.next_functions) > 1
            else 1
        )
        constant = node._saved_other if by_constant else node._saved_self  # noqa: SLF001
        if name.startswith("DivBackward") and by_constant:
            return 1.0 / float(constant)
        if name.startswith("MulBackward"):
            return float(constant)
    return None


def _is_mean_by_hand(node: Any, name: str) -> bool:  # noqa: ANN401
    """Say whether a sum is divided by the number of its rows, or of all its numbers."""
    below = node.next_functions[0][0] if name.startswith("DivBackward") else None
    if below is None or not below.name().startswith("SumBackward0"):
        return False
    sizes = tuple(getattr(below, "_saved_self_sym_sizes", ()))
    factor = _constant(node, name) or 0.0
    return any(math.isclose(factor * many, 1.0) for many in (*sizes[:1], math.prod(sizes)))


def _is_mean(node: Any) -> bool:  # noqa: ANN401
    name = "" if node is None else node.name()
    if name.startswith(_LOSSES):
        return bool(getattr(node, "_saved_reduction", 0) == _MEAN)
    return name.startswith(_MEANS)


def _is_never_negative(node: Any) -> bool:  # noqa: ANN401
    """Say whether a node, or what it takes the mean or the sum of, has no negative results."""
    if node is not None and node.name().startswith(("MeanBackward", "SumBackward")):
        node = node.next_functions[0][0]
    if node is None or not node.name().startswith(_NEVER_NEGATIVE):
        return False
    exponent = getattr(node, "_saved_exponent", 2)
    return not isinstance(exponent, torch.Tensor) and exponent == 2
