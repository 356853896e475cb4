"""Modes: in which one models are called, and who sets it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from functools import lru_cache, partial
from typing import Any

import torch
from torch import Tensor, is_grad_enabled, nn
from torch.nn.modules.loss import _Loss

from lrquiz.recorder.watch.mixing import LastCall
from lrquiz.recorder.watch.modules import module_number, note_use, sensitive_parts
from lrquiz.recorder.watch.prints import is_wrapped, print_of, print_of_rows
from lrquiz.recorder.watch.state import Watch, patch

_LOSSES = nn.CrossEntropyLoss.__module__
"""where torch has its losses: what calls one of them called the function below it too"""


def watch_modes(stack: ExitStack, watch: Watch, last: LastCall) -> None:
    """Note calls of whole models, the last of them for `last` too, and `train` and `eval`."""
    patch(stack, nn.Module, "__call__", partial(_calling, watch, last))
    patch(stack, nn.Module, "train", partial(_setting, watch))


def _calling(watch: Watch, last: LastCall, original: Callable[..., Any]) -> Callable[..., Any]:
    depth = watch.depth
    depth["module"], depth["grad"] = 0, True
    plain = original is getattr(nn.Module, "_wrapped_call_impl", None)

    def call(module: nn.Module, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        # Every layer of every model comes through here: what is done for each is kept short.
        inner = depth["module"]
        if watch.looks.very_close:
            if not inner:
                depth["grad"] = is_grad_enabled()
            note_use(watch, module, arguments, depth["grad"])
        direct = plain and module._compiled_call_impl is None  # noqa: SLF001 - torch does the same
        run: Callable[..., Any] = module._call_impl if direct else partial(original, module)  # noqa: SLF001
        if inner:
            return run(*arguments, **named)
        is_loss = isinstance(module, _Loss)
        depth["module"] = 1
        depth["evaluating"] = not module.training
        watch.loss_line = watch.line() if is_loss and type(module).__module__ == _LOSSES else None
        try:
            return run(*arguments, **named)
        finally:
            depth["module"] = 0
            if is_loss:
                watch.loss_line = None
            else:
                try:
                    _note_call(watch, last, module, arguments)
                except Exception as error:  # noqa: BLE001 - as `quietly` does, in fewer calls
                    watch.fault("_note_call", error)

    return call


def _note_call(watch: Watch, last: LastCall, module: nn.Module, arguments: tuple[Any, ...]) -> None:
    first, rows, grad = None, 0, is_grad_enabled()
    for each in arguments:
        if isinstance(each, Tensor) and not is_wrapped(each):
            first, shape = each, each.shape
            rows = shape[0] if shape else 0
            break
    numbers = _plain(module.training, grad, rows)
    if watch.looks.any or not grad:
        numbers = {**numbers, **_looked_at(watch, module, first, grad=grad)}
        if watch.looks.very_close and grad:
            last.keep(module, arguments)
    of = watch.numbers.get(id(module), 0) or module_number(watch, module)
    watch.event("module", watch.line(3), numbers, of)


@lru_cache(maxsize=64)
def _plain(training: bool, grad: bool, rows: int) -> Mapping[str, float]:  # noqa: FBT001
    """Return the numbers of a call that every call has; most calls share one mapping."""
    return {"training": float(training), "grad": float(grad), "rows": float(rows)}


def _looked_at(
    watch: Watch, module: nn.Module, first: Tensor | None, *, grad: bool
) -> dict[str, float]:
    """Return what is looked at now and then: which rows there are, and what `_close` tells."""
    looks = watch.looks
    numbers: dict[str, float] = {}
    rows = watch.pairs.given(first) if grad and looks.pairs and first is not None else ()
    if first is not None and (looks.close or not grad):
        numbers["print"] = print_of_rows(rows) if rows else print_of(first)
    if looks.close:
        numbers |= _modes_of(sensitive_parts(module))
    return numbers | _spread(first) if looks.very_close and first is not None else numbers


def _modes_of(parts: Collection[nn.Module]) -> dict[str, float]:
    """Return in which mode the parts of a model are whose mode matters."""
    training = sum(each.training for each in parts)
    return {"sensitive": float(len(parts)), "sensitive_training": float(training)}


def _spread(first: Tensor) -> dict[str, float]:
    """Return how widely the numbers spread that a model is given."""
    if not first.is_floating_point() or not first.numel() or first.is_meta:
        return {}
    values = first.detach().float()
    apart = torch.linalg.vector_norm(values - values.mean())  # a third of the time of std()
    return {"spread": float(apart) / math.sqrt(values.numel())}


def _setting(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def train(module: nn.Module, mode: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002
        with watch.outermost("mode") as outermost:
            if outermost:
                of = module_number(watch, module)
                watch.event("mode", watch.line(), {"training": float(mode)}, of=of)
            return original(module, mode)

    return train
