"""Norms of many tensors at once, and what one optimizer step does to weights."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.optim import Optimizer

_LAYERS = 5
"""matrices that a net has at least to be deep"""


@torch.no_grad()
def norm_of(tensors: list[Tensor]) -> float:
    """Return the norm of all numbers in some tensors; NaN of tensors that hold none to look at."""
    if not tensors:
        return 0.0
    try:
        norms = [each.item() for each in torch._foreach_norm(tensors)]  # noqa: SLF001 - as torch clips
    except (RuntimeError, NotImplementedError, TypeError):
        return _norm_one_by_one(tensors)
    return math.sqrt(sum(each * each for each in norms))


def _norm_one_by_one(tensors: list[Tensor]) -> float:
    """Return the norm of tensors of different kinds, sparse ones too."""
    squares = 0.0
    for each in tensors:
        values = each.coalesce().values() if each.is_sparse else each
        squares += float(values.detach().double().norm()) ** 2
    return math.sqrt(squares)


def flat(tensors: list[Tensor]) -> Tensor:
    """Return a copy of all numbers in some tensors as one vector, real, of 32 bits or 64 each."""
    if not tensors:
        return torch.zeros(0)
    try:
        joined = torch.cat([each.reshape(-1) for each in tensors])
    except (RuntimeError, NotImplementedError):  # sparse ones, or on several devices
        joined = torch.cat([each.to_dense().cpu().reshape(-1) for each in tensors])
    real = torch.view_as_real(joined).reshape(-1) if joined.is_complex() else joined
    return real if real.dtype == torch.float64 else real.float()


@dataclass(frozen=True, slots=True)
class Before:
    """What an optimizer's parameters and gradients hold before a step, each kind as one vector."""

    parameters: list[Tensor]
    """those that have gradients come first"""
    weights: Tensor
    gradients: Tensor
    with_grad: int
    ends: dict[str, float]


@torch.no_grad()
def before_step(optimizer: Optimizer) -> Before:
    """Look at an optimizer before its step."""
    held = [each for group in optimizer.param_groups for each in group["params"]]
    parameters = [each for each in held if each.grad is not None]
    gradients = [each.grad for each in parameters if each.grad is not None]
    parameters += [each for each in held if each.grad is None]
    joined = flat(gradients)
    return Before(parameters, flat(parameters), joined, len(gradients), _ends(gradients))


@torch.no_grad()
def step_norms(before: Before) -> dict[str, float]:
    """Return norms of gradient, update and weights, and how the update lies to both."""
    old = before.weights
    update = flat(before.parameters) - old
    moved, weight = _norm(update), _norm(old)
    along = torch.dot(update[: len(before.gradients)].to(before.gradients), before.gradients)
    inward = -float(torch.dot(update, old))
    return {
        "parameters": float(len(before.parameters)),
        "with_grad": float(before.with_grad),
        "grad_norm": _norm(before.gradients),
        "update_norm": moved,
        "weight_norm": weight,
        "along_gradient": float(along),
        "towards_zero": inward / (moved * weight) if moved and weight else 0.0,
        **before.ends,
    }


def _norm(vector: Tensor) -> float:
    return float(torch.linalg.vector_norm(vector))


def _ends(gradients: list[Tensor]) -> dict[str, float]:
    """Return the gradients' norms of the first and the last matrix, as a net lists its layers."""
    matrices = [each for each in gradients if each.dim() > 1]
    if len(matrices) < _LAYERS:
        return {}
    return {"first_grad": norm_of(matrices[:1]), "last_grad": norm_of(matrices[-1:])}
