"""Recipe softmax_classifier: a 10-10-2 network with softmax learns 800 separable points."""

from __future__ import annotations

from dataclasses import dataclass, replace

from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from lrquiz.experiments.recipes import classification_data
from lrquiz.experiments.recipes.classification_data import FEATURES, data_steps
from lrquiz.experiments.recipes.split import Split
from lrquiz.experiments.recipes.training import Training

__all__ = ["Arm", "are_correct", "data_steps", "make_model", "make_split", "row_losses"]

CLASSES = 2


@dataclass(frozen=True, slots=True)
class Arm(Training):
    """The settings of one arm."""

    hidden: int = 10
    """width of the hidden layer"""


def make_split(seed: int) -> Split:
    """Draw the data set of one seed; targets are the classes 0 and 1."""
    drawn = classification_data.make_split(seed)
    return replace(drawn, targets=drawn.targets.long(), test_targets=drawn.test_targets.long())


def make_model(arm: Arm) -> nn.Sequential:
    """Return the network with fresh weights: 10 inputs, one logit per class."""
    return nn.Sequential(nn.Linear(FEATURES, arm.hidden), nn.ReLU(), nn.Linear(arm.hidden, CLASSES))


def row_losses(logits: Tensor, targets: Tensor) -> Tensor:
    """Return the loss of every row; `logits` is (... x rows x classes), `targets` (... x rows)."""
    # Classes as the second dimension: as cross_entropy wants them, and several times faster.
    return cross_entropy(logits.movedim(-1, 1), targets, reduction="none")


def are_correct(logits: Tensor, targets: Tensor) -> Tensor:
    """Return for every row whether its largest logit is that of its class."""
    return logits.argmax(dim=-1) == targets
