"""What a loss is given: ranges, sums of rows, shapes and labels."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, zip_longest

import torch
from torch import Tensor

_SUMS_TO_ONE = 1e-3


@torch.no_grad()
def facts_of(scores: Tensor, targets: Tensor) -> dict[str, float]:
    """Return what rules ask of the scores and targets that a loss was given."""
    facts = {
        "rows": float(scores.shape[0]) if scores.dim() else 1.0,
        "columns": float(scores.shape[1]) if scores.dim() > 1 else 1.0,
        "dims": float(scores.dim()),
        "target_dims": float(targets.dim()),
        "same_shape": float(scores.shape == targets.shape),
        "pairs": float(max(_broadcast(scores.shape, targets.shape), 0)),
        "elements": float(scores.numel()),
        "targets": float(targets.numel()),
        "float_target": float(targets.is_floating_point()),
    }
    if scores.is_floating_point() and scores.numel():
        facts |= _score_facts(scores)
    if targets.numel() and not targets.is_complex():
        facts |= _target_facts(targets)
    return facts


def _broadcast(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many elements two shapes have when they are broadcast; -1 where they cannot be."""
    count = 1
    for a, b in zip_longest(reversed(one), reversed(other), fillvalue=1):
        if 1 not in {a, b} and a != b:
            return -1
        count *= b if a == 1 else a
    return count


def _score_facts(scores: Tensor) -> dict[str, float]:
    flat = scores.detach().float()
    lowest, highest = map(float, flat.aminmax())
    facts = {
        "lowest": lowest,
        "highest": highest,
        "zeros": 1.0 - int(flat.count_nonzero()) / flat.numel(),
    }
    if flat.dim() > 1 and flat.shape[1] > 1:
        chances = lowest >= 0  # what has negative numbers, or NaN, is looked at no further
        facts["rows_sum_to_one"] = float(chances and _sums_to_one(flat, 1))
        facts["columns_sum_to_one"] = float(chances and _sums_to_one(flat, 0))
        logs = highest <= _SUMS_TO_ONE  # no chance is above one
        raised = flat.exp() if logs else flat
        facts["exp_sums_to_one"] = float(logs and _sums_to_one(raised, 1))
        facts["exp_columns_sum_to_one"] = float(logs and _sums_to_one(raised, 0))
    return facts


def _sums_to_one(values: Tensor, dim: int) -> bool:
    return bool(((values.sum(dim) - 1).abs() < _SUMS_TO_ONE).all())


def _target_facts(targets: Tensor) -> dict[str, float]:
    lowest, highest = targets.aminmax()
    facts = {"target_low": float(lowest), "target_high": float(highest)}
    column = targets.dim() == 1 or (targets.dim() == 2 and targets.shape[1] == 1)
    return facts | _label_facts(targets.reshape(-1).tolist()) if column else facts


def _label_facts(labels: list[float]) -> dict[str, float]:
    """Return which of some labels comes most often, how often, and whether they are in order."""
    counts = Counter(labels)
    most = max(counts.values())
    return {
        "label": float(min(label for label, count in counts.items() if count == most)),
        "labels": float(len(counts)),
        "purity": most / len(labels),
        "whole_labels": float(all(math.isinf(each) or each == each // 1 for each in counts)),
        "in_order": float(all(one <= next_one for one, next_one in pairwise(labels))),
    }
