"""1000 x 10 synthetic rows with two linearly separable classes, split 800/200."""

from __future__ import annotations

import torch

from lrquiz.experiments.recipes.split import Split

ROWS, FEATURES, TRAINING_ROWS = 1000, 10, 800


def make_split(seed: int) -> Split:
    """Draw the data set of one seed; targets are 0.0 or 1.0.

    Mean and deviation come from the training rows only: taking them from all rows would let the
    test rows leak into training.
    """
    generator = torch.Generator().manual_seed(seed)
    raw = 1 + 2 * torch.randn(ROWS, FEATURES, generator=generator)
    direction = torch.randn(FEATURES, generator=generator)
    targets = ((raw - 1) @ direction > 0).float()
    training = raw[:TRAINING_ROWS]
    inputs = (raw - training.mean(dim=0)) / training.std(dim=0)
    return Split(
        inputs[:TRAINING_ROWS],
        targets[:TRAINING_ROWS],
        inputs[TRAINING_ROWS:],
        targets[TRAINING_ROWS:],
    )
