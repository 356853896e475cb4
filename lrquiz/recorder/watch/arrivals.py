"""Gradients as they are written to parameters: how many, and to which of them how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from torch import Tensor
from torch.utils.hooks import RemovableHandle


class Arrivals:
    """Counts the gradients that are written to parameters, which go by their numbers.

    In most programs every `backward` writes to the same parameters in the same order, so that order
    is kept, and how often it came.
    """

    def __init__(self) -> None:
        self._now: list[int] = []
        """the parameters that got a gradient since the last `backward` began"""
        self._order: list[int] = []
        self._times = 0
        self._counts: Counter[int] = Counter()
        self._waiting: dict[int, Tensor] = {}
        """parameters that cannot have gradients yet, by number"""
        self._handles: list[RemovableHandle] = []

    def enter(self, number: int, parameter: Tensor) -> None:
        """Count a parameter's gradients from now on, or from when it can have any."""
        if not self._hook(number, parameter):
            self._waiting[number] = parameter

    def begin(self) -> None:
        """A `backward` begins: all that comes before its end is of it."""
        self._now.clear()
        if self._waiting:
            thawed = [n for n, each in self._waiting.items() if self._hook(n, each)]
            for number in thawed:
                del self._waiting[number]

    def end(self) -> list[int]:
        """A `backward` is over: return the parameters that it wrote gradients to, in order.

        While the order is what it was, it is the same list.
        """
        if self._now != self._order:
            self._settle()
            self._order = list(self._now)
        self._times += 1
        return self._order

    def of(self, number: int) -> int:
        """Return how many gradients a parameter got."""
        self._settle()
        return self._counts[number]

    def stop(self) -> None:
        """Take every hook off again."""
        for each in self._handles:
            each.remove()

    def _settle(self) -> None:
        if self._times:
            for number in self._order:
                self._counts[number] += self._times
            self._times = 0

    def _hook(self, number: int, parameter: Tensor) -> bool:
        """Count the gradients of a parameter, if it can have any."""
        can = parameter.requires_grad and parameter.is_leaf
        if can:
            hook = _writer(self._now.append, number)
            self._handles.append(parameter.register_post_accumulate_grad_hook(hook))
        return can


def _writer(append: Callable[[int], None], number: int) -> Callable[[Tensor], None]:
    def arrived(_: Tensor) -> None:
        append(number)

    return arrived
