"""Recipe scheduler_trace: the rate that torch.optim.lr_scheduler.StepLR sets, epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.optim.lr_scheduler import StepLR

from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    lr: float = 0.1
    """rate given to the optimizer"""
    step_size: int = 5
    """scheduler steps between two decays"""
    gamma: float = 0.5
    """factor of each decay"""
    batches: int = 25
    """batches per epoch"""
    stepped: str = "epoch"
    """when scheduler.step() is called: after each `epoch` or after each `batch`"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:  # noqa: ARG001 - the rate has no randomness
    """Ask the scheduler itself: record the rate at the start and after the end of every epoch."""
    weight = nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=arm.lr)
    scheduler = StepLR(optimizer, step_size=arm.step_size, gamma=arm.gamma)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        before = optimizer.param_groups[0]["lr"]
        for _ in range(arm.batches):
            optimizer.zero_grad()
            (weight**2).sum().backward()
            optimizer.step()
            if arm.stepped == "batch":
                scheduler.step()
        if arm.stepped == "epoch":
            scheduler.step()
        trace.epoch(lr=before, lr_after=optimizer.param_groups[0]["lr"])
    return trace.build()
