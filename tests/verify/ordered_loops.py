"""Order items proved by real trainings, each order run once in this process and kept."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.ordering import ORDER
from lrquiz.experiments.recipe import load_recipe, make_arm, run_plain
from lrquiz.experiments.recipes.ordered import run_ordered
from lrquiz.model.item import Experiment, Variant
from lrquiz.model.quiz import Quiz, QuizItem, QuizOrder
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.quizfile import digest_of
from lrquiz.verify.proving import prove
from lrquiz.verify.verification import verified_by
from tests.verify.recorded_runs import shipped

BATCH = "order-the-batch-loop"
CODE = recipe_info(shipped(BATCH).experiment.recipe).code
RIGHT = (
    ("clear", "forward", "loss", "backward", "step"),
    ("forward", "clear", "loss", "backward", "step"),
    ("forward", "loss", "clear", "backward", "step"),
    ("forward", "loss", "backward", "step", "clear"),
)
"""the orders that must train alike: gradients are cleared anywhere but where they are needed"""
LATE = ("step", "clear", "forward", "loss", "backward")
"""each step follows the gradient of the batch before"""


@functools.cache
def ran(recipe: str, order: tuple[str, ...], epochs: int) -> Trace:
    """Return what a recipe shows of an order; it knows no chance, so that one run is enough."""
    module = load_recipe(recipe)
    return run_plain(module, make_arm(module, {ORDER: order}), 0, epochs)


@dataclass(frozen=True)
class InThisProcess:
    """Trains here what a laboratory would train in workers."""

    code: str = ""
    """to run in the place of a recipe's own"""

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        info = recipe_info(experiment.recipe)
        orders = {arm: tuple(info.complete(each)[ORDER]) for arm, each in experiment.arms.items()}
        return {arm: (self._trace(experiment, each),) * len(seeds) for arm, each in orders.items()}

    def _trace(self, experiment: Experiment, order: tuple[str, ...]) -> Trace:
        if self.code:
            return run_ordered(self.code, order, experiment.epochs)
        return ran(str(experiment.recipe), order, experiment.epochs)


def verified(variant: Variant, code: str = "") -> VerifiedVariant:
    return verified_by(variant, prove(variant, InThisProcess(code)))


@functools.cache
def proved() -> VerifiedVariant:
    """Return the shipped item about the calls of a batch, as its trainings prove it."""
    return verified(shipped(BATCH))


def frozen(seed: int = 0) -> tuple[QuizItem, QuizOrder]:
    item = freeze(proved(), seed)
    assert item.order is not None
    return item, item.order


def quiz() -> Quiz:
    made = Quiz("", "Orders", 0, (frozen()[0],), {"torch": "2"})
    return replace(made, id=digest_of(made))


def told(orders: Sequence[Sequence[str]]) -> list[str]:
    return sorted(" ".join(each) for each in orders)
