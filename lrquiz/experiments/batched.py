"""The batched engine: trains many trials of a recipe as one stacked tensor program.

It draws the same weights, data and batch orders from the same seeds as the reference loop
(`recipes.plain_loop`) and reads every rate from the same optimizers and schedulers (`leads`), so
its traces equal those of the loop up to rounding (see `agreement`). How trials are stacked does not
change their numbers: a test holds on to that, since the store keeps each arm by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from lrquiz.experiments.leads import Leads
from lrquiz.experiments.recipes.plain_loop import PARTS, Supervised
from lrquiz.experiments.recipes.training import Training
from lrquiz.experiments.stacked import Stacked, distances, outputs, stack
from lrquiz.experiments.stacked_data import StackedData
from lrquiz.experiments.stacked_optimizers import clip, make_stacked
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder

_MOST_TRIALS = 256  # more gain nothing: by then arithmetic takes the time, not Python
_MOST_BYTES = 1 << 28

Trials = Sequence[tuple[Training, int]]
"""arms and seeds; arms may differ in what is read per trial (the catalogue says what that is)"""


def is_batchable(recipe: object) -> bool:
    """Say whether a recipe's module declares the parts that the engine needs, and wants it."""
    return getattr(recipe, "BATCHED", True) and all(hasattr(recipe, part) for part in PARTS)


def train_batched(recipe: Supervised, trials: Trials, epochs: int) -> list[Trace]:
    """Train every trial and return the traces in order, in stacks of bounded size.

    Raises:
        ValueError: a layer, or an option of the optimizer, cannot be stacked.
        RecipeError: the data are not finite.
    """
    size = _stack_size(recipe, trials[0]) if trials else 1
    stacks = [trials[first : first + size] for first in range(0, len(trials), size)]
    return [trace for part in stacks for trace in _train_stack(recipe, part, epochs)]


def _stack_size(recipe: Supervised, trial: tuple[Training, int]) -> int:
    """Return how many trials may be held in memory at once: rows twice, weights six times."""
    arm, seed = trial
    data = recipe.make_split(seed)
    rows = data.inputs.nbytes + data.test_inputs.nbytes
    weights = sum(each.nbytes for each in recipe.make_model(arm).parameters())
    return max(2, min(_MOST_TRIALS, _MOST_BYTES // (2 * rows + 6 * weights)))


def _train_stack(recipe: Supervised, trials: Trials, epochs: int) -> list[Trace]:
    # One trial alone would take another path through the matrix product and round otherwise.
    padded = [*trials, trials[-1]] if len(trials) == 1 else trials
    program = _Program(recipe, padded, epochs)
    traces = [TraceBuilder(epochs) for _ in trials]
    for _ in range(epochs):
        columns = program.train_one_epoch()
        for name, values in columns.items():
            for trace, value in zip(traces, values.tolist(), strict=False):
                trace.epoch(**{name: value})
    return [trace.build() for trace in traces]


class _Program:
    """The state of a stacked training."""

    def __init__(self, recipe: Supervised, trials: Trials, epochs: int) -> None:
        arms = [arm for arm, _ in trials]
        self._recipe = recipe
        self._batch_size = arms[0].batch_size
        self._data = StackedData(recipe, [seed for _, seed in trials])
        self._layers = recipe.make_model(arms[0])
        self._start = stack([_drawn(recipe, arm, seed) for arm, seed in trials])
        self._weights = {name: each.clone().requires_grad_() for name, each in self._start.items()}
        self._leads = Leads(recipe, arms, self._data.rows, epochs)
        self._optimizer = make_stacked(arms[0].optimizer, self._leads)
        self._longest = _clip_norms(arms)

    def train_one_epoch(self) -> dict[str, Tensor]:
        """Train one epoch and return its columns, one value per trial."""
        first = rates = self._leads.column("lr")
        total = torch.zeros(len(first), dtype=torch.float64)
        for inputs, targets in self._data.batches(self._batch_size):
            total += self._step(inputs, targets, rates).double() * inputs.shape[1]
            if self._leads.step_schedulers("batch"):
                rates = self._leads.column("lr")
        self._leads.step_schedulers("epoch")
        with torch.no_grad():
            moved = distances(self._start, self._weights)
            has_numbers = total.isfinite() & moved.isfinite()
            return {
                "loss": total / self._data.rows,
                "accuracy": torch.where(has_numbers, self._accuracies(), math.nan),
                "lr": first,
                "lr_after": self._leads.column("lr"),
                "weight_change": moved,
            }

    def _step(self, inputs: Tensor, targets: Tensor, rates: Tensor) -> Tensor:
        values = outputs(self._layers, self._weights, inputs)
        losses = self._recipe.row_losses(values, targets).mean(dim=1)
        gradients = torch.autograd.grad(losses.sum(), list(self._weights.values()))
        by_name: Stacked = dict(zip(self._weights, gradients, strict=True))
        with torch.no_grad():
            if self._longest is not None:
                by_name = clip(by_name, self._longest)
            self._optimizer.step(self._weights, by_name, rates)
        return losses.detach()

    def _accuracies(self) -> Tensor:
        """Return the share of held-out rows that each trial classifies correctly."""
        values = outputs(self._layers, self._weights, self._data.test_inputs)
        return self._recipe.are_correct(values, self._data.test_targets).float().mean(dim=1)


def _drawn(recipe: Supervised, arm: Training, seed: int) -> nn.Sequential:
    # As torch.manual_seed does, which spends most of its time on generators of devices not in use.
    torch.default_generator.manual_seed(seed)
    return recipe.make_model(arm)


def _clip_norms(arms: Sequence[Training]) -> Tensor | None:
    """Return each trial's longest gradient, infinite where it is free; None if all are."""
    norms = [math.inf if arm.clip_norm is None else arm.clip_norm for arm in arms]
    return torch.tensor(norms) if min(norms) < math.inf else None
