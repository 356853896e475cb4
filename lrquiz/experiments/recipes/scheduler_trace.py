"""Recipe scheduler_trace: the rate that a torch.optim.lr_scheduler sets, epoch by epoch."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler, ReduceLROnPlateau

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
    patience: int = 10
    """ReduceLROnPlateau: epochs without a better metric that it lets pass before a decay"""
    best_epoch: int = 0
    """epoch, counting from 0, until which the metric falls; it stays the same from then on"""


def metric_at(arm: Arm, epoch: int) -> float:
    """Return what stands for a validation loss: halved by each epoch up to the best one."""
    return float(0.5 ** min(epoch, arm.best_epoch))


def run(arm: Arm, seed: int, epochs: int) -> Trace:  # noqa: ARG001 - the rate has no randomness
    """Ask the scheduler itself: record the rate at the start and after the end of every epoch.

    Columns: `lr`, `lr_after`, and `metric` as it is after the epoch's batches. Nothing is learned
    here: the metric is made up by `metric_at`, and only ReduceLROnPlateau looks at it.
    """
    weight = nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=arm.lr)
    scheduler = _scheduler(optimizer, arm, epochs)
    trace = TraceBuilder(epochs)
    for epoch in range(epochs):
        metric = metric_at(arm, epoch)
        before = optimizer.param_groups[0]["lr"]
        for _ in range(arm.batches):
            optimizer.zero_grad()
            (weight**2).sum().backward()
            optimizer.step()
            if arm.stepped == "batch":
                _step(scheduler, metric)
        if arm.stepped == "epoch":
            _step(scheduler, metric)
        trace.epoch(lr=before, lr_after=optimizer.param_groups[0]["lr"], metric=metric)
    return trace.build()


def _scheduler(optimizer: Optimizer, arm: Arm, epochs: int) -> LRScheduler:
    if arm.schedule == "ReduceLROnPlateau":  # it needs a metric, which no other recipe hands it
        return ReduceLROnPlateau(optimizer, factor=arm.gamma, patience=arm.patience)
    return make_scheduler(optimizer, arm, epochs, arm.batches)


def _step(scheduler: LRScheduler, metric: float) -> None:
    if isinstance(scheduler, ReduceLROnPlateau):
        scheduler.step(metric)
    else:
        scheduler.step()
