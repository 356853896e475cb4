"""Optimizers over stacked weights, one rate per trial; each gives what `torch.optim` gives.

The update rules are those of the classes of the same names in `torch.optim` (2.13), with its
defaults. A test trains each beside the original and compares every weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import torch
from torch import Tensor

from lrquiz.experiments.stacked import Stacked


class StackedOptimizer(Protocol):
    """Updates stacked weights in place."""

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        ...


class StackedSGD:
    """Plain SGD: w -= lr * g."""

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        for name, weight in weights.items():
            weight.addcmul_(gradients[name], -_beside(rates, weight))


@dataclass
class StackedAdam:
    """Adam (Kingma and Ba 2015); with decoupled decay, AdamW (Loshchilov and Hutter 2019)."""

    weight_decay: float = 0.0
    betas: tuple[float, float] = (0.9, 0.999)
    eps: float = 1e-8
    steps: int = 0
    means: Stacked = field(default_factory=dict)
    squares: Stacked = field(default_factory=dict)

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        self.steps += 1
        for name, weight in weights.items():
            self._one(name, weight, gradients[name], _beside(rates, weight))

    def _one(self, name: str, weight: Tensor, gradient: Tensor, rate: Tensor) -> None:
        first, second = self.betas
        mean = self.means.setdefault(name, torch.zeros_like(weight))
        square = self.squares.setdefault(name, torch.zeros_like(weight))
        if self.weight_decay:
            weight.mul_(1 - rate * self.weight_decay)
        mean.lerp_(gradient, 1 - first)
        square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        unbiased = square.sqrt().div_(math.sqrt(1 - second**self.steps)).add_(self.eps)
        weight.sub_(rate / (1 - first**self.steps) * mean / unbiased)


OPTIMIZERS: MappingProxyType[str, Callable[[], StackedOptimizer]] = MappingProxyType(
    {
        "SGD": StackedSGD,
        "Adam": StackedAdam,
        "AdamW": lambda: StackedAdam(weight_decay=0.01),
    }
)


def _beside(rates: Tensor, weight: Tensor) -> Tensor:
    """Return one rate per trial in a shape that broadcasts over that trial's weights."""
    return rates.to(weight.dtype).view(-1, *(1,) * (weight.dim() - 1))
