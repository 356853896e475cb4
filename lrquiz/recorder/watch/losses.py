"""Losses as they are computed: what they came to, and what they were given."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch import Tensor

from lrquiz.recorder.watch.origins import origin_of
from lrquiz.recorder.watch.prints import print_of
from lrquiz.recorder.watch.scores import facts_of
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


def watch_losses(stack: ExitStack, watch: Watch) -> None:
    """Note every loss of `torch.nn.functional`, and so of the modules that call it."""
    for name in _LOSSES if watch.detailed else sorted(_BASIC):
        patch(stack, torch.nn.functional, name, functools.partial(_loss, watch, name))


def _loss(watch: Watch, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["loss"] = 0

    def compute(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if depth["loss"]:
            return original(*arguments, **named)
        depth["loss"] = 1
        try:
            value = original(*arguments, **named)
        finally:
            depth["loss"] = 0
        try:
            _note(watch, name, value, arguments, named)
        except Exception as error:  # noqa: BLE001 - as `quietly` does, in fewer calls
            watch.fault("_note", error)
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
    line = watch.loss_line or watch.line(3)
    if not watch.looks.any:
        watch.event("forward", line, numbers)
        return
    words: dict[str, str] = {}
    tensors = _tensors_of(arguments, named)
    if watch.looks.pairs and len(tensors) == 2 and value.requires_grad:
        _note_labels(watch, line, tensors[1])
    if watch.looks.very_close:
        if value.grad_fn is not None:
            watch.fresh_losses.append((value.grad_fn, line, watch.last_loss))
        if len(tensors) == 2:
            words = {"loss": name, **origin_of(tensors[0])}
            numbers |= _looked_at(tensors[0], tensors[1], named)
    watch.event("forward", line, numbers, words=words)


def _tensors_of(arguments: tuple[Any, ...], named: dict[str, Any]) -> list[Tensor]:
    """Return what a loss is given as scores and as targets, as far as these are tensors."""
    given = (*arguments, named.get("input"), named.get("target"))
    return [each for each in given if isinstance(each, Tensor)][:2]


def _note_labels(watch: Watch, line: int | None, targets: Tensor) -> None:
    same = watch.pairs.meets(targets, watch.done)
    if same:
        watch.event("labels", line, same)


def _looked_at(scores: Tensor, targets: Tensor, named: dict[str, Any]) -> dict[str, float]:
    return facts_of(scores, targets) | {
        "sum": float(named.get("reduction") == "sum"),
        "target_print": print_of(targets),
    }
