"""Optimizer steps: their rates, and now and then the norms of gradients, updates and weights."""

from __future__ import annotations

from contextlib import ExitStack

import torch
from torch import Tensor
from torch.optim import Optimizer
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from lrquiz.recorder.watch.arrivals import norm_of
from lrquiz.recorder.watch.parameters import enter_optimizer
from lrquiz.recorder.watch.state import Watch

_LAYERS = 5
"""matrices that a net has at least to be deep"""


def watch_steps(stack: ExitStack, watch: Watch) -> None:
    """Note every finished step of every optimizer, once, whatever its `step` calls."""
    depth: dict[int, int] = {}
    before: dict[int, list[tuple[Tensor, Tensor, Tensor | None]]] = {}

    def begin(optimizer: Optimizer, *_: object) -> None:
        depth[id(optimizer)] = depth.get(id(optimizer), 0) + 1
        watch.depth["step"] = watch.depth.get("step", 0) + 1
        if depth[id(optimizer)] == 1 and watch.looks_closely:
            before[id(optimizer)] = _held(optimizer)

    def end(optimizer: Optimizer, *_: object) -> None:
        depth[id(optimizer)] -= 1
        watch.depth["step"] -= 1
        if not depth[id(optimizer)]:
            _stepped(watch, optimizer, before.pop(id(optimizer), None))

    stack.callback(register_optimizer_step_pre_hook(begin).remove)
    stack.callback(register_optimizer_step_post_hook(end).remove)


def _stepped(
    watch: Watch,
    optimizer: Optimizer,
    before: list[tuple[Tensor, Tensor, Tensor | None]] | None,
) -> None:
    watch.optimizers.add(optimizer)
    rate = float(optimizer.param_groups[0]["lr"])
    numbers = {"lr": rate}
    if watch.detailed and len(optimizer.param_groups) > 1:
        numbers["highest_lr"] = max(float(group["lr"]) for group in optimizer.param_groups)
    if before is not None:
        numbers |= _norms(before) | _ends(before)
    of = enter_optimizer(watch, optimizer) if watch.detailed else 0
    watch.builder.event("step", watch.line(), numbers, of=of)
    watch.builder.step(lr=rate, loss=watch.last_loss)


def _held(optimizer: Optimizer) -> list[tuple[Tensor, Tensor, Tensor | None]]:
    """Return every parameter with copies of what it holds and of its gradient."""
    parameters = [each for group in optimizer.param_groups for each in group["params"]]
    return [(each, each.detach().clone(), _copy(each.grad)) for each in parameters]


def _copy(gradient: Tensor | None) -> Tensor | None:
    return None if gradient is None else gradient.detach().to_dense().clone()


@torch.no_grad()
def _norms(before: list[tuple[Tensor, Tensor, Tensor | None]]) -> dict[str, float]:
    """Return norms of gradient, update and weights, and how the update lies to both."""
    gradients = [grad for _, _, grad in before if grad is not None]
    updates = [each.detach() - held for each, held, _ in before]
    olds = [held for _, held, _ in before]
    update, weight = norm_of(updates), norm_of(olds)
    along = sum(
        float((new * grad).sum())
        for new, (_, _, grad) in zip(updates, before, strict=True)
        if grad is not None
    )
    inward = -sum(float((new * old).sum()) for new, old in zip(updates, olds, strict=True))
    return {
        "parameters": float(len(before)),
        "with_grad": float(len(gradients)),
        "grad_norm": norm_of(gradients),
        "update_norm": update,
        "weight_norm": weight,
        "along_gradient": along,
        "towards_zero": inward / (update * weight) if update and weight else 0.0,
    }


def _ends(before: list[tuple[Tensor, Tensor, Tensor | None]]) -> dict[str, float]:
    """Return the gradients' norms of the first and the last matrix, as a net lists its layers."""
    matrices = [grad for _, _, grad in before if grad is not None and grad.dim() > 1]
    if len(matrices) < _LAYERS:
        return {}
    return {"first_grad": float(matrices[0].norm()), "last_grad": float(matrices[-1].norm())}
