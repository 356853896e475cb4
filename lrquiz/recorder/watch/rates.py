"""The same program at another rate: every learning rate that it sets, multiplied by a factor."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from torch.optim import Optimizer, lr_scheduler

from lrquiz.recorder.watch.state import patch

_RATES_OF = {
    "OneCycleLR": ("max_lr",),
    "CyclicLR": ("base_lr", "max_lr"),
    "CosineAnnealingLR": ("eta_min",),
    "CosineAnnealingWarmRestarts": ("eta_min",),
}
"""arguments of schedulers that are rates themselves"""
_PLACES = {"max_lr": 2, "base_lr": 1}


@contextmanager
def scaled_rates(factor: float) -> Iterator[None]:
    """Multiply every learning rate of optimizers and schedulers while the context lasts."""
    with ExitStack() as stack:
        if factor != 1:
            patch(stack, Optimizer, "__init__", functools.partial(_optimizer, factor))
            for name, arguments in _RATES_OF.items():
                owner = getattr(lr_scheduler, name)
                patch(stack, owner, "__init__", functools.partial(_scheduler, factor, arguments))
        yield


def _optimizer(factor: float, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(optimizer: Optimizer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(optimizer, *arguments, **named)
        for group in optimizer.param_groups:
            if isinstance(group.get("lr"), int | float):
                group["lr"] *= factor

    return make


def _scheduler(
    factor: float, names: tuple[str, ...], original: Callable[..., Any]
) -> Callable[..., Any]:
    def make(scheduler: Any, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        placed = list(arguments)
        for name in names:
            if name in named:
                named[name] = _times(named[name], factor)
            elif (place := _PLACES.get(name, 99) - 1) < len(placed):
                placed[place] = _times(placed[place], factor)
        original(scheduler, *placed, **named)

    return make


def _times(rate: Any, factor: float) -> Any:  # noqa: ANN401
    if isinstance(rate, list | tuple):
        return [each * factor for each in rate]
    return rate * factor
