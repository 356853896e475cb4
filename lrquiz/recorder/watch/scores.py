"""What a loss is given: ranges, sums of rows, shapes and labels."""

from __future__ import annotations

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
        "pairs": float(max(_broadcast(scores, targets), 0)),
        "elements": float(scores.numel()),
        "targets": float(targets.numel()),
        "float_target": float(targets.is_floating_point()),
    }
    if scores.is_floating_point() and scores.numel():
        facts |= _score_facts(scores)
    if targets.numel():
        facts |= _target_facts(targets)
    return facts


def _broadcast(one: Tensor, other: Tensor) -> int:
    """Return how many elements two shapes have when they are broadcast; -1 where they cannot be."""
    try:
        return int(torch.broadcast_shapes(one.shape, other.shape).numel())
    except RuntimeError:
        return -1


def _score_facts(scores: Tensor) -> dict[str, float]:
    flat = scores.detach().float()
    facts = {
        "lowest": float(flat.min()),
        "highest": float(flat.max()),
        "zeros": float((flat == 0).float().mean()),
    }
    if flat.dim() > 1 and flat.shape[1] > 1:
        chances = flat.exp()
        facts["rows_sum_to_one"] = float(_sums_to_one(flat, 1))
        facts["columns_sum_to_one"] = float(_sums_to_one(flat, 0))
        facts["exp_sums_to_one"] = float(_sums_to_one(chances, 1))
        facts["exp_columns_sum_to_one"] = float(_sums_to_one(chances, 0))
    return facts


def _sums_to_one(values: Tensor, dim: int) -> bool:
    sums = values.sum(dim)
    return bool(((sums - 1).abs() < _SUMS_TO_ONE).all()) and bool((values >= 0).all())


def _target_facts(targets: Tensor) -> dict[str, float]:
    facts = {"target_low": float(targets.min()), "target_high": float(targets.max())}
    column = targets.dim() == 1 or (targets.dim() == 2 and targets.shape[1] == 1)
    if not column or targets.is_complex():
        return facts
    flat = targets.reshape(-1)
    labels, counts = flat.unique(return_counts=True)
    most = int(counts.argmax())
    whole = bool((labels == labels.round()).all()) if targets.is_floating_point() else True
    rises = bool((flat[1:] >= flat[:-1]).all())
    return facts | {
        "label": float(labels[most]),
        "labels": float(len(labels)),
        "purity": float(counts[most] / counts.sum()),
        "whole_labels": float(whole),
        "in_order": float(rises),
    }
