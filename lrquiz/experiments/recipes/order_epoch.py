"""Recipe order_epoch: a training loop in which the calls of an epoch can be put in order."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.bank.loops import EPOCH_LOOP
from lrquiz.experiments.recipes.ordered import run_ordered
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    order: tuple[str, ...] = ("train-mode", "train", "eval-mode", "measure", "decay")
    """ids of the movable lines, in the order in which they run"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:  # noqa: ARG001 - every recipe takes a seed
    """Run the loop with its lines in the arm's order; it knows no chance."""
    return run_ordered(EPOCH_LOOP, arm.order, epochs, dropout=0.5)
