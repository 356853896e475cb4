"""Weights as data: names, shapes and distances."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn

Weights = dict[str, Tensor]


def classifier(layers: Sequence[int]) -> nn.Sequential:
    """Return a fully connected network with ReLU between its layers of these widths."""
    modules: list[nn.Module] = []
    for inputs, outputs in pairwise(layers):
        modules += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*modules[:-1])


def copy_of(model: nn.Module) -> Weights:
    """Return a copy of the model's weights by name."""
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def distance(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> float:
    """Return the Euclidean distance between two sets of weights; NaN where either is not finite."""
    squares = [
        float(torch.sum((one[name].double() - other[name].double()) ** 2)) for name in sorted(one)
    ]
    return math.sqrt(math.fsum(squares)) if all(map(math.isfinite, squares)) else math.nan
