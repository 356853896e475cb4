"""Learning-rate schedules: settings, and the `torch.optim.lr_scheduler` objects they stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType

from torch.optim import Optimizer
from torch.optim.lr_scheduler import (
    CosineAnnealingLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    LRScheduler,
    OneCycleLR,
    StepLR,
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the learning rate changes while training runs."""

    lr: float = 0.1
    """learning rate given to the optimizer"""
    schedule: str = "none"
    """class in torch.optim.lr_scheduler, or none"""
    step_size: int = 5
    """StepLR: scheduler steps between two decays"""
    gamma: float = 0.5
    """StepLR and ExponentialLR: factor of each decay"""
    start_factor: float = 0.1
    """LinearLR: the rate begins at this share of lr"""
    total_iters: int = 5
    """LinearLR: scheduler steps until the rate is lr"""
    stepped: str = "epoch"
    """when scheduler.step() is called: after each `epoch` or after each `batch`"""


_Make = Callable[[Optimizer, Schedule, int], LRScheduler]

_SCHEDULES: MappingProxyType[str, _Make] = MappingProxyType(
    {
        "none": lambda optimizer, *_: LambdaLR(optimizer, lambda _: 1.0),
        "StepLR": lambda optimizer, arm, _: StepLR(optimizer, arm.step_size, arm.gamma),
        "ExponentialLR": lambda optimizer, arm, _: ExponentialLR(optimizer, arm.gamma),
        "CosineAnnealingLR": lambda optimizer, _, steps: CosineAnnealingLR(optimizer, T_max=steps),
        "LinearLR": lambda optimizer, arm, _: LinearLR(
            optimizer, start_factor=arm.start_factor, total_iters=arm.total_iters
        ),
        "OneCycleLR": lambda optimizer, arm, steps: OneCycleLR(
            optimizer, max_lr=arm.lr, total_steps=steps, cycle_momentum=False
        ),
    }
)


def make_scheduler(optimizer: Optimizer, arm: Schedule, epochs: int, batches: int) -> LRScheduler:
    """Return the scheduler of an arm that trains `epochs` epochs of `batches` batches."""
    steps = epochs * batches if arm.stepped == "batch" else epochs
    return _SCHEDULES[arm.schedule](optimizer, arm, max(steps, 1))
