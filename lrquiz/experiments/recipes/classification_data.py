"""1000 x 10 synthetic rows with two linearly separable classes, split 800/200."""

from __future__ import annotations

import torch
from torch import Tensor

from lrquiz.experiments.recipes.split import DataStep, Split

ROWS, FEATURES, TRAINING_ROWS = 1000, 10, 800


def make_split(seed: int) -> Split:
    """Draw the data set of one seed; targets are 0.0 or 1.0.

    Mean and deviation come from the training rows only: taking them from all rows would let the
    test rows leak into training.
    """
    raw, targets = _draw(seed)
    training = raw[:TRAINING_ROWS]
    inputs = (raw - training.mean(dim=0)) / training.std(dim=0)
    return Split(
        inputs[:TRAINING_ROWS],
        targets[:TRAINING_ROWS],
        inputs[TRAINING_ROWS:],
        targets[TRAINING_ROWS:],
    )


def data_steps(seed: int) -> tuple[DataStep, ...]:
    """Return the data of one seed step by step, the last as `make_split` returns them.

    The step `leaked` is what normalising by all rows, before the split, would have made of them.
    """
    raw, _ = _draw(seed)
    split = make_split(seed)
    leaked = (raw - raw.mean(dim=0)) / raw.std(dim=0)
    return (
        DataStep("raw", raw),
        DataStep("split", raw[:TRAINING_ROWS], raw[TRAINING_ROWS:]),
        DataStep("leaked", leaked[:TRAINING_ROWS], leaked[TRAINING_ROWS:]),
        DataStep("normalised", split.inputs, split.test_inputs),
    )


def _draw(seed: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    raw = 1 + 2 * torch.randn(ROWS, FEATURES, generator=generator)
    direction = torch.randn(FEATURES, generator=generator)
    return raw, ((raw - 1) @ direction > 0).float()
