"""A training loop with its lines in the order that an arm says, run exactly as it then stands.

For the recipes of order items, and for local ones that bring code of their own: `CODE`, text whose
movable lines are marked as in `lrquiz.bank.loops`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.bank.blanks import BATCH_SIZE, LAYERS
from lrquiz.bank.loops import loop_of
from lrquiz.errors import RecipeError
from lrquiz.experiments.recipes.classification_data import make_split
from lrquiz.model.trace import Trace
from lrquiz.recorder.weights import classifier, copy_of, distance

_SEED = 0
"""of data, weights and dropout: orders are compared with each other, never with chance"""
_BATCHES = 4

Batches = Sequence[tuple[Tensor, Tensor]]


def run_ordered(code: str, order: Sequence[str], epochs: int, dropout: float = 0.0) -> Trace:
    """Run a loop with its lines in an order, on fresh weights and 128 rows of two classes.

    Columns: `step.loss`, every loss that the loop reported; `epoch.loss`, their mean by epoch,
    empty where the loop did not run to its end; `epoch.weights`, all final weights; one
    `weight_change`, since training began. What is no finite number is infinite in them, since
    traces are compared and NaN is equal to nothing. An exception ends training and is kept in
    `stopped`.

    Raises:
        RecipeError: the code has no movable lines, or that is no order of them.
    """
    source = _source(code, order)
    batches = _batches()
    torch.manual_seed(_SEED)
    model = _model(dropout)
    start, losses = copy_of(model), list[float]()
    stopped = _stopped(source, model, batches, epochs, losses)
    weights = [value for each in copy_of(model).values() for value in each.flatten().tolist()]
    columns = {
        "loss": () if stopped else _by_epoch(losses, epochs),
        "weights": _comparable(weights),
        "weight_change": _comparable([distance(start, copy_of(model))]),
    }
    return Trace(
        epochs=columns,
        steps={"loss": _comparable(losses)},
        recorded=frozenset({"step.loss", *(f"epoch.{name}" for name in columns)}),
        planned_epochs=epochs,
        stopped=stopped,
    )


def _source(code: str, order: Sequence[str]) -> str:
    """Return the code in an order; an arm says ids, so nothing but the code's lines ever runs."""
    loop = loop_of(code)
    if loop is None:
        raise RecipeError("the code has no lines that can be put in order; mark them by #: and ids")
    try:
        return loop.source(order)
    except ValueError as error:
        raise RecipeError(str(error)) from error


@functools.cache
def _rows() -> tuple[Tensor, Tensor]:
    """Return the rows that every order trains on; drawn once for hundreds of orders."""
    data, rows = make_split(_SEED), _BATCHES * BATCH_SIZE
    return data.inputs[:rows], data.targets[:rows].long()


def _batches() -> Batches:
    inputs, targets = (each.clone() for each in _rows())  # the code might change them in place
    return list(zip(inputs.split(BATCH_SIZE), targets.split(BATCH_SIZE), strict=True))


def _model(dropout: float) -> nn.Module:
    layers = list(classifier(LAYERS))
    last = layers[-1:]
    return nn.Sequential(*layers[:-1], *([nn.Dropout(dropout)] if dropout else []), *last)


def _stopped(
    source: str, model: nn.Module, batches: Batches, epochs: int, losses: list[float]
) -> str | None:
    """Run the code; return the exception that it ended with, if it did."""
    names: dict[str, Any] = {}
    try:
        exec(compile(source, "<ordered>", "exec"), names)  # noqa: S102 - the recipe's own lines
        names["train"](model, batches, epochs, losses)
    except Exception as error:  # noqa: BLE001 - whatever PyTorch makes of it is evidence
        return f"{type(error).__name__}: {error}"
    return None


def _comparable(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(value if math.isfinite(value) else math.inf for value in values)


def _by_epoch(losses: Sequence[float], epochs: int) -> tuple[float, ...]:
    """Return the mean of each epoch's losses, of which every epoch reported as many."""
    size = max(len(losses) // epochs, 1)
    parts = [losses[first : first + size] for first in range(0, size * epochs, size)]
    return _comparable([sum(part) / size for part in parts])
