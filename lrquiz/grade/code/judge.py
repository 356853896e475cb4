"""The trusted judge: recomputes every number that carries points from raw weights.

Nothing the student's process says of itself is used: not its loss, its output or its trace.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from lrquiz.errors import TaskError
from lrquiz.grade.code.hidden import HiddenCase, request_for
from lrquiz.model.task import Task
from lrquiz.model.trace import Trace
from lrquiz.model.trace_json import trace_from_json
from lrquiz.recorder.frames import unpack
from lrquiz.recorder.harness import serve
from lrquiz.recorder.weights import Weights, classifier, distance

_LONGEST_NAME = 40
"""characters of a name that hostile code chose which a message repeats"""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What the judge measured of one case; losses are cross-entropy on held-out rows."""

    problem: str
    """why there are no weights to judge; empty when there are"""
    finite: bool = False
    moved: float = math.nan
    """distance from the weights it was given"""
    off: float = math.nan
    """distance to the reference's weights, relative to how far those moved"""
    loss_before: float = math.nan
    loss_after: float = math.nan
    loss_reference: float = math.nan


@dataclass(frozen=True, slots=True)
class Reference:
    """What a correct submission does on one hidden case."""

    weights: Weights
    trace: Trace


def train_reference(task: Task, hidden: HiddenCase) -> Reference:
    """Run the task's reference on a hidden case, through the harness that students' code has.

    Of its trace only the losses are shown, so nothing more is recorded.

    Raises:
        TaskError: the reference itself fails.
    """
    try:
        trace, weights = read_reply(
            serve(request_for(task, hidden, task.reference), in_detail=False)
        )
    except Exception as error:
        message = f"{task.folder}: the reference fails: {type(error).__name__}: {error}"
        raise TaskError(message) from error
    if trace is None:
        raise TaskError(f"{task.folder}: the reference leaves no trace that can be read")
    return Reference(weights, trace)


def read_reply(reply: bytes) -> tuple[Trace | None, Weights]:
    """Return the trace and the weights of a reply; it may come from a hostile process.

    A trace that cannot be read is None: it carries no points, so it takes none either.

    Raises:
        ValueError: it is not a reply of the harness's form.
    """
    values, tensors = unpack(reply)
    try:
        return trace_from_json(values.get("trace", {})), tensors
    except (LookupError, ValueError, TypeError, ArithmeticError):
        return None, tensors


def recompute(
    task: Task, hidden: HiddenCase, reference: Reference, weights: Mapping[str, Tensor]
) -> Recomputed:
    """Measure a student's weights on the hidden case."""
    problem = _problem(hidden.start, weights)
    if problem:
        return Recomputed(problem)
    finite = all(bool(torch.isfinite(value).all()) for value in weights.values())
    return Recomputed(
        problem="",
        finite=finite,
        moved=distance(hidden.start, weights),
        off=distance(reference.weights, weights) / distance(reference.weights, hidden.start),
        loss_before=_loss(task, hidden, hidden.start),
        loss_after=_loss(task, hidden, weights),
        loss_reference=_loss(task, hidden, reference.weights),
    )


def _problem(start: Weights, weights: Mapping[str, Tensor]) -> str:
    if set(weights) != set(start):
        held = ", ".join(name[:_LONGEST_NAME] for name in sorted(weights)[: len(start)])
        return f"the model should hold {', '.join(start)}; it holds {held or 'nothing'}"
    for name, wanted in start.items():
        given = weights[name]
        if given.shape != wanted.shape or given.dtype != wanted.dtype:
            shape = f"{tuple(given.shape)}"[:_LONGEST_NAME]
            return (
                f"{name} should be {wanted.dtype} of shape {tuple(wanted.shape)}; "
                f"it is {given.dtype} of shape {shape}"
            )
    return ""


def _loss(task: Task, hidden: HiddenCase, weights: Mapping[str, Tensor]) -> float:
    model = classifier(task.layers)
    model.load_state_dict(dict(weights))
    with torch.no_grad():
        return float(cross_entropy(model(hidden.held_inputs), hidden.held_targets))
