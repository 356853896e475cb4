"""Fingerprints of rows of data: whether a batch, or a row of it, was seen before."""

from __future__ import annotations

import math
from collections import Counter

import torch
from torch import Tensor

_VALUES = 16
"""of a row, spread over it, that are looked at"""
_ROWS, _FIRST = 32, 4
"""of a batch, for pairs and for its own fingerprint"""
_EVERY, _EARLY, _LATE_EVERY = 8, 400, 32
"""steps between looks at pairs; after so many steps, they become seldom"""
_MOST, _FEW = 8_192, 2
_WHOLE = float(2**40)
Rows = tuple[int, ...]
_is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor  # noqa: SLF001 - looked up once


def is_readable(tensor: Tensor) -> bool:
    """Say whether a tensor has numbers of its own: one that torch.func passes in has none."""
    return not _is_wrapped(tensor) and not tensor.is_meta


def rows_of(batch: Tensor, count: int) -> Rows:
    """Return the fingerprints of the first rows of a batch."""
    strange = batch.is_sparse or batch.is_complex() or not is_readable(batch)
    if strange or not batch.dim() or not batch.numel():
        return ()
    held = batch.detach()[:count].reshape(min(count, len(batch)), -1)
    wide = held[:, :: math.ceil(held.shape[1] / _VALUES)]
    return tuple(hash(tuple(row)) for row in wide.tolist())


def print_of(batch: Tensor) -> float:
    """Return the fingerprint of a batch, by its first rows."""
    return print_of_rows(rows_of(batch, _FIRST))


def print_of_rows(rows: Rows) -> float:
    """Return the fingerprint of a batch whose first rows, or more of them, have these."""
    return float(hash(rows[:_FIRST]) % _WHOLE)


class Pairs:
    """Which target came with which row, and whether it was the same when the row came again."""

    def __init__(self) -> None:
        self.inputs: Rows = ()
        """of the batch that a model was given last"""
        self.size = 0
        self._target_of: dict[int, tuple[int, int]] = {}
        self._targets: Counter[int] = Counter()
        names = ("again", "other", "known_targets", "targets", "twice")
        self.counts = dict.fromkeys(names, 0.0)

    def given(self, batch: Tensor, done: int) -> Rows:
        """Note what a model is given, as `done` steps were taken; return the rows looked at."""
        looks = not done % (_EVERY if done < _EARLY else _LATE_EVERY)
        self.inputs = rows_of(batch, _ROWS) if looks else ()
        self.size = len(self.inputs) and len(batch)
        return self.inputs

    def meets(self, targets: Tensor, done: int) -> dict[str, float]:
        """Note the targets that a loss compares its outputs with.

        Returns how large a share of them is the same, and which, where that was looked at.
        """
        if not self.inputs or not targets.dim() or len(targets) != self.size or self.size < _FEW:
            return {}
        met = rows_of(targets, len(self.inputs))
        pairs = dict(zip(self.inputs, met, strict=False))
        self.counts["twice"] += len(met) - len(pairs)
        self.inputs = ()
        for row, target in pairs.items():
            self._pair(row, target, done)
        label, count = Counter(met).most_common(1)[0]
        return {"same": count / len(met), "label": float(label % _WHOLE), "rows": float(self.size)}

    def _pair(self, row: int, target: int, done: int) -> None:
        counts = self.counts
        before = self._target_of.get(row)
        if before is not None and before[1] != done:
            counts["again"] += 1
            counts["other"] += before[0] != target
        if len(self._target_of) < _MOST:
            self._target_of[row] = (target, done)
        counts["targets"] += 1
        counts["known_targets"] += target in self._targets
        if len(self._targets) < _MOST:
            self._targets[target] += 1

    def told(self) -> dict[str, float]:
        """Return the counts, and how often two targets differ that are drawn at random."""
        total = sum(self._targets.values())
        same = sum((each / total) ** 2 for each in self._targets.values()) if total else 1.0
        shares = [each / total for each in self._targets.values()] if total else []
        entropy = -sum(each * math.log(each) for each in shares)
        return {**self.counts, "at_random": 1.0 - same, "entropy": entropy}
