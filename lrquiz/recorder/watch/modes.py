"""Modes: in which one models are called, and who sets it."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules.loss import _Loss

from lrquiz.recorder.watch.mixing import LastCall
from lrquiz.recorder.watch.modules import module_number, note_use, sensitive_parts
from lrquiz.recorder.watch.prints import is_readable, print_of, print_of_rows
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch, patch


def watch_modes(stack: ExitStack, watch: Watch, last: LastCall) -> None:
    """Note calls of whole models, the last of them for `last` too, and `train` and `eval`."""
    patch(stack, nn.Module, "__call__", functools.partial(_calling, watch, last))
    patch(stack, nn.Module, "train", functools.partial(_setting, watch))


def _calling(watch: Watch, last: LastCall, original: Callable[..., Any]) -> Callable[..., Any]:
    depth, looks = watch.depth, watch.looks
    depth["module"] = 0
    plain = original is getattr(nn.Module, "_wrapped_call_impl", None)

    def call(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["module"]:
            if looks.very_close:
                note_use(watch, module, arguments, depth["grad"])
            if plain and module._compiled_call_impl is None:  # noqa: SLF001 - torch does the same
                return module._call_impl(*arguments, **named)  # noqa: SLF001 - one frame fewer
            return original(module, *arguments, **named)
        depth["module"] = 1
        depth["grad"] = torch.is_grad_enabled()
        if looks.very_close:
            note_use(watch, module, arguments, depth["grad"])
        depth["evaluating"] = not module.training
        try:
            return original(module, *arguments, **named)
        finally:
            depth["module"] = 0
            if not isinstance(module, _Loss):
                _note_call(watch, last, module, arguments)

    return call


@quietly
def _note_call(watch: Watch, last: LastCall, module: nn.Module, arguments: tuple[Any, ...]) -> None:
    first = _first_readable(arguments)
    grad, looks = torch.is_grad_enabled(), watch.looks
    size = first.shape[0] if first is not None and first.dim() else 0
    numbers = _plain(training=module.training, grad=grad, rows=size)
    if first is not None:
        rows = watch.pairs.given(first, watch.done) if grad else ()
        if looks.close or not grad:
            told = print_of_rows(rows) if rows else print_of(first)
            numbers = {**numbers, "print": told}
    if looks.very_close and grad:
        last.keep(module, arguments)
    if looks.close:
        numbers = {**numbers, **_looked_at(module, first)}
    watch.builder.event("module", watch.line(), numbers, of=module_number(watch, module))


@functools.lru_cache(maxsize=64)
def _plain(*, training: bool, grad: bool, rows: int) -> Mapping[str, float]:
    """Return the numbers of a call that every call has; most calls share one mapping."""
    return {"training": float(training), "grad": float(grad), "rows": float(rows)}


def _first_readable(arguments: tuple[Any, ...]) -> Tensor | None:
    for each in arguments:
        if isinstance(each, Tensor) and is_readable(each):
            return each
    return None


def _looked_at(module: nn.Module, first: Tensor | None) -> dict[str, float]:
    """Return in which mode the parts of a model are, and how widely its inputs spread."""
    parts = sensitive_parts(module)
    numbers = {
        "sensitive": float(len(parts)),
        "sensitive_training": float(sum(each.training for each in parts)),
    }
    if first is not None and first.is_floating_point() and first.numel():
        values = first.detach().float()
        apart = torch.linalg.vector_norm(values - values.mean())  # a third of the time of std()
        numbers["spread"] = float(apart) / math.sqrt(values.numel())
    return numbers


def _setting(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def train(module: nn.Module, mode: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
        with watch.outermost("mode") as outermost:
            if outermost:
                of = module_number(watch, module)
                watch.builder.event("mode", watch.line(), {"training": float(mode)}, of=of)
            return original(module, mode)

    return train
