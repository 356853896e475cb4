"""Modes: in which one models are called, and who sets it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.recorder.watch.mixing import keep_call
from lrquiz.recorder.watch.modules import module_number, note_use, sensitive_parts
from lrquiz.recorder.watch.prints import is_readable, print_of
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch, patch


def watch_modes(stack: ExitStack, watch: Watch) -> None:
    """Note calls of whole models, `train` and `eval`."""
    patch(stack, nn.Module, "__call__", functools.partial(_calling, watch))
    patch(stack, nn.Module, "train", functools.partial(_setting, watch))


def _calling(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["module"] = 0

    def call(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["module"]:
            if watch.looks_very_closely:
                note_use(watch, module, arguments, depth["grad"])
            return original(module, *arguments, **named)
        depth["module"] = 1
        depth["grad"] = int(torch.is_grad_enabled())
        if watch.looks_very_closely:
            note_use(watch, module, arguments, depth["grad"])
        watch.depth["evaluating"] = 0 if module.training else 1
        try:
            return original(module, *arguments, **named)
        finally:
            depth["module"] = 0
            if not isinstance(module, nn.modules.loss._Loss):  # noqa: SLF001 - their base
                _note_call(watch, module, arguments)

    return call


@quietly
def _note_call(watch: Watch, module: nn.Module, arguments: tuple[Any, ...]) -> None:
    tensors = (each for each in arguments if isinstance(each, Tensor))
    first = next(filter(is_readable, tensors), None)
    grad = torch.is_grad_enabled()
    numbers = {
        "training": float(module.training),
        "grad": float(grad),
        "rows": float(first.shape[0]) if first is not None and first.dim() else 0.0,
    }
    if first is not None and grad:
        watch.pairs.given(first, watch.done)
    if first is not None and (watch.looks_closely or not grad):
        numbers["print"] = print_of(first)
    if watch.looks_very_closely and grad:
        keep_call(watch, module, arguments)
    if watch.looks_closely:
        parts = sensitive_parts(module)
        numbers["sensitive"] = float(len(parts))
        numbers["sensitive_training"] = float(sum(each.training for each in parts))
        if first is not None and first.is_floating_point() and first.numel():
            numbers["spread"] = float(first.detach().float().std(unbiased=False))
    watch.builder.event("module", watch.line(), numbers, of=module_number(watch, module))


def _setting(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def train(module: nn.Module, mode: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
        with watch.outermost("mode") as outermost:
            if outermost:
                of = module_number(watch, module)
                watch.builder.event("mode", watch.line(), {"training": float(mode)}, of=of)
            return original(module, mode)

    return train
