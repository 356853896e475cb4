"""Learning rates that a program writes by hand into an optimizer's groups."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from torch.optim import Optimizer

from lrquiz.recorder.watch.state import Watch, patch

_OURS_AND_LIST = 3
"""references to a group that nobody else holds: the list's, a variable's, and the question's"""
_BUSY = ("scheduler_step", "construction")


class _Group(dict[str, Any]):
    """A group of parameters that says when its rate is set; otherwise the dictionary it was."""

    __slots__ = ("number", "of", "watch")
    watch: Watch
    of: int
    number: float

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        if key == "lr" and not any(self.watch.depth.get(each) for each in _BUSY):
            self._note(value)
        super().__setitem__(key, value)

    def _note(self, value: Any) -> None:  # noqa: ANN401
        try:
            numbers = {"before": float(self["lr"]), "after": float(value), "group": self.number}
        except (TypeError, ValueError, KeyError):
            return
        self.watch.event("rate", self.watch.line(), numbers, of=self.of)

    def __reduce__(self) -> Any:  # noqa: ANN401 - copied and pickled as what it was
        return dict, (dict(self),)

    def __deepcopy__(self, memo: Any) -> dict[str, Any]:  # noqa: ANN401
        from copy import deepcopy  # noqa: PLC0415

        return deepcopy(dict(self), memo)


def watch_written_rates(stack: ExitStack, watch: Watch) -> None:
    """Note every rate that a program sets itself."""

    def making(original: Callable[..., Any]) -> Callable[..., Any]:
        def make(optimizer: Optimizer, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
            original(optimizer, *arguments, **named)
            watch_groups(watch, optimizer)  # later a variable of a loop may hold on to one

        return make

    def end() -> None:
        for optimizer in watch.optimizers:
            optimizer.param_groups[:] = [
                dict(each) if type(each) is _Group else each for each in optimizer.param_groups
            ]

    patch(stack, Optimizer, "__init__", making)
    stack.callback(end)


def watch_groups(watch: Watch, optimizer: Optimizer) -> None:
    """Watch the groups of an optimizer that are not watched yet."""
    groups = optimizer.param_groups
    for number in range(len(groups)):
        if type(groups[number]) is dict:
            _replace(watch, optimizer, groups, number)


def _replace(watch: Watch, optimizer: Optimizer, groups: list[Any], number: int) -> None:
    """Watch a group that only its optimizer holds: others would go on writing to the old one."""
    group = groups[number]
    if sys.getrefcount(group) > _OURS_AND_LIST:
        return
    watched = _Group(group)
    watched.watch, watched.of, watched.number = watch, watch.number_of(optimizer), float(number)
    groups[number] = watched
