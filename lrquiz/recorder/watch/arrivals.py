"""Whose gradients are whose: what each optimizer's parameters hold before and after `backward`."""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import Tensor
from torch.optim import Optimizer

from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch


def leftovers(watch: Watch) -> dict[str, float]:
    """Return what the parameters hold as `backward` begins: any gradients other than zero.

    By optimizer, it is their norm; in detail also that of the weights, which tells whether they
    were changed since.
    """
    numbers = {watch.number_of(each): each for each in watch.optimizers}
    held = {number: _gradient(each) for number, each in numbers.items()}
    found = {"leftover": float(any(each != 0 for each in held.values()))}
    found |= {f"leftover_{number}": each for number, each in held.items() if number}
    if watch.detailed:
        found |= {f"weights_{n}": norm_of(_weights(each)) for n, each in numbers.items() if n}
    return found


@quietly
def note_arrivals(watch: Watch, numbers: dict[str, float]) -> None:
    """Count the gradients that a `backward` wrote: all, and to the parameters of each optimizer.

    What these then hold is looked at now and then.
    """
    if not watch.detailed:
        return
    arrived = watch.arrived
    numbers["reached"] = float(len(arrived))
    numbers["reached_sum"] = float(sum(arrived))
    for number in arrived:
        watch.arrivals[number] = watch.arrivals.get(number, 0) + 1
    numbers.update(_shares(watch, tuple(arrived)))
    if "leftover" in numbers:
        for optimizer in watch.optimizers:
            numbers[f"norm_{watch.number_of(optimizer)}"] = _gradient(optimizer)


def _shares(watch: Watch, arrived: tuple[int, ...]) -> dict[str, float]:
    """Return how many of the gradients are of each optimizer; mostly it is what it was before."""
    key = (arrived, len(watch.parts), len(watch.builder.things))
    if watch.shares is None or watch.shares[0] != key:
        numbers = (watch.number_of(each) for each in watch.optimizers)
        held = {number: watch.parts.get(number, frozenset()) for number in numbers}
        found = {f"got_{n}": float(len(parts.intersection(arrived))) for n, parts in held.items()}
        watch.shares = (key, found)
    return watch.shares[1]


def holder_of(watch: Watch, parameters: Iterable[Tensor]) -> int:
    """Return the number of the optimizer that holds most of some parameters, 0 where none does."""
    numbers = {watch.number_of(each) for each in parameters} - {0}
    held = {
        number: len(watch.parts.get(number, frozenset()) & numbers)
        for number in map(watch.number_of, watch.optimizers)
    }
    most = max(held, key=lambda each: held[each], default=0)
    return most if held.get(most) else 0


@torch.no_grad()
def norm_of(tensors: list[Tensor]) -> float:
    """Return the norm of all numbers in some tensors; NaN of tensors that hold none to look at."""
    try:
        norms = torch._foreach_norm(tensors)  # noqa: SLF001 - one call for all, as torch clips
        return float(torch.stack([each.double() for each in norms]).norm()) if tensors else 0.0
    except (RuntimeError, NotImplementedError, TypeError):
        return _norm_one_by_one(tensors)


def _norm_one_by_one(tensors: list[Tensor]) -> float:
    """Return the norm of tensors of different kinds, sparse ones too."""
    squares = 0.0
    for each in tensors:
        values = each.coalesce().values() if each.is_sparse else each
        squares += float(values.detach().double().norm()) ** 2
    return math.sqrt(squares)


def _weights(optimizer: Optimizer) -> list[Tensor]:
    return [each.detach() for group in optimizer.param_groups for each in group["params"]]


def _gradient(optimizer: Optimizer) -> float:
    held = [each.grad for group in optimizer.param_groups for each in group["params"]]
    return norm_of([each.detach() for each in held if each is not None])
