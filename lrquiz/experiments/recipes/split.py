"""Labelled rows, split into those that train and those that are held out."""

from __future__ import annotations

import math
from dataclasses import dataclass

from torch import Tensor

from lrquiz.errors import RecipeError


@dataclass(frozen=True, slots=True)
class Split:
    """Inputs (rows x features, float32) and targets (rows) for training and for testing.

    Raises:
        RecipeError: an input or a target is not a finite number. Training on it could only show
            that NaN spreads, whatever the settings are.
    """

    inputs: Tensor
    targets: Tensor
    test_inputs: Tensor
    test_targets: Tensor

    def __post_init__(self) -> None:
        for name in self.__slots__:
            # A sum is several times cheaper than a look at each value.
            if not math.isfinite(getattr(self, name).sum().item()):
                message = (
                    f"the data are not finite: {name} holds NaN, infinity or numbers too large to "
                    "add up; mend make_split before anything is trained on them"
                )
                raise RecipeError(message)


@dataclass(frozen=True, slots=True)
class DataStep:
    """The data after one step of their preparation, for pages that show each."""

    name: str
    inputs: Tensor
    """rows that train; all rows before they are split"""
    test_inputs: Tensor | None = None
    """held-out rows"""
    first_column: int = 0
    """where in a flattened row there is something to see"""
