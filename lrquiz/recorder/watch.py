"""Watch the calls that matter to training, in any PyTorch code, without changing its results.

Losses, `backward`, optimizer steps, zeroing and scheduler steps become events. Torch has hooks for
optimizer steps only; the others are patched while the watch lasts. Known traps, each measured:

* a subclass whose `step` calls `super().step()` fires step hooks twice: a depth counter;
* `LRScheduler.step` runs once during construction, and composite schedulers call their children's:
  only the outermost call outside construction counts;
* global backward hooks break correct code (`nn.ReLU(inplace=True)`): never used.
"""

from __future__ import annotations

import functools
import inspect
import math
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import torch
from torch.optim import Optimizer, lr_scheduler
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from lrquiz.recorder.builder import TraceBuilder

_LOSSES = (
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "huber_loss",
    "l1_loss",
    "mse_loss",
    "nll_loss",
    "smooth_l1_loss",
)


class _Watch:
    """The state of one watch: whose lines count, and how deep in which call we are."""

    def __init__(self, builder: TraceBuilder, filename: str | None) -> None:
        self.builder = builder
        self.filename = filename
        self.depth: dict[str, int] = {}
        self.last_loss = math.nan
        self.optimizers: weakref.WeakSet[Optimizer] = weakref.WeakSet()

    def line(self) -> int | None:
        """Return the line of the watched file that led here, if one did."""
        frame = inspect.currentframe()
        while frame is not None:
            if frame.f_code.co_filename == self.filename:
                return frame.f_lineno
            frame = frame.f_back
        return None

    @contextmanager
    def outermost(self, kind: str) -> Iterator[bool]:
        """Yield whether this is the outermost call of its kind."""
        self.depth[kind] = self.depth.get(kind, 0) + 1
        try:
            yield self.depth[kind] == 1
        finally:
            self.depth[kind] -= 1

    def loss_was(self, value: object) -> None:
        """Note a computed loss, if it is one number."""
        if type(value) is torch.Tensor and value.numel() == 1:
            self.last_loss = float(value.detach())
            grad = float(value.requires_grad)
            self.builder.event("forward", self.line(), loss=self.last_loss, grad=grad)

    def leftover(self) -> bool:
        """Say whether a parameter still holds a gradient other than zero."""
        groups = [group for optimizer in self.optimizers for group in optimizer.param_groups]
        gradients = [each.grad for group in groups for each in group["params"]]
        return any(grad is not None and bool(grad.any()) for grad in gradients)

    def stepped(self, optimizer: Optimizer) -> None:
        """Note a finished optimizer step."""
        self.optimizers.add(optimizer)
        rate = float(optimizer.param_groups[0]["lr"])
        self.builder.event("step", self.line(), lr=rate)
        self.builder.step(lr=rate, loss=self.last_loss)


@contextmanager
def watching(builder: TraceBuilder, filename: str | None = None) -> Iterator[None]:
    """Record into `builder` what training code does while the context lasts.

    Args:
        builder: receives events and the step columns `lr` and `loss`.
        filename: the code's file name, as its frames report it; lines are noted for it alone.
    """
    watch = _Watch(builder, filename)
    builder.watch_events()
    with ExitStack() as stack:
        for name in _LOSSES:
            _patch(stack, torch.nn.functional, name, functools.partial(_loss, watch))
        _patch(stack, torch.Tensor, "backward", functools.partial(_backward, watch))
        for owner in (Optimizer, torch.nn.Module):
            _patch(stack, owner, "zero_grad", functools.partial(_counted, watch, "zero_grad"))
        _watch_schedulers(stack, watch)
        _watch_steps(stack, watch)
        yield


Wrapper = Callable[[Callable[..., Any]], Callable[..., Any]]


def _patch(stack: ExitStack, owner: Any, name: str, wrapper: Wrapper) -> None:  # noqa: ANN401
    original = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(wrapper(original)))
    stack.callback(setattr, owner, name, original)


def _loss(watch: _Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def compute(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        with watch.outermost("loss") as outermost:
            value = original(*arguments, **named)
            if outermost:
                watch.loss_was(value)
            return value

    return compute


def _backward(watch: _Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def backward(tensor: torch.Tensor, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if tensor.numel() == 1:
            watch.last_loss = float(tensor.detach())
        leftover = float(watch.leftover())
        watch.builder.event("backward", watch.line(), loss=watch.last_loss, leftover=leftover)
        return original(tensor, *arguments, **named)

    return backward


def _counted(watch: _Watch, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        with watch.outermost(kind) as outermost:
            if outermost and not watch.depth.get("construction"):
                watch.builder.event(kind, watch.line())
            return original(*arguments, **named)

    return call


def _watch_schedulers(stack: ExitStack, watch: _Watch) -> None:
    base = lr_scheduler.LRScheduler
    classes = [each for each in vars(lr_scheduler).values() if isinstance(each, type)]
    for each in {base, *(each for each in classes if issubclass(each, base))}:
        if "step" in vars(each):
            _patch(stack, each, "step", functools.partial(_counted, watch, "scheduler_step"))
        if "__init__" in vars(each):
            _patch(stack, each, "__init__", functools.partial(_constructing, watch))


def _constructing(watch: _Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def construct(*arguments: Any, **named: Any) -> None:  # noqa: ANN401
        with watch.outermost("construction"):
            original(*arguments, **named)

    return construct


def _watch_steps(stack: ExitStack, watch: _Watch) -> None:
    depth: dict[int, int] = {}

    def before(optimizer: Optimizer, *_: object) -> None:
        depth[id(optimizer)] = depth.get(id(optimizer), 0) + 1

    def after(optimizer: Optimizer, *_: object) -> None:
        depth[id(optimizer)] -= 1
        if not depth[id(optimizer)]:
            watch.stepped(optimizer)

    stack.callback(register_optimizer_step_pre_hook(before).remove)
    stack.callback(register_optimizer_step_post_hook(after).remove)
