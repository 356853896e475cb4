"""Recipe mlp_classifier: a two-layer network learns 800 separable points by mini-batches."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from lrquiz.experiments.recipes.classification_data import FEATURES, TRAINING_ROWS, make_split
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.weights import copy_of, distance

__all__ = ["Arm", "are_correct", "make_model", "make_split", "row_losses", "run"]


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    lr: float = 0.1
    """learning rate given to the optimizer"""
    optimizer: str = "SGD"
    """class in torch.optim"""
    hidden: int = 16
    """width of the hidden layer"""
    batch_size: int = 32
    """rows per batch"""


def make_model(arm: Arm) -> nn.Sequential:
    """Return the network with fresh weights: 10 inputs, one logit."""
    return nn.Sequential(nn.Linear(FEATURES, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, 1))


def row_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the loss of every row; `logits` is (... x rows x 1), `targets` (... x rows)."""
    return binary_cross_entropy_with_logits(logits.squeeze(-1), targets, reduction="none")


def are_correct(logits: Tensor, targets: Tensor) -> Tensor:
    """Return for every row whether its logit is on the side of its class."""
    return (logits.squeeze(-1) > 0) == targets.bool()


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Train once; record per epoch mean batch loss, held-out accuracy, rate and weight change."""
    data = make_split(seed)
    torch.manual_seed(seed)
    model = make_model(arm)
    optimizer = getattr(torch.optim, arm.optimizer)(model.parameters(), lr=arm.lr)
    start = copy_of(model)
    order = torch.Generator().manual_seed(seed)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(TRAINING_ROWS, generator=order).split(arm.batch_size):
            optimizer.zero_grad()
            loss = row_losses(model(data.inputs[rows]), data.targets[rows]).mean()
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        with torch.no_grad():
            correct = are_correct(model(data.test_inputs), data.test_targets)
        trace.epoch(
            loss=total / TRAINING_ROWS,
            accuracy=correct.float().mean().item(),
            lr=optimizer.param_groups[0]["lr"],
            weight_change=distance(start, copy_of(model)),
        )
    return trace.build()
