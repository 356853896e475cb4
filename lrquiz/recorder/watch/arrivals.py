"""Gradients as they are written to parameters: how many, and to which of them how often."""

from __future__ import annotations

from collections import Counter

from torch import Tensor
from torch.utils.hooks import RemovableHandle


class Arrivals:
    """Counts the gradients that are written to parameters, which go by their numbers.

    In most programs every `backward` writes to the same parameters in the same order, so that order
    is kept, and how often it came. As hook, each parameter has a method of a list, which adds the
    parameter to it: a function of ours would take several times as long.
    """

    def __init__(self) -> None:
        self._now: list[Tensor] = []
        """the parameters that got a gradient since the last `backward` was over"""
        self._ids: list[int] = []
        self._order: list[int] = []
        """the parameters that the last `backward` wrote to, by `id` and by number"""
        self._times = 0
        self._counts: Counter[int] = Counter()
        self._numbers: dict[int, int] = {}
        """by `id`; another parameter that has it later takes its place"""
        self.waiting: dict[int, Tensor] = {}
        """parameters that cannot have gradients yet, by number"""
        self._handles: list[RemovableHandle] = []

    def enter(self, number: int, parameter: Tensor) -> None:
        """Count a parameter's gradients from now on, or from when it can have any."""
        if not self._hook(number, parameter):
            self.waiting[number] = parameter

    def thaw(self) -> None:
        """Begin to count the gradients of those that are waiting, if they can have any by now."""
        thawed = [n for n, each in self.waiting.items() if self._hook(n, each)]
        for number in thawed:
            del self.waiting[number]

    def end(self) -> list[int]:
        """A `backward` is over: return the parameters that it wrote gradients to, in order.

        While the order is what it was, it is the same list.
        """
        ids = list(map(id, self._now))
        self._now.clear()
        if ids != self._ids:
            self._settle()
            self._ids, self._order = ids, [self._numbers[each] for each in ids]
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
            self._settle()
            self._ids, self._numbers[id(parameter)] = [], number
            self._handles.append(parameter.register_post_accumulate_grad_hook(self._now.append))
        return can
