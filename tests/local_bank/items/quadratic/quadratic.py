"""Gradient descent on a quadratic, from a random start."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder

RECORDS = {"epoch.loss", "epoch.iterate"}


@dataclass(frozen=True)
class Arm:
    """The settings of one arm."""

    lr: float = 0.1
    """learning rate"""
    curvature: float = 1.0
    """second derivative of the loss"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Take one step each epoch; record where it starts, and the loss there."""
    torch.manual_seed(seed)
    x = torch.randn((), requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=arm.lr)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = arm.curvature / 2 * x**2
        loss.backward()
        trace.epoch(loss=loss.item(), iterate=x.item())
        optimizer.step()
    return trace.build()
