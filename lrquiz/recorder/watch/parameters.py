"""Parameters: which there are, which get gradients, which change, and who holds them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from torch import Tensor, nn
from torch.nn.modules.module import register_module_parameter_registration_hook
from torch.optim import Optimizer

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.building import built_at
from lrquiz.recorder.watch.settings import settings_of
from lrquiz.recorder.watch.state import Watch, patch

_MOST_KEPT = 20_000_000
"""numbers of parameters that are kept to see what changed"""


def watch_parameters(stack: ExitStack, watch: Watch) -> None:
    """Note parameters of modules and of optimizers, and every gradient that is written to them."""

    def registered(_: nn.Module, __: str, parameter: Any) -> None:  # noqa: ANN401
        if isinstance(parameter, Tensor):
            enter_parameter(watch, parameter, registered=True)

    stack.callback(register_module_parameter_registration_hook(registered).remove)
    patch(stack, Optimizer, "__init__", functools.partial(_making, watch))
    patch(stack, Optimizer, "add_param_group", functools.partial(_adding, watch))
    patch(stack, nn.Module, "load_state_dict", functools.partial(_loading, watch))


def enter_parameter(watch: Watch, parameter: Tensor, *, registered: bool = False) -> int:
    """Return the number of a parameter; from now on its gradients are counted."""
    known = watch.number_of(parameter)
    if known or not _has_numbers(parameter):
        return known
    numbers = {"size": float(parameter.numel()), "registered": float(registered)}
    numbers |= built_at(watch) if registered else {}
    number = watch.enter(parameter, Thing("parameter", "", watch.line(), numbers))
    if number and not _counted(watch, parameter, number):
        watch.uncounted[number] = parameter
    return number


def _has_numbers(parameter: Tensor) -> bool:
    """Say whether a tensor has numbers that stay: not so lazy ones, and those inside `vmap`."""
    try:
        parameter.data_ptr()
    except (RuntimeError, ValueError):
        return parameter.is_sparse
    return not parameter.is_meta


def _counted(watch: Watch, parameter: Tensor, number: int) -> bool:
    """Count the gradients of a parameter, if it can have any."""
    can = parameter.requires_grad and parameter.is_leaf
    if can:
        parameter.register_post_accumulate_grad_hook(functools.partial(_arrived, watch, number))
    return can


def count_thawed(watch: Watch) -> None:
    """Count the gradients of parameters that could have none before, and now can."""
    for number, parameter in list(watch.uncounted.items()):
        if _counted(watch, parameter, number):
            del watch.uncounted[number]


def _arrived(watch: Watch, number: int, _: Tensor) -> None:
    watch.arrived.append(number)


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
            watch.parts[number] = frozenset(parts)
            watch.builder.replace_thing(number, replace(told, parts=parts))

    return add


def _loading(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def load(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        value = original(module, *arguments, **named)
        watch.loaded.update(enter_parameter(watch, each) for each in module.parameters())
        return value

    return load


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
    watch.parts[number] = frozenset(parts)
    return number


def _parts(watch: Watch, optimizer: Optimizer) -> tuple[int, ...]:
    held = [each for group in optimizer.param_groups for each in group["params"]]
    parts = tuple(enter_parameter(watch, each) for each in held)
    keep_start(watch, zip(parts, held, strict=True))
    return parts


def keep_start(watch: Watch, parameters: Iterable[tuple[int, Tensor]]) -> None:
    """Keep parameters and what they hold now, so that it can be told whether they change."""
    for number, parameter in parameters:
        if not number or number in watch.start:
            continue
        if watch.kept + parameter.numel() <= _MOST_KEPT:
            watch.start[number] = (parameter, parameter.detach().clone())
            watch.kept += parameter.numel()


def enter_module(watch: Watch, module: nn.Module) -> tuple[int, ...]:
    """Note the parameters of a module, keep what they hold now, and return their numbers."""
    held = [
        (name, enter_parameter(watch, each, registered=True), each)
        for name, each in module.named_parameters()
    ]
    keep_start(watch, [(number, each) for _, number, each in held])
    for name, number, _ in held:
        told = watch.builder.things.get(number)
        if told is not None and not told.name:
            watch.builder.replace_thing(number, replace(told, name=name))
    return tuple(number for _, number, _ in held if number)
