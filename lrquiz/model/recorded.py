"""One recorded run of a pipeline: what its data, its model and its training really were.

Numbers that were not finite are None, so that a record survives as JSON.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Shape = tuple[int, ...]
Numbers = tuple[float | None, ...]
"""None where the value was not a finite number"""


def number_or_none(value: float) -> float | None:
    """Return the number itself, or None where it is not finite."""
    return value if math.isfinite(value) else None


def numbers(values: Iterable[float]) -> Numbers:
    """Return the numbers, None for each that is not finite."""
    return tuple(map(number_or_none, values))


@dataclass(frozen=True, slots=True)
class DataStep:
    """The data after one step of their preparation."""

    name: str
    shape: Shape
    """of the rows that train; of all rows before they are split"""
    test_shape: Shape | None
    """of the held-out rows; None before the split"""
    sample: Numbers
    """a few neighbouring values of the first row"""
    first_column: int
    """where in the row the sample begins, counted from 0"""
    lowest: float | None
    highest: float | None
    largest_mean: float | None
    """of the absolute means of all columns, over the rows that train"""


@dataclass(frozen=True, slots=True)
class Weight:
    """One tensor of weights, by the name that PyTorch gives it."""

    name: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Layer:
    """What one layer made of the sample."""

    name: str
    """as PyTorch prints it, or what was done to the last layer's output"""
    shape: Shape
    values: Numbers
    """the first of its outputs"""
    first: int = 0
    """which output the values begin with, counted from 0"""


@dataclass(frozen=True, slots=True)
class Prediction:
    """One held-out row on its way through the trained model."""

    row: int
    """which of the held-out rows, counted from 0"""
    layers: tuple[Layer, ...]
    """the input first, the probabilities last"""
    predicted: int
    actual: int
    probability: float | None
    """that the model gives the class it predicts"""


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """One training from its data to a prediction, or as much of that as there is."""

    data: tuple[DataStep, ...]
    """none where a loss is descended that no data make"""
    weights: tuple[Weight, ...]
    epochs: Mapping[str, Numbers]
    """columns by name, one value per epoch"""
    prediction: Prediction | None
    """None where there is no held-out row to predict"""
    torch_version: str

    def step(self, name: str) -> DataStep | None:
        """Return the data after the step of this name, if there is one."""
        return next((each for each in self.data if each.name == name), None)

    @property
    def rates(self) -> tuple[str, ...]:
        """The columns of learning rates that epochs began with: `lr`, or one for each layer."""
        return tuple(name for name in self.epochs if name.startswith("lr") and name != "lr_after")
