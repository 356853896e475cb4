"""Graphs that grow from step to step: what keeps the history of all steps alive."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from types import FrameType
from typing import Any

from torch import Tensor

from lrquiz.recorder.watch.graphs import nodes_of
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch

_OF_THE_PROGRAM = frozenset({"__main__", "submission"})
"""modules that the watched code runs as"""
_MOST_KEYS = 100
"""of a dictionary that is looked at; a larger one holds data"""
_Held = tuple[dict[str, str], int]
"""where a graph is held, and of how many operations it is"""


@quietly
def note_history(watch: Watch, loss: Tensor, numbers: dict[str, float]) -> None:
    """Note how large the graph of a loss is, and the largest that a variable holds on to."""
    numbers["nodes"] = float(len(nodes_of(loss)))
    words, size = max(_held(watch, loss), key=lambda each: each[1], default=({}, 0))
    if size:
        watch.event("history", watch.line(), {"nodes": float(size)}, words=words)


def _held(watch: Watch, loss: Tensor) -> Iterator[_Held]:
    """Yield the variables of the watched code that hold a graph, the loss itself apart."""
    frame: FrameType | None = sys._getframe(1)  # noqa: SLF001 - the way to one's callers
    while frame is not None:
        if frame.f_code.co_filename == watch.filename:
            for name, value in list(frame.f_locals.items()):
                yield from _sizes(name, value, loss)
                if type(value).__module__ in _OF_THE_PROGRAM:
                    for inner, each in list(getattr(value, "__dict__", {}).items()):
                        yield from _sizes(inner, each, loss)
        frame = frame.f_back


def _sizes(name: str, value: Any, loss: Tensor) -> Iterator[_Held]:  # noqa: ANN401
    """Yield how large a graph a variable holds, if it does; of a dictionary, by its keys."""
    if isinstance(value, dict) and len(value) <= _MOST_KEYS:
        for key, each in list(value.items()):
            if isinstance(key, str | int):
                yield from _sizes_of({"name": name, "key": str(key)}, each, loss)
    else:
        yield from _sizes_of({"name": name}, value, loss)


def _sizes_of(words: dict[str, str], value: Any, loss: Tensor) -> Iterator[_Held]:  # noqa: ANN401
    """Yield how large a graph a value holds, if it does; of a list, by its last tensor."""
    many = 1
    if isinstance(value, list | deque) and value:
        many, value = len(value), value[-1]
    if isinstance(value, Tensor) and value is not loss and value.grad_fn is not None:
        yield words, many * len(nodes_of(value))
