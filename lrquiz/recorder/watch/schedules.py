"""Schedulers: how they are made, and what each of their steps does to the rate."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from torch import Tensor
from torch.optim import Optimizer, lr_scheduler

from lrquiz.model.trace import Thing
from lrquiz.recorder.watch.state import Watch, patch

_SETTINGS = (
    *("step_size", "gamma", "T_max", "T_0", "T_mult", "eta_min", "total_steps", "total_iters"),
    *("patience", "factor", "last_epoch", "start_factor", "end_factor", "power", "total_size"),
)


def watch_schedulers(stack: ExitStack, watch: Watch) -> None:
    """Note every step of a scheduler that the program itself takes; in detail also their making."""
    base = lr_scheduler.LRScheduler
    classes = [each for each in vars(lr_scheduler).values() if isinstance(each, type)]
    for each in {base, *(each for each in classes if issubclass(each, base))}:
        if "step" in vars(each):
            patch(stack, each, "step", functools.partial(_stepping, watch))
        if "__init__" in vars(each):
            patch(stack, each, "__init__", functools.partial(_making, watch))


def _stepping(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def step(scheduler: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        with watch.outermost("scheduler_step") as outermost:
            if not outermost or watch.depth.get("construction"):
                watch.say_at_end(watch.number_of(scheduler), {"driven": 1.0})
                return original(scheduler, *arguments, **named)
            before = _rate(scheduler)
            value = original(scheduler, *arguments, **named)
            numbers = {} if not watch.detailed else {"before": before, "after": _rate(scheduler)}
            metric = next(iter((*arguments, *named.values())), None)
            if watch.detailed and isinstance(metric, int | float | Tensor):
                numbers["metric"] = float(metric)
            of = enter_scheduler(watch, scheduler)
            watch.event("scheduler_step", watch.line(), numbers, of=of)
            return value

    return step


def _making(watch: Watch, original: Callable[..., Any]) -> Callable[..., Any]:
    def make(scheduler: Any, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        with watch.outermost("construction") as outermost:
            original(scheduler, *arguments, **named)
            if outermost:
                enter_scheduler(watch, scheduler)

    return make


def enter_scheduler(watch: Watch, scheduler: Any) -> int:  # noqa: ANN401
    """Return the number of a scheduler, which is noted with its settings when it is first seen."""
    if not watch.detailed or watch.number_of(scheduler):
        return watch.number_of(scheduler)
    settings = {name: getattr(scheduler, name, None) for name in _SETTINGS}
    numbers = {k: float(v) for k, v in settings.items() if isinstance(v, int | float)}
    milestones = list(getattr(scheduler, "milestones", None) or [])
    if milestones and all(isinstance(each, int | float) for each in milestones):
        numbers["last_milestone"] = float(max(milestones))
    numbers["optimizer"] = float(watch.number_of(_optimizer(scheduler)))
    numbers["rate"] = _rate(scheduler)
    held = getattr(scheduler, "_schedulers", None) or ()
    parts = tuple(filter(None, map(watch.number_of, held)))
    words = {"mode": str(getattr(scheduler, "mode", ""))}
    told = Thing("scheduler", type(scheduler).__name__, watch.line(), numbers, words, parts)
    return watch.enter(scheduler, told)


def _optimizer(scheduler: Any) -> Optimizer | None:  # noqa: ANN401
    found = getattr(scheduler, "optimizer", None)
    return found if isinstance(found, Optimizer) else None


def _rate(scheduler: Any) -> float:  # noqa: ANN401
    optimizer = _optimizer(scheduler)
    return math.nan if optimizer is None else float(optimizer.param_groups[0]["lr"])
