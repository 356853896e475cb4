"""Code with a blank, filled in as an arm says and run exactly as it then stands.

For the recipes of fill-in items, and for local ones that bring code of their own: `CODE`, text that
defines `train(model, batches, epochs)` with one blank, `___`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.bank.blanks import BATCH_SIZE, LAYERS, ROWS, filled, response_fault
from lrquiz.errors import RecipeError
from lrquiz.experiments.recipes.classification_data import make_split
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import watching
from lrquiz.recorder.weights import classifier, copy_of, distance

Batches = Sequence[tuple[Tensor, Tensor]]


def run_filled(code: str, response: str, seed: int, epochs: int) -> Trace:
    """Run `code` with a response in its blank, on fresh weights and 320 rows of two classes.

    Columns: `loss` (mean over the epoch's batches) and `lr` (of the epoch's first step), NaN where
    no loss was computed or no step taken; `lr_after`, which only the next epoch's first step tells,
    so that the last epoch has none; one `weight_change`, since training began. An exception ends
    training and is kept in `stopped`.

    Raises:
        RecipeError: the response is none that is evaluated outside of a box.
    """
    fault = response_fault(response)
    if fault:
        raise RecipeError(fault)
    data = make_split(seed)
    inputs, targets = data.inputs[:ROWS], data.targets[:ROWS].long()
    rows, classes = inputs.split(BATCH_SIZE), targets.split(BATCH_SIZE)
    batches = list(zip(rows, classes, strict=True))
    torch.manual_seed(seed)
    model = classifier(LAYERS)
    start, builder = copy_of(model), TraceBuilder(epochs)
    with watching(builder):
        stopped = _stopped(filled(code, response), model, batches, epochs)
    moved = distance(start, copy_of(model))
    return _by_epoch(builder.build(), len(batches), moved, stopped)


def _stopped(source: str, model: nn.Module, batches: Batches, epochs: int) -> str | None:
    """Run the code; return the exception that it ended with, if it did."""
    names: dict[str, Any] = {}
    try:
        exec(compile(source, "<filled>", "exec"), names)  # noqa: S102 - lrquiz's code or allowed
        names["train"](model, batches, epochs)
    except Exception as error:  # noqa: BLE001 - whatever PyTorch makes of it is evidence
        return f"{type(error).__name__}: {error}"
    return None


def _by_epoch(trace: Trace, batches: int, moved: float, stopped: str | None) -> Trace:
    """Return the trace as columns of epochs, each of `batches` batches."""
    losses = [event.numbers["loss"] for event in trace.of_kind("forward")]
    rates = trace.steps.get("lr", ())
    firsts = range(0, trace.planned_epochs * batches, batches)
    used = tuple(rates[first] if first < len(rates) else math.nan for first in firsts)
    columns = {
        "loss": tuple(_mean(losses[first : first + batches], batches) for first in firsts),
        "lr": used,
        "lr_after": used[1:],
        "weight_change": (moved,),
    }
    recorded = frozenset(f"epoch.{name}" for name in columns)
    return Trace(columns, recorded=recorded, planned_epochs=trace.planned_epochs, stopped=stopped)


def _mean(losses: Sequence[float], batches: int) -> float:
    return sum(losses) / batches if len(losses) == batches else math.nan
