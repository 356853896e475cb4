"""Recipe layer_rates: a 10-5-1 network whose two layers have learning rates of their own.

Started afresh, it learns `rows` rows. Started pretrained, it has learned 1000 clean rows of the
opposite task before: the hidden features are right, what the last layer makes of them is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits
from torch.optim import Optimizer

from lrquiz.experiments.recipes.plain_loop import Trained
from lrquiz.experiments.recipes.split import Split
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.weights import copy_of, distance

FEATURES, HIDDEN, CLEAN_ROWS = 10, 5, 1000
PRETRAINING_EPOCHS, PRETRAINING_RATE, PRETRAINING_BATCH = 20, 0.5, 100


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    lr_first: float = 0.01
    """learning rate of the first layer"""
    lr_last: float = 0.001
    """learning rate of the last layer"""
    optimizer: str = "SGD"
    """class in torch.optim"""
    momentum: float | None = None
    """SGD: share of the last step that the next one keeps"""
    batch_size: int = 32
    """rows per batch"""
    rows: int = 800
    """training rows"""
    label_noise: float = 0.0
    """share of training labels that are turned around"""
    start: str = "fresh"
    """weights that training begins with: `fresh`, or `pretrained` on the opposite task"""


def make_optimizer(model: nn.Sequential, arm: Arm) -> Optimizer:
    """Return an optimizer with one parameter group for each layer."""
    groups = [
        {"params": model[0].parameters(), "lr": arm.lr_first},
        {"params": model[2].parameters(), "lr": arm.lr_last},
    ]
    options = {} if arm.momentum is None else {"momentum": arm.momentum}
    made = getattr(torch.optim, arm.optimizer)(groups, **options)
    assert isinstance(made, Optimizer), "the catalogue names optimizers only"
    return made


def make_splits(arm: Arm, seed: int) -> tuple[Split, Split]:
    """Draw the opposite task, 1000 clean rows, and the task: `arm.rows` rows, some labels wrong.

    Both are held out on the same 1000 clean rows of the task.
    """
    generator = torch.Generator().manual_seed(seed)
    direction = torch.randn(FEATURES, generator=generator)
    held_out, clean = torch.randn(2, CLEAN_ROWS, FEATURES, generator=generator)
    inputs = torch.randn(arm.rows, FEATURES, generator=generator)
    wrong = torch.rand(arm.rows, generator=generator) < arm.label_noise
    expected = (held_out @ direction > 0).float()
    opposite = Split(clean, (clean @ direction <= 0).float(), held_out, expected)
    targets = ((inputs @ direction > 0) ^ wrong).float()
    return opposite, Split(inputs, targets, held_out, expected)


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Train once and return what was recorded; see `trained`."""
    return trained(arm, seed, epochs).trace


def trained(arm: Arm, seed: int, epochs: int) -> Trained:
    """Train once; record each epoch and, of its first step, how long it was in each layer.

    Columns: `loss` (mean over rows, before each batch's step), `accuracy` (on held-out rows),
    `lr_first`, `lr_last`, `weight_change` (since this training began), `parameters` (how many
    weights), `input_norm` (length of all training inputs), and of the epoch's first step the
    lengths of `step` and `gradient`, over all weights and for each layer (`step_first`, ...).
    """
    opposite, data = make_splits(arm, seed)
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(FEATURES, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))
    order = torch.Generator().manual_seed(seed)
    if arm.start == "pretrained":
        _pretrain(model, opposite, order)
    optimizer, start, trace = make_optimizer(model, arm), copy_of(model), TraceBuilder(epochs)
    for _ in range(epochs):
        loss, lengths = _one_epoch(model, optimizer, data, arm.batch_size, order)
        with torch.no_grad():
            correct = (model(data.test_inputs).squeeze(1) > 0) == data.test_targets.bool()
        trace.epoch(
            loss=loss,
            accuracy=correct.float().mean().item(),
            lr_first=optimizer.param_groups[0]["lr"],
            lr_last=optimizer.param_groups[1]["lr"],
            weight_change=distance(start, copy_of(model)),
            parameters=sum(each.numel() for each in model.parameters()),
            input_norm=data.inputs.norm().item(),
            **lengths,
        )
    return Trained(model, trace.build(), data)


def _pretrain(model: nn.Sequential, data: Split, order: torch.Generator) -> None:
    optimizer = torch.optim.SGD(model.parameters(), lr=PRETRAINING_RATE)
    for _ in range(PRETRAINING_EPOCHS):
        _one_epoch(model, optimizer, data, PRETRAINING_BATCH, order)


def _one_epoch(
    model: nn.Sequential, optimizer: Optimizer, data: Split, size: int, order: torch.Generator
) -> tuple[float, dict[str, float]]:
    """Train one epoch; return its mean loss and what its first step did."""
    total, lengths = 0.0, dict[str, float]()
    for batch in torch.randperm(len(data.inputs), generator=order).split(size):
        optimizer.zero_grad()
        logits = model(data.inputs[batch]).squeeze(1)
        loss = binary_cross_entropy_with_logits(logits, data.targets[batch])
        loss.backward()
        before = [] if lengths else _flat(model)
        optimizer.step()
        lengths = lengths or _lengths(model, before)
        total += loss.item() * len(batch)
    return total / len(data.inputs), lengths


def _flat(model: nn.Sequential) -> list[Tensor]:
    """Return the weights of each layer that has any, as one vector of doubles each."""
    layers = [[each.detach().flatten() for each in model[place].parameters()] for place in (0, 2)]
    return [torch.cat(weights).double() for weights in layers]


def _lengths(model: nn.Sequential, before: list[Tensor]) -> dict[str, float]:
    """Return the lengths of the step from `before`, and of the gradient that it followed."""
    steps = [after - old for after, old in zip(_flat(model), before, strict=True)]
    gradients = [_gradient(model[place]) for place in (0, 2)]
    found = {}
    for name, vectors in (("step", steps), ("gradient", gradients)):
        found[name] = torch.cat(vectors).norm().item()
        found[f"{name}_first"], found[f"{name}_last"] = (each.norm().item() for each in vectors)
    return found


def _gradient(layer: nn.Module) -> Tensor:
    """Return the gradient of one layer as a vector; zero where there is none."""
    weights = list(layer.parameters())
    return torch.cat(
        [(torch.zeros_like(w) if w.grad is None else w.grad).flatten() for w in weights]
    )
