"""Modes: in which one models are called, who sets it, and dropout that no mode turns off."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.recorder.watch.modules import module_number, sensitive_parts
from lrquiz.recorder.watch.state import Watch, patch


def watch_modes(stack: ExitStack, watch: Watch) -> None:
    """Note calls of whole models, `train` and `eval`, and functional dropout."""
    patch(stack, nn.Module, "__call__", functools.partial(_calling, watch))
    patch(stack, nn.Module, "train", functools.partial(_setting, watch))
    patch(stack, torch.nn.functional, "dropout", functools.partial(_dropping, watch))


def _calling(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["module"] = 0

    def call(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["module"]:
            return original(module, *arguments, **named)
        depth["module"] = 1
        watch.depth["evaluating"] = 0 if module.training else 1
        try:
            return original(module, *arguments, **named)
        finally:
            depth["module"] = 0
            if not isinstance(module, nn.modules.loss._Loss):  # noqa: SLF001 - their base
                _note_call(watch, module, arguments)

    return call


def _note_call(watch: Watch, module: nn.Module, arguments: tuple[Any, ...]) -> None:
    first = next((each for each in arguments if isinstance(each, Tensor)), None)
    numbers = {
        "training": float(module.training),
        "grad": float(torch.is_grad_enabled()),
        "rows": float(first.shape[0]) if first is not None and first.dim() else 0.0,
    }
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


def _dropping(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Any:  # noqa: A002, ANN401, FBT001, FBT002
        if training and p and watch.depth.get("evaluating") and watch.depth.get("module"):
            watch.builder.event("dropout", watch.line(), {"p": float(p)})
        return original(input, p, training, inplace)

    return dropout
