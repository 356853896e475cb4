"""Many networks as one: weights of T trials stacked along a first dimension, evaluated together.

A network of T trials x rows is a chain of batched matrix products, so the cost of Python and of
dispatching kernels is paid once per step instead of once per trial. Gradients come from autograd on
the stacked program: trials share no term, so the gradient of the sum of their losses holds, for
each trial, the gradient of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from lrquiz.experiments.recipes.scale import Scale

Stacked = dict[str, Tensor]
"""weights by name: matrices are trials x inputs x outputs, biases trials x outputs"""

_ELEMENTWISE = nn.ReLU | nn.Tanh | nn.Sigmoid | nn.Identity | Scale


def stack(models: Sequence[nn.Sequential]) -> Stacked:
    """Return the weights of equal networks, stacked; matrices are inputs x outputs.

    `nn.Linear` has them the other way round. This way gradients come out of the matrix product laid
    out as the weights are, which makes a step several times faster.

    Raises:
        ValueError: a layer is of a kind that cannot be stacked.
    """
    for layer in models[0]:
        if not isinstance(layer, nn.Linear | _ELEMENTWISE):
            message = f"layers of type {type(layer).__name__} cannot be stacked"
            raise ValueError(message)  # noqa: TRY004 - the recipe's choice is what is wrong
    states = [model.state_dict() for model in models]
    return {
        name: torch.stack(
            [state[name].mT if state[name].dim() == 2 else state[name] for state in states]
        )
        for name in states[0]
    }


def outputs(layers: nn.Sequential, weights: Stacked, inputs: Tensor) -> Tensor:
    """Return trials x rows x outputs for inputs of trials x rows x features.

    `layers` gives the structure alone; its own weights are not looked at.
    """
    values = inputs
    for name, layer in layers.named_children():
        if isinstance(layer, nn.Linear):
            bias = weights[f"{name}.bias"].unsqueeze(1)
            # Twice as fast as baddbmm, which first copies the bias to every row.
            values = torch.bmm(values, weights[f"{name}.weight"]).add_(bias)
        else:
            values = layer(values)
    return values


def distances(start: Stacked, end: Stacked) -> Tensor:
    """Return for each trial the Euclidean distance between two sets of weights, in float64.

    NaN where weights are not finite, as `lrquiz.recorder.weights.distance` has it.
    """
    # In float32, squares of tiny numbers vanish, as if no weight had changed, and those of large
    # ones overflow.
    differences = [(end[name].double() - start[name].double()).flatten(1) for name in end]
    length = torch.cat(differences, dim=1).norm(dim=1)
    return torch.where(length.isfinite(), length, math.nan)
