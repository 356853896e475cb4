"""Gradients: computed by `backward`, cleared by `zero_grad`, clipped."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor
from torch.optim import Optimizer

from lrquiz.recorder.watch.graphs import FIRST, note_graph
from lrquiz.recorder.watch.history import note_history
from lrquiz.recorder.watch.looks import looks_after
from lrquiz.recorder.watch.modules import module_number
from lrquiz.recorder.watch.shares import Shares, holder_of, leftovers
from lrquiz.recorder.watch.state import Watch, patch


def watch_gradients(stack: ExitStack, watch: Watch) -> None:
    """Note `backward` and `zero_grad`; in detail also clipping."""
    shares = Shares()
    patch(stack, Tensor, "backward", functools.partial(_backward, watch, shares))
    owners: tuple[type, ...] = (Optimizer, torch.nn.Module)
    for owner in owners:
        patch(stack, owner, "zero_grad", functools.partial(_zeroing, watch))
    if watch.detailed:
        patch(stack, torch.autograd, "backward", functools.partial(_backward_of_all, watch, shares))
        for name in ("clip_grad_norm_", "clip_grad_value_"):
            for module in (torch.nn.utils, torch.nn.utils.clip_grad):
                patch(stack, module, name, functools.partial(_clipping, watch, name))


def _backward(watch: Watch, shares: Shares, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["backward"] = 0

    def backward(tensor: Tensor, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["backward"]:
            return original(tensor, *arguments, **named)
        numbers = _noted(watch, shares, tensor, named)
        depth["backward"] = 1
        try:
            return original(tensor, *arguments, **named)
        finally:
            depth["backward"] = 0
            if watch.detailed:
                shares.end(watch, numbers)

    return backward


def _backward_of_all(
    watch: Watch, shares: Shares, original: Callable[..., Any]
) -> Callable[..., Any]:
    depth = watch.depth

    def backward(tensors: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["backward"]:
            return original(tensors, *arguments, **named)
        first = tensors if isinstance(tensors, Tensor) else next(iter(tensors), None)
        if not isinstance(first, Tensor):
            return original(tensors, *arguments, **named)
        numbers = _noted(watch, shares, first, named)
        depth["backward"] = 1
        try:
            return original(tensors, *arguments, **named)
        finally:
            depth["backward"] = 0
            shares.end(watch, numbers)

    return backward


def _noted(watch: Watch, shares: Shares, tensor: Tensor, named: dict[str, Any]) -> dict[str, float]:
    """Add the event of a call of `backward`, and return its numbers, to which more can be added."""
    before = watch.last_loss
    if tensor is not watch.last_tensor() and tensor.numel() == 1:
        watch.last_loss = tensor.item()
    watch.backwards += 1
    if watch.detailed:
        numbers = shares.last.copy()
        numbers["of_loss"] = watch.last_loss / before if before else math.nan
        numbers["retain"] = 1.0 if named.get("retain_graph") else 0.0
        numbers["inside_step"] = 1.0 if watch.depth["step"] else 0.0
        if not tensor.requires_grad:
            numbers["graph"], numbers["grad"] = 0.0, float(torch.is_grad_enabled())
        if not watch.builder.steps_done:
            watch.looks = looks_after(watch.done)
        if watch.arrivals.waiting:
            watch.arrivals.thaw()
        if watch.looks.any or watch.fresh_losses or watch.backwards <= FIRST:
            _look(watch, tensor, numbers)
    else:
        numbers = leftovers(watch)
    numbers["loss"] = watch.last_loss
    watch.event("backward", watch.line(3), numbers)
    return numbers


def _look(watch: Watch, tensor: Tensor, numbers: dict[str, float]) -> None:
    watch.accumulates = watch.accumulates or watch.backwards > watch.backwards_at_step + 1
    if watch.looks.close:
        numbers |= leftovers(watch)
    note_graph(watch, tensor, numbers)
    if watch.looks.graphs:
        note_history(watch, tensor, numbers)


def _zeroing(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["zero_grad"] = 0

    def zero_grad(owner: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["zero_grad"]:
            return original(owner, *arguments, **named)
        of = watch.numbers.get(id(owner), 0) or module_number(watch, owner)
        watch.event("zero_grad", watch.line(), {}, of)
        depth["zero_grad"] = 1
        try:
            return original(owner, *arguments, **named)
        finally:
            depth["zero_grad"] = 0

    return zero_grad


def _clipping(watch: Watch, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    limited_by = "max_norm" if name == "clip_grad_norm_" else "clip_value"

    def clip(parameters: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        with watch.outermost("clip") as outermost:
            listed = [parameters] if isinstance(parameters, Tensor) else list(parameters)
            of = holder_of(watch, listed)
            held = sum(each.grad is not None for each in listed)
            value = original(listed, *arguments, **named)
            if outermost:
                limit = float(next(iter(arguments), named.get(limited_by, math.nan)))
                norm = float(value) if isinstance(value, Tensor) else math.nan
                numbers = {"limit": limit, "norm": norm, "with_grad": float(held)}
                watch.event("clip", watch.line(), numbers, words={"by": name}, of=of)
            return value

    return clip
