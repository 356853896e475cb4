"""What parameters held at first, so that it can be told at the end which of them changed."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor

_MOST_KEPT = 20_000_000
"""numbers of parameters that are kept"""


class Starts:
    """Copies of parameters as they were first seen, by number, as many as memory is spent on."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[Tensor, Tensor]] = {}
        """each parameter, which stays alive so, and what it held at first"""
        self._kept = 0

    def keep(self, parameters: Iterable[tuple[int, Tensor]]) -> None:
        """Keep parameters that have a number, and what they hold now, unless they are known."""
        for number, parameter in parameters:
            if not number or number in self._held:
                continue
            if self._kept + parameter.numel() <= _MOST_KEPT:
                self._held[number] = (parameter, parameter.detach().clone())
                self._kept += parameter.numel()

    def changed(self, number: int, parameter: Tensor) -> dict[str, float]:
        """Return as `changed` whether a parameter did, where that can be told."""
        _, start = self._held.get(number, (None, None))
        if start is None or start.shape != parameter.shape:
            return {}
        return {"changed": float(not torch.equal(parameter.detach(), start))}
