"""Graphs that grow from step to step: what keeps the history of all steps alive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

from torch import Tensor

from lrquiz.recorder.watch.state import Watch

_LOOKS = (4, 8, 16, 32, 64, 128, 256)
"""steps at which graphs are measured"""
_MOST_NODES = 4_000


def note_history(watch: Watch, loss: Tensor, numbers: dict[str, float]) -> None:
    """Note how large the graph of a loss is, and the largest that a variable holds on to."""
    if watch.builder.steps_done not in _LOOKS:
        return
    numbers["nodes"] = float(_nodes(loss))
    name, size = max(_held(watch, loss), key=lambda each: each[1], default=("", 0))
    if size:
        watch.builder.event("history", watch.line(), {"nodes": float(size)}, words={"name": name})


def _held(watch: Watch, loss: Tensor) -> Iterator[tuple[str, int]]:
    """Yield the variables of the watched code that hold a graph, the loss itself apart."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to one's callers
    while frame is not None:
        if frame.f_code.co_filename == watch.filename:
            for name, value in list(frame.f_locals.items()):
                if isinstance(value, Tensor) and value is not loss and value.grad_fn is not None:
                    yield name, _nodes(value)
        frame = frame.f_back


def _nodes(tensor: Tensor) -> int:
    """Return how many nodes a tensor's graph has, `_MOST_NODES` at most."""
    seen: set[Any] = set()
    waiting = [tensor.grad_fn]
    while waiting and len(seen) < _MOST_NODES:
        node = waiting.pop()
        if node is not None and node not in seen:
            seen.add(node)
            waiting.extend(each for each, _ in node.next_functions)
    return len(seen)
