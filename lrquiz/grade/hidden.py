"""Hidden inputs of a case: weights and data that no student has seen, from a hidden seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lrquiz.model.task import Case, Task
from lrquiz.recorder.frames import pack
from lrquiz.recorder.weights import Weights, classifier

_HELD_OUT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class HiddenCase:
    """What one call of the student's function is given, and the rows its weights are judged on."""

    case: Case
    seed: int
    start: Weights
    inputs: Tensor
    targets: Tensor
    held_inputs: Tensor
    held_targets: Tensor


def draw_case(task: Task, case: Case, seed: int) -> HiddenCase:
    """Draw fresh weights and linearly separable classes from `seed`."""
    generator = torch.Generator().manual_seed(seed)
    rows = task.rows + int(task.rows * _HELD_OUT_SHARE)
    inputs = torch.randn(rows, task.layers[0], generator=generator)
    directions = torch.randn(task.layers[0], task.layers[-1], generator=generator)
    targets = (inputs @ directions).argmax(dim=1)
    return HiddenCase(
        case=case,
        seed=seed,
        start=_fresh_weights(task, generator),
        inputs=inputs[: task.rows],
        targets=targets[: task.rows],
        held_inputs=inputs[task.rows :],
        held_targets=targets[task.rows :],
    )


def _fresh_weights(task: Task, generator: torch.Generator) -> Weights:
    """Return weights uniform in +-1/sqrt(inputs), as nn.Linear draws them."""
    return {
        name: (2 * torch.rand(value.shape, generator=generator) - 1) / _fan_in(name, task)
        for name, value in classifier(task.layers).state_dict().items()
    }


def _fan_in(name: str, task: Task) -> float:
    # classifier() alternates Linear and ReLU, so layer i is module 2 * i
    return float(task.layers[int(name.partition(".")[0]) // 2] ** 0.5)


def request_for(task: Task, hidden: HiddenCase, source: str) -> bytes:
    """Return the request that the harness in the box answers."""
    values: Mapping[str, object] = {
        "source": source,
        "function": task.function,
        "layers": list(task.layers),
        "batch_size": task.batch_size,
        "arguments": dict(hidden.case.arguments),
        "seed": hidden.seed,
    }
    tensors = {f"weights/{name}": value for name, value in hidden.start.items()}
    tensors |= {"inputs": hidden.inputs.contiguous(), "targets": hidden.targets.contiguous()}
    return pack(dict(values), tensors)
