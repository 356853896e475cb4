"""The batched engine: trains many trials of a recipe as one stacked tensor program.

A recipe that can be batched declares, beside its plain loop `run`, the parts that loop is made of:
`make_model(arm)`, `make_split(seed)`, `row_losses(outputs, targets)` and
`are_correct(outputs, targets)`. The engine draws the same weights, data and batch orders from the
same seeds, so its traces equal those of the plain loop up to rounding (see `agreement`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from lrquiz.experiments.recipes.classification_data import Split
from lrquiz.experiments.stacked import Stacked, distances, outputs, stack
from lrquiz.experiments.stacked_optimizers import OPTIMIZERS
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder


class Batchable(Protocol):
    """What a recipe's module offers to be trained in batches."""

    make_split: Callable[..., Split]
    make_model: Callable[..., nn.Sequential]
    row_losses: Callable[..., Tensor]
    are_correct: Callable[..., Tensor]
    run: Callable[..., Trace]


def is_batchable(recipe: object) -> bool:
    """Say whether a recipe's module declares the parts that the engine needs."""
    return all(hasattr(recipe, part) for part in ("make_model", "row_losses", "are_correct"))


def train_batched(
    recipe: Batchable, arms: Sequence[Any], seeds: Sequence[int], epochs: int
) -> list[Trace]:
    """Train `arms[i]` with `seeds[i]`, for all i, and return their traces in order.

    The arms may differ in their rates alone: what shapes the program is taken from the first.
    """
    program = _Program(recipe, arms, seeds)
    traces = [TraceBuilder(epochs) for _ in arms]
    for _ in range(epochs):
        losses = program.train_one_epoch()
        columns = (losses, program.accuracies(), program.rates, program.moved())
        for trace, *values in zip(traces, *(column.tolist() for column in columns), strict=True):
            loss, accuracy, rate, moved = values
            trace.epoch(loss=loss, accuracy=accuracy, lr=rate, weight_change=moved)
    return [trace.build() for trace in traces]


class _Program:
    """The state of a stacked training: weights, data and orders of every trial."""

    def __init__(self, recipe: Batchable, arms: Sequence[Any], seeds: Sequence[int]) -> None:
        self._recipe = recipe
        self._seeds = seeds
        self._batch_size = arms[0].batch_size
        self._optimizer = OPTIMIZERS[arms[0].optimizer]()
        self._layers = recipe.make_model(arms[0])
        self._start = stack(
            [_drawn(recipe, arm, seed) for arm, seed in zip(arms, seeds, strict=True)]
        )
        self._weights = {
            name: weight.clone().requires_grad_() for name, weight in self._start.items()
        }
        self.rates = torch.tensor([arm.lr for arm in arms], dtype=torch.float64)
        splits = {seed: recipe.make_split(seed) for seed in set(seeds)}
        self._inputs = torch.stack([splits[seed].inputs for seed in seeds])
        self._targets = torch.stack([splits[seed].targets for seed in seeds])
        self._test_inputs = torch.stack([splits[seed].test_inputs for seed in seeds])
        self._test_targets = torch.stack([splits[seed].test_targets for seed in seeds])
        self._orders = {seed: torch.Generator().manual_seed(seed) for seed in splits}

    def train_one_epoch(self) -> Tensor:
        """Train one epoch and return each trial's mean loss over its rows."""
        inputs, targets = self._in_new_order()
        rows = inputs.shape[1]
        total = torch.zeros(len(self._seeds), dtype=torch.float64)
        for x, y in zip(
            inputs.split(self._batch_size, dim=1),
            targets.split(self._batch_size, dim=1),
            strict=True,
        ):
            total += self._step(x, y).double() * x.shape[1]
        return total / rows

    def _in_new_order(self) -> tuple[Tensor, Tensor]:
        trials, rows, columns = self._inputs.shape
        drawn = {seed: torch.randperm(rows, generator=each) for seed, each in self._orders.items()}
        order = torch.stack([drawn[seed] for seed in self._seeds])
        # Whole rows of one long table: several times faster than gathering value by value.
        places = (order + torch.arange(trials).unsqueeze(1) * rows).flatten()
        inputs = self._inputs.view(-1, columns).index_select(0, places)
        targets = self._targets.flatten().index_select(0, places)
        return inputs.view(trials, rows, columns), targets.view(trials, rows)

    def _step(self, x: Tensor, y: Tensor) -> Tensor:
        losses = self._recipe.row_losses(outputs(self._layers, self._weights, x), y).mean(dim=1)
        gradients = torch.autograd.grad(losses.sum(), list(self._weights.values()))
        by_name: Stacked = dict(zip(self._weights, gradients, strict=True))
        with torch.no_grad():
            self._optimizer.step(self._weights, by_name, self.rates)
        return losses.detach()

    def accuracies(self) -> Tensor:
        """Return the share of held-out rows that each trial classifies correctly."""
        with torch.no_grad():
            values = outputs(self._layers, self._weights, self._test_inputs)
            return self._recipe.are_correct(values, self._test_targets).float().mean(dim=1)

    def moved(self) -> Tensor:
        """Return how far each trial's weights are from where they began."""
        with torch.no_grad():
            return distances(self._start, self._weights)


def _drawn(recipe: Batchable, arm: object, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    return recipe.make_model(arm)
