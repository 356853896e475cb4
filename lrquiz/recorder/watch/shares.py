"""Whose gradients are whose: what each optimizer's parameters hold before and after `backward`."""

from __future__ import annotations

from collections.abc import Iterable

from torch import Tensor
from torch.optim import Optimizer

from lrquiz.recorder.watch.norms import norm_of
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch


class Shares:
    """How many of the gradients of a `backward` are of each optimizer; mostly as the last time.

    So the numbers of a call begin as a copy of those of the last one, which takes less time than
    making them anew.
    """

    def __init__(self) -> None:
        self._order: list[int] = []
        self._groupings = -1
        self.last: dict[str, float] = {}
        """what `end` noted last"""

    def end(self, watch: Watch, numbers: dict[str, float]) -> None:
        """A `backward` is over: note how many gradients it wrote, and to whose parameters.

        What these then hold is looked at now and then.
        """
        try:
            order = watch.arrivals.end()
            if order is not self._order or watch.groupings != self._groupings:
                for each in self.last:
                    numbers.pop(each, None)
                self._order, self._groupings = order, watch.groupings
                self.last = _shares(watch, order)
                numbers.update(self.last)
            if "leftover" in numbers:
                _note_held(watch, numbers)
        except Exception as error:  # noqa: BLE001 - as `quietly` does, in fewer calls
            watch.fault("end", error)


def _shares(watch: Watch, order: list[int]) -> dict[str, float]:
    numbers = (watch.number_of(each) for each in watch.optimizers)
    held = {number: watch.parts.get(number, frozenset()) for number in numbers}
    found = {"reached": float(len(order)), "reached_sum": float(sum(order))}
    return found | {f"got_{n}": float(len(parts.intersection(order))) for n, parts in held.items()}


def leftovers(watch: Watch) -> dict[str, float]:
    """Return what the parameters hold as `backward` begins: any gradients other than zero.

    By optimizer, it is their norm; where there are several calls of `backward` per step, also that
    of the weights, which tells whether they were changed between two calls.
    """
    numbers = {watch.number_of(each): each for each in watch.optimizers}
    held = {number: _gradient(each) for number, each in numbers.items()}
    found = {"leftover": float(any(each != 0 for each in held.values()))}
    found |= {f"leftover_{number}": each for number, each in held.items() if number}
    if watch.accumulates:
        found |= {f"weights_{n}": norm_of(weights_of(each)) for n, each in numbers.items() if n}
    return found


@quietly
def _note_held(watch: Watch, numbers: dict[str, float]) -> None:
    for optimizer in watch.optimizers:
        numbers[f"norm_{watch.number_of(optimizer)}"] = _gradient(optimizer)


def holder_of(watch: Watch, parameters: Iterable[Tensor]) -> int:
    """Return the number of the optimizer that holds most of some parameters, 0 where none does."""
    numbers = {watch.number_of(each) for each in parameters} - {0}
    held = {
        number: len(watch.parts.get(number, frozenset()) & numbers)
        for number in map(watch.number_of, watch.optimizers)
    }
    most = max(held, key=lambda each: held[each], default=0)
    return most if held.get(most) else 0


def weights_of(optimizer: Optimizer) -> list[Tensor]:
    """Return what an optimizer holds, group by group."""
    return [each for group in optimizer.param_groups for each in group["params"]]


def _gradient(optimizer: Optimizer) -> float:
    return norm_of([each.grad for each in weights_of(optimizer) if each.grad is not None])
