"""Hidden inputs of a case: weights and data that no student has seen, from a hidden seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from safetensors.torch import load
from torch import Tensor

from lrquiz.model.task import Case, Task
from lrquiz.recorder.frames import pack
from lrquiz.recorder.weights import Weights, classifier
from lrquiz.resources.secret import hidden_seed

_HELD_OUT_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class CaseSeeds:
    """The seeds of one student's case, each for its own purpose: none tells of another."""

    data: int
    """weights and training rows, which the box sees"""
    held_out: int
    """rows the weights are judged on, which it never sees"""
    box: int
    """the state of random generators inside the box, which student code can read"""


def seeds_of(secret: bytes, student: str, task: str, case: str) -> CaseSeeds:
    """Return the seeds of one student's case."""
    data, held_out, box = (
        hidden_seed(secret, purpose, student, task, case) for purpose in ("data", "held out", "box")
    )
    return CaseSeeds(data, held_out, box)


@dataclass(frozen=True, slots=True)
class HiddenCase:
    """What one call of the student's function is given, and the rows its weights are judged on."""

    case: Case
    box_seed: int
    start: Weights
    inputs: Tensor
    targets: Tensor
    held_inputs: Tensor
    held_targets: Tensor


def draw_case(task: Task, case: Case, seeds: CaseSeeds) -> HiddenCase:
    """Draw rows of linearly separable classes, and fresh weights where the task ships none."""
    generator = torch.Generator().manual_seed(seeds.data)
    directions = torch.randn(task.layers[0], task.layers[-1], generator=generator)
    inputs = torch.randn(task.rows, task.layers[0], generator=generator)
    apart = torch.Generator().manual_seed(seeds.held_out)
    held = torch.randn(int(task.rows * _HELD_OUT_SHARE), task.layers[0], generator=apart)
    return HiddenCase(
        case=case,
        box_seed=seeds.box,
        start=load(task.weights) if task.weights else _fresh_weights(task, generator),
        inputs=inputs,
        targets=(inputs @ directions).argmax(dim=1),
        held_inputs=held,
        held_targets=(held @ directions).argmax(dim=1),
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


def request_for(
    task: Task, hidden: HiddenCase, source: str, modules: Mapping[str, str] | None = None
) -> bytes:
    """Return the request that the harness in the box answers.

    Args:
        task: what is asked for.
        hidden: weights and data.
        source: the student's code that is run.
        modules: sources by path that it may import.
    """
    values: Mapping[str, object] = {
        "source": source,
        "modules": dict(modules or {}),
        "function": task.function,
        "layers": list(task.layers),
        "batch_size": task.batch_size,
        "arguments": dict(hidden.case.arguments),
        "seed": hidden.box_seed,
    }
    tensors = {f"weights/{name}": value for name, value in hidden.start.items()}
    tensors |= {"inputs": hidden.inputs.contiguous(), "targets": hidden.targets.contiguous()}
    return pack(dict(values), tensors)
