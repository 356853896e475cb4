"""Optimizers over stacked weights; each trial gets what `torch.optim` would give it.

The update rules are those of the classes of the same names in `torch.optim` (2.13). Options come
from real optimizers (see `leads`). A test trains each beside the original and compares all weights.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from types import MappingProxyType
from typing import Protocol

import torch
from torch import Tensor

from lrquiz.experiments.leads import Leads
from lrquiz.experiments.stacked import Stacked

_UNKNOWN = ("maximize", "nesterov", "dampening", "amsgrad")
"""options that no recipe sets; one that is set must not be passed over in silence"""


class StackedOptimizer(Protocol):
    """Updates stacked weights in place."""

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        ...


class StackedSGD:
    """SGD with momentum (Polyak 1964) and weight decay as an L2 penalty."""

    def __init__(self, leads: Leads) -> None:
        self._momentum = _unless_zero(leads.column("momentum"))
        self._decay = _unless_zero(leads.column("weight_decay"))
        self._buffers: Stacked = {}

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        for name, weight in weights.items():
            change = _with_penalty(gradients[name], weight, self._decay)
            weight.addcmul_(self._kept(name, change), -_beside(rates, weight))

    def _kept(self, name: str, change: Tensor) -> Tensor:
        if self._momentum is None:
            return change
        if name not in self._buffers:
            self._buffers[name] = change.clone()
            return change
        return self._buffers[name].mul_(_beside(self._momentum, change)).add_(change)


class StackedAdam:
    """Adam (Kingma and Ba 2015); with decoupled decay, AdamW (Loshchilov and Hutter 2019)."""

    def __init__(self, leads: Leads, *, decoupled: bool = False) -> None:
        self._betas: tuple[float, float] = leads.options["betas"]
        self._eps: float = leads.options["eps"]
        self._decay = _unless_zero(leads.column("weight_decay"))
        self._decoupled = decoupled
        self._steps = 0
        self._means: Stacked = {}
        self._squares: Stacked = {}

    def step(self, weights: Stacked, gradients: Stacked, rates: Tensor) -> None:
        """Take one step; `rates` holds one learning rate per trial."""
        self._steps += 1
        for name, weight in weights.items():
            rate, gradient = _beside(rates, weight), gradients[name]
            if self._decay is not None and self._decoupled:
                weight.mul_(1 - rate * _beside(self._decay, weight))
            elif self._decay is not None:
                gradient = _with_penalty(gradient, weight, self._decay)
            self._one(name, weight, gradient, rate)

    def _one(self, name: str, weight: Tensor, gradient: Tensor, rate: Tensor) -> None:
        first, second = self._betas
        mean = self._means.setdefault(name, torch.zeros_like(weight))
        square = self._squares.setdefault(name, torch.zeros_like(weight))
        mean.lerp_(gradient, 1 - first)
        square.mul_(second).addcmul_(gradient, gradient, value=1 - second)
        unbiased = square.sqrt().div_(math.sqrt(1 - second**self._steps)).add_(self._eps)
        weight.sub_(rate / (1 - first**self._steps) * mean / unbiased)


_OPTIMIZERS: MappingProxyType[str, Callable[[Leads], StackedOptimizer]] = MappingProxyType(
    {
        "SGD": StackedSGD,
        "Adam": StackedAdam,
        "AdamW": lambda leads: StackedAdam(leads, decoupled=True),
    }
)


def make_stacked(name: str, leads: Leads) -> StackedOptimizer:
    """Return the stacked form of a class of `torch.optim`.

    Raises:
        ValueError: there is none, or an option is set that it does not know.
    """
    set_ones = [option for option in _UNKNOWN if leads.options.get(option)]
    if name not in _OPTIMIZERS or set_ones:
        message = f"{' '.join([name, *set_ones])} cannot be stacked"
        raise ValueError(message)
    return _OPTIMIZERS[name](leads)


def clip(gradients: Stacked, longest: Tensor) -> Stacked:
    """Return gradients scaled down, trial by trial, to a norm of `longest` at most.

    As `torch.nn.utils.clip_grad_norm_` has it, the small number it adds to the norm included.
    """
    squares = [each.flatten(1).square().sum(dim=1) for each in gradients.values()]
    norms = torch.stack(squares).sum(dim=0).sqrt()
    shares = (longest.to(norms.dtype) / (norms + 1e-6)).clamp(max=1.0)
    return {name: each * _beside(shares, each) for name, each in gradients.items()}


def _with_penalty(gradient: Tensor, weight: Tensor, decay: Tensor | None) -> Tensor:
    return gradient if decay is None else gradient.addcmul(weight, _beside(decay, weight))


def _unless_zero(values: Tensor) -> Tensor | None:
    return values if values.any() else None


def _beside(values: Tensor, weight: Tensor) -> Tensor:
    """Return one value per trial in a shape that broadcasts over that trial's weights."""
    return values.to(weight.dtype).view(-1, *(1,) * (weight.dim() - 1))
