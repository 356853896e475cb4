"""Loss scaling for mixed precision: scaled losses, unscaled gradients, steps that are skipped."""

from __future__ import annotations

import functools
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from torch.amp import GradScaler

from lrquiz.recorder.watch.state import Watch, patch

_KINDS = {"scale": "scale", "unscale_": "unscale", "step": "scaler_step"}


def watch_scaling(stack: ExitStack, watch: Watch) -> None:
    """Note what a `GradScaler` does, with the scale it has at that moment."""
    for name, kind in _KINDS.items():
        patch(stack, GradScaler, name, functools.partial(_scaling, watch, kind))


def _scaling(watch: Watch, kind: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(scaler: GradScaler, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        with watch.outermost("scaling") as outermost:
            if outermost:
                of = watch.number_of(arguments[0]) if arguments and kind != "scale" else 0
                scale = float(scaler.get_scale()) if scaler.is_enabled() else 1.0
                watch.event(kind, watch.line(), {"scale": scale}, of=of)
            return original(scaler, *arguments, **named)

    return call
