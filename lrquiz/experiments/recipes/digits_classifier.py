"""Recipe digits_classifier: a 784-32-10 network with softmax learns 800 real handwritten digits."""

from __future__ import annotations

from dataclasses import dataclass

from torch import nn

from lrquiz.experiments.recipes.digits_data import CLASSES, PIXELS, data_steps, make_split
from lrquiz.experiments.recipes.scale import Scale
from lrquiz.experiments.recipes.softmax_classifier import are_correct, row_losses
from lrquiz.experiments.recipes.training import Training

__all__ = ["Arm", "are_correct", "data_steps", "make_model", "make_split", "row_losses"]


@dataclass(frozen=True, slots=True)
class Arm(Training):
    """The settings of one arm."""

    hidden: int = 32
    """width of the hidden layer"""
    scale: float = 1.0
    """factor on every grey value; 1 leaves them between 0 and 1"""


def make_model(arm: Arm) -> nn.Sequential:
    """Return the network with fresh weights: 784 grey values, one logit per digit."""
    return nn.Sequential(
        Scale(arm.scale),
        nn.Linear(PIXELS, arm.hidden),
        nn.ReLU(),
        nn.Linear(arm.hidden, CLASSES),
    )
