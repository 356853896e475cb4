"""Parameters: which there are, which get gradients, which change, and who holds them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.module import register_module_parameter_registration_hook
from torch.optim import Optimizer

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.state import Watch, patch

_MOST_KEPT = 20_000_000
"""numbers of parameters that are kept to see what changed"""


def watch_parameters(stack: ExitStack, watch: Watch) -> None:
    """Note parameters of modules and of optimizers, and every gradient that is written to them."""

    def registered(_: nn.Module, __: str, parameter: Any) -> None:  # noqa: ANN401
        if isinstance(parameter, Tensor):
            enter_parameter(watch, parameter)

    stack.callback(register_module_parameter_registration_hook(registered).remove)
    patch(stack, Optimizer, "__init__", functools.partial(_making, watch))


def enter_parameter(watch: Watch, parameter: Tensor) -> int:
    """Return the number of a parameter; from now on its gradients are counted."""
    known = watch.number_of(parameter)
    if known:
        return known
    size = float(parameter.numel())
    told = Thing("parameter", "", watch.line(), {"size": size})
    number = watch.enter(parameter, told)
    if number and parameter.requires_grad and parameter.is_leaf:
        parameter.register_post_accumulate_grad_hook(functools.partial(_arrived, watch, number))
    return number


def _arrived(watch: Watch, number: int, _: Tensor) -> None:
    watch.arrived += 1
    watch.arrivals[number] = watch.arrivals.get(number, 0) + 1


def _making(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(optimizer: Optimizer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(optimizer, *arguments, **named)
        enter_optimizer(watch, optimizer)

    return make


def enter_optimizer(watch: Watch, optimizer: Optimizer) -> int:
    """Return the number of an optimizer; what its parameters hold now is kept."""
    known = watch.number_of(optimizer)
    if known:
        return known
    held = [each for group in optimizer.param_groups for each in group["params"]]
    parts = tuple(enter_parameter(watch, each) for each in held)
    keep_start(watch, zip(parts, held, strict=True))
    watch.optimizers.add(optimizer)
    numbers = {"groups": float(len(optimizer.param_groups)), **_settings(optimizer)}
    told = Thing("optimizer", type(optimizer).__name__, watch.line(), numbers, parts=parts)
    return watch.enter(optimizer, told)


def _settings(optimizer: Optimizer) -> dict[str, float]:
    first, defaults = optimizer.param_groups[0], optimizer.defaults
    names = ("lr", "momentum", "weight_decay", "maximize")
    settings = {name: float(first[name]) for name in names if _is_number(first.get(name))}
    if _is_number(defaults.get("lr")):
        settings["default_lr"] = float(defaults["lr"])
    rates = {float(group["lr"]) for group in optimizer.param_groups if _is_number(group.get("lr"))}
    unknown = {key for group in optimizer.param_groups for key in group} - {*defaults, "params"}
    settings["rates"] = float(len(rates))
    settings["unknown_keys"] = float(len(unknown - {"initial_lr", "param_names", "name"}))
    return settings


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Tensor) and (
        not isinstance(value, Tensor) or value.numel() == 1
    )


def keep_start(watch: Watch, parameters: Iterable[tuple[int, Tensor]]) -> None:
    """Keep what parameters hold now, so that it can be told whether they change."""
    kept = sum(each.numel() for each in watch.start.values())
    for number, parameter in parameters:
        if number and number not in watch.start and kept + parameter.numel() <= _MOST_KEPT:
            watch.start[number] = parameter.detach().clone()
            kept += parameter.numel()


def enter_module(watch: Watch, module: nn.Module) -> None:
    """Note the parameters of a module, and keep what they hold now."""
    held = list(module.parameters())
    keep_start(watch, [(enter_parameter(watch, each), each) for each in held])


@torch.no_grad()
def note_ends(watch: Watch) -> None:
    """Say of every thing that still exists what became of it."""
    for thing, number in watch.known():
        told = watch.builder.things.get(number)
        if told is not None and isinstance(thing, nn.Module):
            watch.builder.replace_thing(number, _with_parameters(watch, thing, told))
    for thing, number in watch.known():
        told = watch.builder.things.get(number)
        if told is not None and isinstance(thing, Tensor):
            watch.builder.replace_thing(number, _ended(watch, thing, number, told))


def _with_parameters(watch: Watch, module: nn.Module, told: Thing) -> Thing:
    named = [(name, watch.number_of(each)) for name, each in module.named_parameters()]
    for name, number in named:
        held = watch.builder.things.get(number)
        if held is not None and not held.name:
            watch.builder.replace_thing(number, replace(held, name=name))
    return replace(told, parts=tuple(number for _, number in named if number))


def _ended(watch: Watch, parameter: Tensor, number: int, told: Thing) -> Thing:
    start = watch.start.get(number)
    numbers = {
        **told.numbers,
        "arrivals": float(watch.arrivals.get(number, 0)),
        "requires_grad": float(parameter.requires_grad),
    }
    if start is not None and start.shape == parameter.shape:
        numbers["changed"] = float(not torch.equal(parameter.detach(), start))
    return replace(told, numbers=numbers)
