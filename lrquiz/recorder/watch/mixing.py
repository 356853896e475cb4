"""Models that mix rows: what one sample of a batch is told depends on another sample."""

from __future__ import annotations

import copy
import functools
import io
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr, redirect_stdout, suppress
from typing import Any

import torch
from torch import Tensor, nn

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.prints import is_readable
from lrquiz.recorder.watch.state import Watch, patch

_MOST = 200_000
"""numbers of a batch that is kept"""
_LEAST_ROWS, _DIMS = 4, 3
_ORDERED = (nn.RNNBase, nn.MultiheadAttention)
"""layers that go along a series"""


class LastCall:
    """A model, and a batch that it was given: those of the last call that was looked at."""

    def __init__(self) -> None:
        self._held: tuple[nn.Module, tuple[Any, ...]] | None = None

    def keep(self, module: nn.Module, arguments: tuple[Any, ...]) -> None:
        """Keep a call, if the batch is few numbers: symbols, series, or of more dimensions."""
        first = arguments[0] if arguments else None
        if not isinstance(first, Tensor) or not is_readable(first):
            return
        symbols = first.dim() == _DIMS - 1 and not first.is_floating_point()
        series = first.dim() == _DIMS - 1 and any(isinstance(e, _ORDERED) for e in module.modules())
        if first.numel() > _MOST or (first.dim() < _DIMS and not symbols and not series):
            return
        if not any(isinstance(each, Tensor) for each in arguments[1:]):
            self._held = (module, (first.detach().clone(), *arguments[1:]))

    def note_mixing(self, watch: Watch) -> None:
        """Say whether the model mixes rows, by running a copy of it now that all is over."""
        if self._held is None:
            return
        module, arguments = self._held
        state = torch.random.get_rng_state()
        with suppress(Exception), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            _note(watch, copy.deepcopy(module).eval(), arguments)
        torch.random.set_rng_state(state)


@torch.no_grad()
def _note(watch: Watch, module: nn.Module, arguments: tuple[Any, ...]) -> None:
    batch: Tensor = arguments[0]
    turned: list[tuple[int | None, int]] = []
    for each in module.modules():
        if isinstance(each, _ORDERED) and not each.batch_first:
            each.register_forward_pre_hook(functools.partial(_time_first, watch, turned))
    with ExitStack() as stack:
        moves = _watch_moves(stack, watch)
        plain = _first_of(module(*arguments))
    swaps = [line for line, given, made in moves if _swaps(given, made)]
    rows = 0 if plain is None or not plain.dim() else len(plain)
    lines = [line for line, given, made in moves if _mixes(given, made, rows)]
    lines += [line for line, first in turned if first == rows]
    others = _others(module, batch, arguments[1:], plain)
    numbers = {"rows": float(rows), "others": float(others), "swaps": float(len(swaps))}
    line = next(iter([*swaps, *lines]), None)
    watch.builder.thing(Thing("mixing", type(module).__name__, line, numbers))


def _first_of(made: Any) -> Tensor | None:  # noqa: ANN401 - whatever a model returns
    if isinstance(made, tuple | list) and made:
        return _first_of(made[0])
    return made if isinstance(made, Tensor) else None


def _others(module: nn.Module, batch: Tensor, rest: tuple[Any, ...], plain: Tensor | None) -> int:
    """Return for how many samples the output changes as another sample is changed."""
    if plain is None or not plain.dim() or len(plain) < _LEAST_ROWS:
        return 0
    rows = len(plain)
    places = [dim for dim, size in enumerate(batch.shape) if size == rows]
    again = _first_of(module(batch, *rest))
    if len(places) != 1 or again is None or not torch.equal(plain, again):
        return 0
    other = batch.clone()
    other.select(places[0], 0).copy_(_different(batch, places[0]))
    changed = _first_of(module(other, *rest))
    if changed is None or changed.shape != plain.shape:
        return 0
    return int((changed != plain).reshape(rows, -1).any(1)[1:].sum())


def _time_first(
    watch: Watch, turned: list[tuple[int | None, int]], _: nn.Module, given: tuple[Any, ...]
) -> None:
    """Note how long the first dimension is of what a layer is given that takes time there."""
    if given and isinstance(given[0], Tensor) and given[0].dim() == _DIMS:
        turned.append((watch.line(), given[0].shape[0]))


def _different(batch: Tensor, dim: int) -> Tensor:
    """Return the row of a batch that differs most from its first."""
    first = batch.select(dim, 0)
    apart = [float((batch.select(dim, k) != first).sum()) for k in range(batch.shape[dim])]
    return batch.select(dim, max(range(len(apart)), key=apart.__getitem__))


def _watch_moves(
    stack: ExitStack, watch: Watch
) -> list[tuple[int | None, tuple[int, ...], tuple[int, ...]]]:
    """Return a list to which every change of shape will be added, with its line."""
    moves: list[tuple[int | None, tuple[int, ...], tuple[int, ...]]] = []

    def wrapper(original: Callable[..., Any]) -> Callable[..., Any]:
        def change(tensor: Tensor, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
            made = original(tensor, *arguments, **named)
            moves.append((watch.line(), tuple(tensor.shape), tuple(made.shape)))
            return made

        return functools.wraps(original)(change)

    for owner, name in ((Tensor, "view"), (Tensor, "reshape"), (torch, "reshape")):
        patch(stack, owner, name, wrapper)
    return moves


def _mixes(given: tuple[int, ...], made: tuple[int, ...], rows: int) -> bool:
    """Say whether a change of shape puts rows elsewhere: where there were none, or none are."""
    if not given or not made or given[0] == made[0] or rows not in {*given, *made}:
        return False
    merged = len(given) > 1 and made[0] == given[0] * given[1] and rows == given[0]
    parted = len(made) > 1 and given[0] == made[0] * made[1] and rows == made[0]
    return not merged and not parted


def _swaps(given: tuple[int, ...], made: tuple[int, ...]) -> bool:
    """Say whether a change of shape only puts sizes in another order, as if it swapped axes."""
    one, other = ([size for size in shape if size != 1] for shape in (given, made))
    return one != other and sorted(one) == sorted(other)
