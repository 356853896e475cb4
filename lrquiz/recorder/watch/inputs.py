"""Data: passes over loaders, how large they are, and whether they are shuffled."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sized
from contextlib import ExitStack
from typing import Any

import torch
from torch.utils.data import DataLoader, RandomSampler

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.prints import print_of
from lrquiz.recorder.watch.state import Watch, patch

_PLACES = 16
"""of an order, the first ones, that tell it from others"""


def watch_data(stack: ExitStack, watch: Watch) -> None:
    """Note every `DataLoader`, every pass over one, and which targets rows met."""
    patch(stack, DataLoader, "__init__", functools.partial(_making, watch))
    patch(stack, DataLoader, "__iter__", functools.partial(_beginning, watch))
    patch(stack, torch, "randperm", functools.partial(_ordering, watch))
    patch(stack, torch, "manual_seed", functools.partial(_seeding, watch))
    stack.callback(_note_pairs, watch)


def _making(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(loader: DataLoader[Any], *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(loader, *arguments, **named)
        _number(watch, loader)

    return make


def _seeding(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def seed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        watch.event("seed", watch.line())
        return original(*arguments, **named)

    return seed


def _ordering(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def order(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        made = original(*arguments, **named)
        by_program = sys._getframe(1).f_code.co_filename == watch.filename  # noqa: SLF001
        numbers = {
            "rows": float(made.numel()),
            "print": print_of(made[:_PLACES].reshape(1, -1)),
            "chosen": float(by_program and named.get("generator") is not None),
        }
        watch.event("order", watch.line(), numbers)
        return made

    return order


def _beginning(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def begin(loader: DataLoader[Any]) -> Any:  # noqa: ANN401
        watch.event("loader", watch.line(), of=_number(watch, loader))
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


def _note_pairs(watch: Watch) -> None:
    told = watch.pairs.told()
    if told["again"]:
        watch.builder.thing(Thing("data", "", None, told))
