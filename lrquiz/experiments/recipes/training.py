"""The settings that every training by mini-batches has, and the optimizer they stand for."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer

from lrquiz.experiments.recipes.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Training(Schedule):
    """Optimizer, schedule and batches; what is None keeps the default of `torch.optim`."""

    optimizer: str = "SGD"
    """class in torch.optim"""
    momentum: float | None = None
    """SGD: share of the last step that the next one keeps"""
    weight_decay: float | None = None
    """share of each weight that a step of rate 1 takes away"""
    clip_norm: float | None = None
    """longest gradient; longer ones are scaled down to it"""
    batch_size: int = 32
    """rows per batch"""


def make_optimizer(model: nn.Module, arm: Training) -> Optimizer:
    """Return the arm's optimizer over the weights of `model`."""
    given = {"momentum": arm.momentum, "weight_decay": arm.weight_decay}
    options = {name: value for name, value in given.items() if value is not None}
    made = getattr(torch.optim, arm.optimizer)(model.parameters(), lr=arm.lr, **options)
    assert isinstance(made, Optimizer), "the catalogue names optimizers only"
    return made
