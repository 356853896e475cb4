"""Numbers that are added to a loss: what they come to, and what sizes of weights they may be."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from lrquiz.recorder.watch.shares import weights_of
from lrquiz.recorder.watch.state import Watch


def added_to(watch: Watch, loss: Tensor) -> dict[str, float]:
    """Return what was added, without a graph, to one of torch's losses, and sizes of the weights.

    These are `l1` and `squares`, sums of absolute values and of squares of all that optimizers
    hold; with `_matrices` behind their name, of that with two dimensions or more. Nothing is
    returned where no number was added.
    """
    node = loss.grad_fn
    if node is None or not node.name().startswith("AddBackward"):
        return {}
    below = [each for each, _ in node.next_functions if each is not None]
    values = [value for each, _, value in watch.fresh_losses if below == [each]]
    if not values:
        return {}
    weights = [weight for each in watch.optimizers for weight in weights_of(each)]
    return {"added": watch.last_loss - values[0], **_sizes(weights)}


@torch.no_grad()
def _sizes(weights: Sequence[Tensor]) -> dict[str, float]:
    matrices = [each for each in weights if each.dim() > 1]
    return {
        "l1": _sum_of(weights, 1),
        "squares": _sum_of(weights, 2),
        "l1_matrices": _sum_of(matrices, 1),
        "squares_matrices": _sum_of(matrices, 2),
    }


def _sum_of(weights: Sequence[Tensor], power: int) -> float:
    return float(sum(each.double().abs().pow(power).sum() for each in weights))
