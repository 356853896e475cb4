"""A shipped item whose options are curves, on traces that were recorded by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lrquiz.bank.catalogue import RECIPES
from lrquiz.evidence.bands import LOOKS
from lrquiz.model.quiz import Quiz
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.quizfile import digest_of
from lrquiz.verify.verification import verify_variant
from tests.verify.recorded_runs import RecordedRuns, shipped

VARIANT = shipped("curve-of-a-high-rate")
EPOCHS = VARIANT.experiment.epochs
SHAPES = {"good": 0.5, "lower": 0.8, "too_low": 0.95, "too_high": 1.1}
"""by which factor the loss of each arm changes in an epoch"""
DRAWN = LOOKS[-1]
"""seed of the trials that are drawn"""


def recorded(arm: str, seed: int) -> Trace:
    """Return a run of an arm: its shape, begun a little higher or lower by the seed."""
    begun = 2.3 * (1 + 0.001 * (seed % 7))
    return of_losses(arm, *(begun * SHAPES[arm] ** epoch for epoch in range(EPOCHS)))


def of_losses(arm: str, *values: float) -> Trace:
    """Return a trace of the item's recipe with these losses, at the arm's own rate."""
    flat = (float(VARIANT.experiment.arms[arm]["lr"]),) * len(values)
    records = RECIPES["digits_classifier"].records
    columns = {each.removeprefix("epoch."): flat for each in records}
    return Trace({**columns, "loss": values}, recorded=records, planned_epochs=len(values))


def proved(runs: Callable[[str, int], Trace] = recorded) -> VerifiedVariant:
    """Return the item as these runs prove it."""
    return verify_variant(VARIANT, RecordedRuns(runs).as_laboratory)


def quiz_of_curves() -> Quiz:
    """Return a quiz of this one item."""
    quiz = Quiz("", "Curves", 3, (freeze(proved(), 3),), {"lrquiz": "0", "torch": "0"})
    return replace(quiz, id=digest_of(quiz))
