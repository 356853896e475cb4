"""Parameters: which there are, which get gradients, which change, and which modules have them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

from torch import Tensor, nn
from torch.nn.modules.module import register_module_parameter_registration_hook

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.building import built_at
from lrquiz.recorder.watch.state import Watch, patch


def watch_parameters(stack: ExitStack, watch: Watch) -> None:
    """Note parameters of modules, every gradient that is written to them, and which are loaded."""

    def registered(_: nn.Module, __: str, parameter: Any) -> None:  # noqa: ANN401
        if isinstance(parameter, Tensor):
            enter_parameter(watch, parameter, registered=True)

    stack.callback(register_module_parameter_registration_hook(registered).remove)
    stack.callback(watch.arrivals.stop)
    patch(stack, nn.Module, "load_state_dict", functools.partial(_loading, watch))


def enter_parameter(watch: Watch, parameter: Tensor, *, registered: bool = False) -> int:
    """Return the number of a parameter; from now on its gradients are counted."""
    known = watch.number_of(parameter)
    if known or not _has_numbers(parameter):
        return known
    numbers = {"size": float(parameter.numel()), "registered": float(registered)}
    built, chain = built_at(watch) if registered else ({}, ())
    told = Thing("parameter", "", watch.line(), numbers | built)
    number = watch.enter(parameter, told)
    if number:
        watch.chains[number] = chain
        watch.arrivals.enter(number, parameter)
    return number


def _has_numbers(parameter: Tensor) -> bool:
    """Say whether a tensor has numbers that stay: not so lazy ones, and those inside `vmap`."""
    try:
        parameter.data_ptr()
    except (RuntimeError, ValueError):
        return parameter.is_sparse
    return not parameter.is_meta


def _loading(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def load(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        value = original(module, *arguments, **named)
        for each in module.parameters():
            watch.say_at_end(enter_parameter(watch, each), {"loaded": 1.0})
        return value

    return load


def enter_module(watch: Watch, module: nn.Module) -> tuple[int, ...]:
    """Note the parameters of a module, keep what they hold now, and return their numbers."""
    held = [
        (name, enter_parameter(watch, each, registered=True), each)
        for name, each in module.named_parameters()
    ]
    watch.starts.keep((number, each) for _, number, each in held)
    for name, number, _ in held:
        told = watch.builder.things.get(number)
        if told is not None and not told.name:
            watch.builder.replace_thing(number, replace(told, name=name))
    return tuple(number for _, number, _ in held if number)
