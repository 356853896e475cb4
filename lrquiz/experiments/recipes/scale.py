"""A fixed layer that multiplies by a number, as wrong or missing normalisation does."""

from __future__ import annotations

from torch import Tensor, nn


class Scale(nn.Module):
    """Multiplies every input by the same number, which is no weight and never trains."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the inputs times the factor."""
        return inputs if self.factor == 1 else inputs * self.factor
