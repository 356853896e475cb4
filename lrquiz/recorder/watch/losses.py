"""Losses as they are computed: what they came to, and what they were given."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor

from lrquiz.recorder.watch.state import Watch, patch

_LOSSES = (
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "huber_loss",
    "kl_div",
    "l1_loss",
    "mse_loss",
    "nll_loss",
    "smooth_l1_loss",
)
_BASIC = frozenset(_LOSSES) - {"kl_div"}
_SUMS_TO_ONE = 1e-3


def watch_losses(stack: ExitStack, watch: Watch) -> None:
    """Note every loss of `torch.nn.functional`, and so of the modules that call it."""
    for name in _LOSSES if watch.detailed else sorted(_BASIC):
        patch(stack, torch.nn.functional, name, functools.partial(_loss, watch, name))


def _loss(watch: Watch, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["loss"] = 0

    def compute(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        depth["loss"] += 1
        try:
            value = original(*arguments, **named)
        finally:
            depth["loss"] -= 1
        if not depth["loss"]:
            _note(watch, name, value, arguments, named)
        return value

    return compute


def _note(
    watch: Watch, name: str, value: object, arguments: tuple[Any, ...], named: dict[str, Any]
) -> None:
    """Note a computed loss, if it is one number."""
    if type(value) is not Tensor or value.numel() != 1:
        return
    watch.last_loss = value.item()
    watch.last_tensor = weakref.ref(value)
    numbers = {"loss": watch.last_loss, "grad": float(value.requires_grad)}
    words: dict[str, str] = {}
    if watch.looks_very_closely:
        given = [*arguments, named.get("input"), named.get("target")]
        tensors = [each for each in given if isinstance(each, Tensor)][:2]
        if len(tensors) == 2:
            words = {"loss": name, **_origin(tensors[0])}
            numbers |= _facts(*tensors) | {"sum": float(named.get("reduction") == "sum")}
    watch.builder.event("forward", watch.line(), numbers, words=words)


def _origin(scores: Tensor) -> dict[str, str]:
    return {"from": type(scores.grad_fn).__name__} if scores.grad_fn is not None else {}


@torch.no_grad()
def _facts(scores: Tensor, targets: Tensor) -> dict[str, float]:
    """Return what rules ask of the scores and targets that a loss was given."""
    facts = {
        "rows": float(scores.shape[0]) if scores.dim() else 1.0,
        "columns": float(scores.shape[1]) if scores.dim() > 1 else 1.0,
        "dims": float(scores.dim()),
        "target_dims": float(targets.dim()),
        "same_shape": float(scores.shape == targets.shape),
        "pairs": float(max(_broadcast(scores, targets), 0)),
        "elements": float(scores.numel()),
        "float_target": float(targets.is_floating_point()),
    }
    if scores.is_floating_point() and scores.numel():
        facts |= _score_facts(scores)
    if targets.numel():
        facts |= _target_facts(targets)
    return facts


def _broadcast(one: Tensor, other: Tensor) -> int:
    """Return how many elements two shapes have when they are broadcast; -1 where they cannot be."""
    try:
        return int(torch.broadcast_shapes(one.shape, other.shape).numel())
    except RuntimeError:
        return -1


def _score_facts(scores: Tensor) -> dict[str, float]:
    flat = scores.detach().float()
    facts = {
        "lowest": float(flat.min()),
        "highest": float(flat.max()),
        "zeros": float((flat == 0).float().mean()),
    }
    if flat.dim() > 1 and flat.shape[1] > 1:
        facts["rows_sum_to_one"] = float(_sums_to_one(flat, 1))
        facts["columns_sum_to_one"] = float(_sums_to_one(flat, 0))
        facts["exp_sums_to_one"] = float(_sums_to_one(flat.exp(), 1))
    return facts


def _sums_to_one(values: Tensor, dim: int) -> bool:
    sums = values.sum(dim)
    return bool(((sums - 1).abs() < _SUMS_TO_ONE).all()) and bool((values >= 0).all())


def _target_facts(targets: Tensor) -> dict[str, float]:
    facts = {"target_low": float(targets.min()), "target_high": float(targets.max())}
    if not targets.is_floating_point() and targets.dim() == 1:
        labels, counts = targets.unique(return_counts=True)
        most = int(counts.argmax())
        facts |= {
            "label": float(labels[most]),
            "labels": float(len(labels)),
            "purity": float(counts[most] / counts.sum()),
        }
    return facts
