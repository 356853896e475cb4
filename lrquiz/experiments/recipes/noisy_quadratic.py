"""Recipe noisy_quadratic: a valley of known curvature whose gradients are noisy.

The noise stands for that of mini-batches. At a constant rate it keeps the weight wandering around
the minimum, the wider the higher the rate is; this is where lowering the rate late helps.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from lrquiz.experiments.recipes import quadratic
from lrquiz.experiments.recipes.plain_loop import Trained
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Arm(quadratic.Arm):
    """The settings of one arm."""

    noise: float = 1.0
    """standard deviation of what is added to each gradient"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Descend one step per epoch with noise drawn from the seed; see `quadratic.descend`."""
    return trained(arm, seed, epochs).trace


def trained(arm: Arm, seed: int, epochs: int) -> Trained:
    """Descend one step per epoch with noise drawn from the seed; see `quadratic.descend`."""
    generator = torch.Generator().manual_seed(seed)
    return quadratic.descend(
        arm, epochs, lambda: arm.noise * torch.randn((), generator=generator).item()
    )
