"""Recipe mlp_classifier: a two-layer network learns 800 separable points by mini-batches."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from lrquiz.experiments.recipes.classification_data import FEATURES, TRAINING_ROWS, make_split
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.weights import copy_of, distance


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


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Train once; record per epoch mean batch loss, held-out accuracy, rate and weight change."""
    data = make_split(seed)
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(FEATURES, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, 1))
    optimizer = getattr(torch.optim, arm.optimizer)(model.parameters(), lr=arm.lr)
    start = copy_of(model)
    order = torch.Generator().manual_seed(seed)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(TRAINING_ROWS, generator=order).split(arm.batch_size):
            optimizer.zero_grad()
            logits = model(data.inputs[rows]).squeeze(1)
            loss = binary_cross_entropy_with_logits(logits, data.targets[rows])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(rows)
        with torch.no_grad():
            guesses = model(data.test_inputs).squeeze(1) > 0
        trace.epoch(
            loss=total / TRAINING_ROWS,
            accuracy=(guesses == data.test_targets.bool()).float().mean().item(),
            lr=optimizer.param_groups[0]["lr"],
            weight_change=distance(start, copy_of(model)),
        )
    return trace.build()
