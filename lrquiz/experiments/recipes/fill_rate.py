"""Recipe fill_rate: a training loop whose learning rate is left blank; see `filled`."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.bank.blanks import RATE
from lrquiz.experiments.recipes.filled import run_filled
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Arm:
    """The settings of one arm."""

    response: str = "0.1"
    """what is written in the blank"""


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Run the loop with the arm's response in its blank."""
    return run_filled(RATE, arm.response, seed, epochs)
