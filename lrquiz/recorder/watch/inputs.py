"""Data: passes over loaders, how large they are, and whether they are shuffled."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sized
from contextlib import ExitStack
from typing import Any

from torch.utils.data import DataLoader, RandomSampler

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.state import Watch, patch


def watch_loaders(stack: ExitStack, watch: Watch) -> None:
    """Note the beginning of every pass over a `DataLoader`."""
    patch(stack, DataLoader, "__iter__", functools.partial(_beginning, watch))


def _beginning(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def begin(loader: DataLoader[Any]) -> Any:  # noqa: ANN401
        watch.builder.event("loader", watch.line(), of=_number(watch, loader))
        return original(loader)

    return begin


def _number(watch: Watch, loader: DataLoader[Any]) -> int:
    known = watch.number_of(loader)
    if known:
        return known
    numbers = {"shuffled": float(isinstance(loader.sampler, RandomSampler))}
    if isinstance(loader.batch_size, int):
        numbers["batch_size"] = float(loader.batch_size)
    if isinstance(loader.dataset, Sized):
        numbers["rows"] = float(len(loader.dataset))
        numbers["batches"] = float(len(loader))
    return watch.enter(loader, Thing("loader", type(loader).__name__, watch.line(), numbers))
