"""Modules that are made while a model runs: no mode reaches them, and nothing in them is kept."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from lrquiz.recorder.watch.modules import SENSITIVE
from lrquiz.recorder.watch.state import Watch, patch

_LEARNING = (nn.Linear, nn.Embedding, nn.RNNBase, nn.LayerNorm, nn.modules.conv._ConvNd)  # noqa: SLF001


def watch_making(stack: ExitStack, watch: Watch) -> None:
    """Note modules made within the call of another, if their mode or their weights matter."""
    patch(stack, nn.Module, "__init__", functools.partial(_making, watch))


def _making(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(module: nn.Module, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        original(module, *arguments, **named)
        if watch.depth.get("module") and isinstance(module, (*SENSITIVE, *_LEARNING)):
            learns = isinstance(module, (_BatchNorm, *_LEARNING))
            words = {"class": type(module).__name__}
            watch.event("made", watch.line(), {"learns": float(learns)}, words=words)

    return make
