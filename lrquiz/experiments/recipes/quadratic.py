"""Recipe quadratic: gradient descent on a valley of known curvature, one weight, step by step.

On `curvature * w**2 / 2` a step of plain SGD multiplies the weight by `1 - lr * curvature`, so what
a rate does depends on that product alone: "too high" is above 2, whatever the rate itself is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from lrquiz.experiments.recipes.plain_loop import Trained
from lrquiz.experiments.recipes.schedules import Schedule, make_scheduler
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder

Noise = Callable[[], float]
"""what is added to a gradient, drawn anew for each"""


@dataclass(frozen=True, slots=True)
class Arm(Schedule):
    """The settings of one arm."""

    momentum: float | None = None
    """share of the last step that the next one keeps"""
    shape: str = "parabola"
    """loss: `parabola`, curvature * w**2 / 2, or `line`, w, whose gradient is 1 everywhere"""
    curvature: float = 1.0
    """how fast the parabola's slope changes; its gradient is curvature * w"""
    start: float = 1.0
    """weight that training begins with"""


def loss_at(arm: Arm, weight: Tensor) -> Tensor:
    """Return the loss at a weight."""
    return weight if arm.shape == "line" else arm.curvature * weight**2 / 2


def run(arm: Arm, seed: int, epochs: int) -> Trace:
    """Descend one step per epoch; see `descend`."""
    return trained(arm, seed, epochs).trace


def trained(arm: Arm, seed: int, epochs: int) -> Trained:  # noqa: ARG001 - nothing here is random
    """Descend one step per epoch; see `descend`."""
    return descend(arm, epochs, lambda: 0.0)


def descend(arm: Arm, epochs: int, noise: Noise) -> Trained:
    """Descend one step per epoch, in float32, with `noise` added to every gradient.

    Columns: `loss` and `gradient` before the step; `weight` after it; `step`, the change of the
    weight with its sign; `weight_change`, the distance from the start; `lr`, `lr_after`.
    """
    weight = nn.Parameter(torch.tensor(arm.start))
    optimizer = torch.optim.SGD([weight], lr=arm.lr, momentum=arm.momentum or 0.0)
    scheduler = make_scheduler(optimizer, arm, epochs, 1)
    trace = TraceBuilder(epochs)
    for _ in range(epochs):
        before, rate = weight.item(), optimizer.param_groups[0]["lr"]
        optimizer.zero_grad()
        loss = loss_at(arm, weight)
        value = loss.item()  # now: a line's loss is the weight itself, which the step changes
        loss.backward()
        if weight.grad is None:  # so the audit leaves it, which drops the call above
            weight.grad = torch.zeros_like(weight)
        weight.grad += noise()
        optimizer.step()
        scheduler.step()
        trace.epoch(
            loss=value,
            gradient=weight.grad.item(),
            weight=weight.item(),
            step=weight.item() - before,
            weight_change=abs(weight.item() - arm.start),
            lr=rate,
            lr_after=optimizer.param_groups[0]["lr"],
        )
    return Trained(nn.ParameterDict({"weight": weight}), trace.build())
