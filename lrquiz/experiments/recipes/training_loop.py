"""Recipe training_loop: a loop given as an ordered list of calls, run exactly as it stands.

What happens when a call is missing or out of place is PyTorch's to say, not ours: nothing is
skipped, repaired or put in order. An exception ends training and is part of the evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim.lr_scheduler import StepLR

from lrquiz.experiments.recipes.classification_data import FEATURES, TRAINING_ROWS, make_split
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import watching
from lrquiz.recorder.weights import copy_of, distance


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    calls: tuple[str, ...] = ("zero_grad", "forward", "backward", "step")
    """calls made for each batch, in order"""
    lr: float = 0.001
    """learning rate given to the optimizer"""
    optimizer: str = "Adam"
    """class in torch.optim"""
    hidden: int = 16
    """width of the hidden layer"""
    batch_size: int = 32
    """rows per batch"""


class _Loop:
    """The names that the loop's code refers to, as attributes."""

    def __init__(self, arm: Arm) -> None:
        self.model = nn.Sequential(
            nn.Linear(FEATURES, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, 1), nn.Flatten(0)
        )
        self.optimizer = getattr(torch.optim, arm.optimizer)(self.model.parameters(), lr=arm.lr)
        self.scheduler = StepLR(self.optimizer, step_size=1, gamma=0.95)
        self.loss_fn = nn.BCEWithLogitsLoss()
        self.x = self.y = self.loss = torch.empty(0)


def _forward(loop: _Loop) -> None:
    loop.loss = loop.loss_fn(loop.model(loop.x), loop.y)


_CALLS: Mapping[str, Callable[[_Loop], Any]] = {
    "zero_grad": lambda loop: loop.optimizer.zero_grad(),
    "forward": _forward,
    "backward": lambda loop: loop.loss.backward(),
    "step": lambda loop: loop.optimizer.step(),
    "scheduler_step": lambda loop: loop.scheduler.step(),
}


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Train once; record per epoch its first rate, the loss over all rows and weight change."""
    data = make_split(seed)
    torch.manual_seed(seed)
    loop = _Loop(arm)
    start = copy_of(loop.model)
    trace = TraceBuilder(epochs)
    try:
        for _ in range(epochs):
            rate = loop.optimizer.param_groups[0]["lr"]
            with watching(trace):
                _one_epoch(loop, arm, data.inputs, data.targets)
            with torch.no_grad():
                loss = loop.loss_fn(loop.model(data.inputs), data.targets)
            moved = distance(start, copy_of(loop.model))
            trace.epoch(loss=loss.item(), lr=rate, weight_change=moved)
    except (RuntimeError, TypeError, ValueError) as error:
        trace.stop(error)
    return trace.build()


def _one_epoch(loop: _Loop, arm: Arm, inputs: Tensor, targets: Tensor) -> None:
    for rows in torch.arange(TRAINING_ROWS).split(arm.batch_size):
        loop.x, loop.y = inputs[rows], targets[rows]
        for call in arm.calls:
            _CALLS[call](loop)
