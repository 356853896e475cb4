"""Recipe scheduler_trace: the rate that a torch.optim.lr_scheduler sets, epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from lrquiz.experiments.recipes.schedules import Schedule, make_scheduler
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder


@dataclass(frozen=True, slots=True)
class Arm(Schedule):
    """The settings of one arm."""

    schedule: str = "StepLR"
    """class in torch.optim.lr_scheduler, or none"""
    batches: int = 25
    """batches per epoch"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:  # noqa: ARG001 - the rate has no randomness
    """Ask the scheduler itself: record the rate at the start and after the end of every epoch."""
    weight = nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=arm.lr)
    scheduler = make_scheduler(optimizer, arm, epochs, arm.batches)
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
