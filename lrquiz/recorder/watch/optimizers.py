"""Optimizers: how they are made, and whose parameters they hold."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from torch.optim import Optimizer

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.parameters import enter_parameter
from lrquiz.recorder.watch.settings import settings_of
from lrquiz.recorder.watch.state import Watch, patch


def watch_optimizers(stack: ExitStack, watch: Watch) -> None:
    """Note every optimizer with the parameters that it holds, also those it gets later."""
    patch(stack, Optimizer, "__init__", functools.partial(_making, watch))
    patch(stack, Optimizer, "add_param_group", functools.partial(_adding, watch))


def _making(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(optimizer: Optimizer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(optimizer, *arguments, **named)
        enter_optimizer(watch, optimizer)

    return make


def _adding(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def add(optimizer: Optimizer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(optimizer, *arguments, **named)
        number = watch.number_of(optimizer)
        told = watch.builder.things.get(number)
        if told is not None:
            parts = _parts(watch, optimizer)
            watch.group(number, parts)
            watch.builder.replace_thing(number, replace(told, parts=parts))

    return add


def enter_optimizer(watch: Watch, optimizer: Optimizer) -> int:
    """Return the number of an optimizer; what its parameters hold now is kept."""
    known = watch.number_of(optimizer)
    if known:
        return known
    parts = _parts(watch, optimizer)
    watch.optimizers.add(optimizer)
    numbers, words = settings_of(optimizer)
    told = Thing("optimizer", type(optimizer).__name__, watch.line(), numbers, words, parts)
    number = watch.enter(optimizer, told)
    watch.group(number, parts)
    return number


def _parts(watch: Watch, optimizer: Optimizer) -> tuple[int, ...]:
    held = [each for group in optimizer.param_groups for each in group["params"]]
    parts = tuple(enter_parameter(watch, each) for each in held)
    watch.starts.keep(zip(parts, held, strict=True))
    return parts
