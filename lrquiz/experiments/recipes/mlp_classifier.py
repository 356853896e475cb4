"""Recipe mlp_classifier: a two-layer network learns 800 separable points by mini-batches."""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from lrquiz.experiments.recipes.classification_data import FEATURES, data_steps, make_split
from lrquiz.experiments.recipes.training import Training

__all__ = ["Arm", "are_correct", "data_steps", "make_model", "make_split", "row_losses"]


@dataclass(frozen=True, slots=True)
class Arm(Training):
    """The settings of one arm."""

    hidden: int = 16
    """width of the hidden layer"""


def make_model(arm: Arm) -> nn.Sequential:
    """Return the network with fresh weights: 10 inputs, one logit."""
    return nn.Sequential(nn.Linear(FEATURES, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, 1))


def row_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the loss of every row; `logits` is (... x rows x 1), `targets` (... x rows)."""
    return binary_cross_entropy_with_logits(logits.squeeze(-1), targets, reduction="none")


def are_correct(logits: Tensor, targets: Tensor) -> Tensor:
    """Return for every row whether its logit is on the side of its class."""
    return (logits.squeeze(-1) > 0) == targets.bool()
