"""Record one training from its data to a prediction, by the loop that evidence comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.errors import RecipeError
from lrquiz.experiments.recipes import split as recipe_data
from lrquiz.experiments.recipes.plain_loop import Trained, trained_plain
from lrquiz.experiments.recipes.split import Split
from lrquiz.model.recorded import (
    DataStep,
    Layer,
    Prediction,
    RecordedRun,
    Weight,
    number_or_none,
    numbers,
)

_SHOWN = 10  # values of one row, or of one layer
_ROW = 0  # the held-out row whose prediction is followed


def record(recipe: ModuleType, arm: Any, seed: int, epochs: int) -> RecordedRun:  # noqa: ANN401
    """Train one trial and return all that a page shows of it.

    A recipe shows how its data come about by `data_steps(seed)`; one that brings its own loop shows
    its model by `trained(arm, seed, epochs)`, which returns a `Trained`. Without data there are no
    steps of theirs, and nothing is predicted.

    Raises:
        RecipeError: the recipe does not show its model.
    """
    done = _trained(recipe, arm, seed, epochs)
    steps = () if done.data is None else _data_steps(recipe, done.data, seed)
    return RecordedRun(
        data=tuple(map(_step, steps)),
        weights=tuple(
            Weight(name, tuple(each.shape)) for name, each in done.model.named_parameters()
        ),
        epochs={name: numbers(column) for name, column in done.trace.epochs.items()},
        prediction=(
            None
            if done.data is None
            else _prediction(_in_sequence(done.model), done.data, steps[-1].first_column)
        ),
        torch_version=str(torch.__version__),
    )


def _trained(recipe: Any, arm: Any, seed: int, epochs: int) -> Trained:  # noqa: ANN401
    if hasattr(recipe, "trained"):
        done: Trained = recipe.trained(arm, seed, epochs)
        return done
    if hasattr(recipe, "run"):
        message = (
            f"recipe {recipe.__name__.rpartition('.')[2]} cannot be shown as a pipeline: beside "
            "its own run it needs trained(arm, seed, epochs), which returns a Trained"
        )
        raise RecipeError(message)
    return trained_plain(recipe, arm, seed, epochs)


def _in_sequence(model: nn.Module) -> nn.Sequential:
    """Return the model itself, whose layers can be followed one after the other.

    Raises:
        RecipeError: it is of another kind.
    """
    if isinstance(model, nn.Sequential):
        return model
    message = (
        f"a {type(model).__name__} cannot be followed layer by layer; trained(arm, seed, epochs) "
        "needs to return an nn.Sequential where it returns data"
    )
    raise RecipeError(message)


def _data_steps(recipe: Any, split: Split, seed: int) -> Sequence[recipe_data.DataStep]:  # noqa: ANN401
    if hasattr(recipe, "data_steps"):
        steps: Sequence[recipe_data.DataStep] = recipe.data_steps(seed)
        return steps
    return (recipe_data.DataStep("split", split.inputs, split.test_inputs),)


def _step(data: recipe_data.DataStep) -> DataStep:
    rows = data.inputs.flatten(1).double()
    first = data.first_column
    return DataStep(
        name=data.name,
        shape=tuple(data.inputs.shape),
        test_shape=None if data.test_inputs is None else tuple(data.test_inputs.shape),
        sample=numbers(rows[0, first : first + _SHOWN].tolist()),
        first_column=first,
        lowest=number_or_none(rows.min().item()),
        highest=number_or_none(rows.max().item()),
        largest_mean=number_or_none(rows.mean(dim=0).abs().max().item()),
    )


def _prediction(model: nn.Sequential, split: Split, first: int) -> Prediction:
    """Follow one held-out row through the layers; what they make of it is what the model says."""
    with torch.no_grad():
        layers = list(_layers(model, split.test_inputs[_ROW : _ROW + 1], first))
    name, probabilities = _probabilities(layers[-1][1])
    predicted, probability = _decided(probabilities.flatten().tolist())
    return Prediction(
        row=_ROW,
        layers=tuple(_layer(*each) for each in (*layers, (name, probabilities, 0))),
        predicted=predicted,
        actual=int(split.test_targets[_ROW].item()),
        probability=number_or_none(probability),
    )


def _layers(model: nn.Sequential, row: Tensor, first: int) -> Iterator[tuple[str, Tensor, int]]:
    """Yield each layer's name, its output, and where in that there is something to see."""
    shape = row.shape
    yield "input", row, first
    for layer in model:
        row = layer(row)
        yield str(layer), row, first if row.shape == shape else 0


def _probabilities(outputs: Tensor) -> tuple[str, Tensor]:
    """Return the last step, which the loss function takes itself during training."""
    if outputs.shape[-1] == 1 or outputs.dim() == 1:
        return "sigmoid", outputs.sigmoid()
    return "softmax", outputs.softmax(dim=-1)


def _decided(probabilities: Sequence[float]) -> tuple[int, float]:
    """Return the class that is predicted, and its probability."""
    if len(probabilities) == 1:
        (second,) = probabilities
        return (1, second) if second > 0.5 else (0, 1 - second)
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    return best, probabilities[best]


def _layer(name: str, output: Tensor, first: int) -> Layer:
    values = output.flatten()[first : first + _SHOWN].tolist()
    return Layer(name, tuple(output.shape), numbers(values), first)
