"""The reference: one training by mini-batches, as anyone would write it in PyTorch.

A recipe for it is a module that declares

- `Arm`: its settings, a frozen dataclass over `Training`;
- `make_split(seed)`: the data; `make_model(arm)`: the network with fresh weights;
- `row_losses(outputs, targets)`: the loss of every row;
- `are_correct(outputs, targets)`: for every row, whether the prediction is right.

The batched engine trains many trials of such a recipe at once (`lrquiz.experiments.batched`); this
loop is what it must agree with.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import torch
from torch import Tensor, nn
from torch.nn.utils import clip_grad_norm_

from lrquiz.experiments.recipes.schedules import make_scheduler
from lrquiz.experiments.recipes.split import Split
from lrquiz.experiments.recipes.training import Training, make_optimizer
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.weights import copy_of, distance

PARTS = ("make_split", "make_model", "row_losses", "are_correct")


class Supervised(Protocol):
    """What a recipe's module declares to be trained by this loop."""

    @property
    def make_split(self) -> Callable[[int], Split]:
        """Return the data of a seed."""

    @property
    def make_model(self) -> Callable[[Any], nn.Sequential]:
        """Return the network of an arm with fresh weights."""

    @property
    def row_losses(self) -> Callable[[Tensor, Tensor], Tensor]:
        """Return the loss of every row, from outputs and targets."""

    @property
    def are_correct(self) -> Callable[[Tensor, Tensor], Tensor]:
        """Return for every row whether the prediction is right."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model after its training, what was recorded of that, and what it trained on."""

    model: nn.Module
    """an `nn.Sequential` where there are data"""
    trace: Trace
    data: Split | None = None
    """None where a loss is descended that no data make"""


def train_plain(recipe: Supervised, arm: Training, seed: int, epochs: int) -> Trace:
    """Train once and return what was recorded; see `trained_plain`."""
    return trained_plain(recipe, arm, seed, epochs).trace


def trained_plain(recipe: Supervised, arm: Training, seed: int, epochs: int) -> Trained:
    """Train once; record for every epoch what is true at its start and at its end.

    Columns: `loss` (mean over the epoch's rows, each taken before its batch's step), `accuracy` (on
    held-out rows), `lr` (at the start), `lr_after` (after the scheduler's step at the end) and
    `weight_change` (distance from where training began). Accuracy is NaN where the epoch's loss or
    its weight change is not finite: what such weights predict hangs on the order of overflow.
    """
    data = recipe.make_split(seed)
    torch.manual_seed(seed)
    model = recipe.make_model(arm)
    optimizer = make_optimizer(model, arm)
    rows = len(data.inputs)
    scheduler = make_scheduler(optimizer, arm, epochs, math.ceil(rows / arm.batch_size))
    start = copy_of(model)
    order = torch.Generator().manual_seed(seed)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        rate, total = optimizer.param_groups[0]["lr"], 0.0
        for batch in torch.randperm(rows, generator=order).split(arm.batch_size):
            optimizer.zero_grad()
            loss = recipe.row_losses(model(data.inputs[batch]), data.targets[batch]).mean()
            loss.backward()
            if arm.clip_norm is not None:
                clip_grad_norm_(model.parameters(), arm.clip_norm)
            optimizer.step()
            if arm.stepped == "batch":
                scheduler.step()
            total += loss.item() * len(batch)
        if arm.stepped == "epoch":
            scheduler.step()
        with torch.no_grad():
            correct = recipe.are_correct(model(data.test_inputs), data.test_targets)
        moved = distance(start, copy_of(model))
        has_numbers = math.isfinite(total) and math.isfinite(moved)
        trace.epoch(
            loss=total / rows,
            accuracy=correct.float().mean().item() if has_numbers else math.nan,
            lr=rate,
            lr_after=optimizer.param_groups[0]["lr"],
            weight_change=moved,
        )
    return Trained(model, trace.build(), data)
