"""Recipe fill_backward: a training loop whose call of each batch is left blank; see `filled`."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.bank.blanks import BACKWARD
from lrquiz.experiments.recipes.filled import run_filled
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    response: str = "loss.backward()"
    """what is written in the blank"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Run the loop with the arm's response in its blank."""
    return run_filled(BACKWARD, arm.response, seed, epochs)
