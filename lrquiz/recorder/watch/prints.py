"""Fingerprints of rows of data: whether a batch, or a row of it, was seen before."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from typing import Any

import numpy as np
import torch
from torch import Tensor

_VALUES = 16
"""of a row, spread over it, that are looked at"""
_ROWS, _FIRST = 32, 4
"""of a batch, for pairs and for its own fingerprint"""
_MOST, _FEW = 8_192, 2
_WHOLE = float(2**40)
Rows = tuple[int, ...]
is_wrapped = torch._C._functorch.is_functorch_wrapped_tensor  # noqa: SLF001 - looked up once


def is_readable(tensor: Tensor) -> bool:
    """Say whether a tensor has numbers of its own: one that torch.func passes in has none."""
    return not is_wrapped(tensor) and not tensor.is_meta


def rows_of(batch: Tensor, count: int) -> Rows:
    """Return the fingerprints of the first rows of a batch."""
    strange = batch.is_sparse or batch.is_complex() or not is_readable(batch)
    if strange or not batch.dim() or not batch.numel():
        return ()
    held = _numbers_of(batch.detach()[:count].cpu().resolve_neg())
    wide = held.reshape(len(held), -1)
    raw = wide[:, :: math.ceil(wide.shape[1] / _VALUES)].tobytes()
    size = len(raw) // len(held)
    return tuple(zlib.crc32(raw[at : at + size]) for at in range(0, len(raw), size))


def _numbers_of(held: Tensor) -> np.ndarray[Any, Any]:
    """Return a tensor's numbers; numpy has no type for those of 16 bits or less that torch has."""
    try:
        return held.numpy()
    except TypeError:
        return held.float().numpy()


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

    def given(self, batch: Tensor) -> Rows:
        """Note what a model is given; return the fingerprints of its rows."""
        self.inputs = rows_of(batch, _ROWS)
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
        self._compare(pairs, done)
        self._keep(pairs, done)
        label, count = Counter(met).most_common(1)[0]
        return {"same": count / len(met), "label": float(label), "rows": float(self.size)}

    def _compare(self, pairs: dict[int, int], done: int) -> None:
        """Count the rows that came before in another step, and those with another target then."""
        counts, before = self.counts, self._target_of
        for row in pairs.keys() & before.keys():
            target, step = before[row]
            counts["again"] += step != done
            counts["other"] += step != done and target != pairs[row]

    def _keep(self, pairs: dict[int, int], done: int) -> None:
        counts, targets = self.counts, self._targets
        if len(self._target_of) < _MOST:
            self._target_of.update((row, (target, done)) for row, target in pairs.items())
        counts["targets"] += len(pairs)
        for target in pairs.values():
            counts["known_targets"] += target in targets
            if len(targets) < _MOST:
                targets[target] += 1

    def told(self) -> dict[str, float]:
        """Return the counts, and how often two targets differ that are drawn at random."""
        total = sum(self._targets.values())
        same = sum((each / total) ** 2 for each in self._targets.values()) if total else 1.0
        shares = [each / total for each in self._targets.values()] if total else []
        entropy = -sum(each * math.log(each) for each in shares)
        return {**self.counts, "at_random": 1.0 - same, "entropy": entropy}
