"""Dropout that is on in evaluation, because it is told so by hand."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import torch
from torch.nn.modules.dropout import _DropoutNd

from lrquiz.recorder.watch.state import Watch, patch

_NAMES = ("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout")


def watch_dropping(stack: ExitStack, watch: Watch) -> None:
    """Note functional dropout that is on while the whole model evaluates."""
    for name in _NAMES:
        patch(stack, torch.nn.functional, name, functools.partial(_dropping, watch))
    name = "scaled_dot_product_attention"
    patch(stack, torch.nn.functional, name, functools.partial(_attending, watch))


def _dropping(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def dropout(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        if watch.depth.get("evaluating") and watch.depth.get("module"):
            p = named.get("p", arguments[1] if len(arguments) > 1 else 0.5)
            on = named.get("training", arguments[2] if len(arguments) > 2 else True)
            if on and p:
                _note(watch, float(p), sys._getframe(1).f_locals.get("self"))  # noqa: SLF001
        return original(*arguments, **named)

    return dropout


def _attending(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def attend(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        p = named.get("dropout_p", arguments[4] if len(arguments) > 4 else 0.0)
        if p and watch.depth.get("evaluating") and watch.depth.get("module"):
            _note(watch, float(p), None)
        return original(*arguments, **named)

    return attend


def _note(watch: Watch, p: float, caller: object) -> None:
    """Note it; `by_module` where a module of dropout does it, whose own mode someone chose."""
    by_module = float(isinstance(caller, _DropoutNd))
    watch.event("dropout", watch.line(), {"p": p, "by_module": by_module})
