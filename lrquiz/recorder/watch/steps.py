"""Optimizer steps: their rates, and now and then the norms of gradients, updates and weights."""

from __future__ import annotations

from contextlib import ExitStack

from torch.optim import Optimizer
from torch.optim.optimizer import (
    register_optimizer_step_post_hook,
    register_optimizer_step_pre_hook,
)

from lrquiz.recorder.watch.looks import looks_after
from lrquiz.recorder.watch.norms import Before, before_step, step_norms
from lrquiz.recorder.watch.optimizers import enter_optimizer
from lrquiz.recorder.watch.quiet import quietly
from lrquiz.recorder.watch.state import Watch
from lrquiz.recorder.watch.written import watch_groups

_Held = dict[int, Before]
"""by optimizer, what its parameters held before the step that it takes now"""


def watch_steps(stack: ExitStack, watch: Watch) -> None:
    """Note every finished step of every optimizer, once, whatever its `step` calls."""
    depth: dict[int, int] = {}
    held: _Held = {}
    around = watch.depth
    around["step"] = 0

    def begin(optimizer: Optimizer, _: object, __: object) -> None:
        key = id(optimizer)
        deep = depth[key] = depth.get(key, 0) + 1
        around["step"] += 1
        if watch.detailed and dict in map(type, optimizer.param_groups):
            watch_groups(watch, optimizer)
        if deep == 1 and watch.looks.close:
            _hold(watch, optimizer, held)

    def end(optimizer: Optimizer, _: object, __: object) -> None:
        key = id(optimizer)
        depth[key] -= 1
        around["step"] -= 1
        if not depth[key]:
            _stepped(watch, optimizer, held)

    stack.callback(register_optimizer_step_pre_hook(begin).remove)
    stack.callback(register_optimizer_step_post_hook(end).remove)


@quietly
def _hold(_: Watch, optimizer: Optimizer, held: _Held) -> None:
    held[id(optimizer)] = before_step(optimizer)


def _stepped(watch: Watch, optimizer: Optimizer, held: _Held) -> None:
    groups, of = optimizer.param_groups, watch.numbers.get(id(optimizer), 0)
    rate = float(groups[0]["lr"])
    numbers = {"lr": rate}
    if watch.detailed:
        if len(groups) > 1:
            numbers["highest_lr"] = max(float(group["lr"]) for group in groups)
        if held:
            _note_norms(watch, held.pop(id(optimizer), None), numbers)
        of = of or enter_optimizer(watch, optimizer)
    else:
        watch.optimizers.add(optimizer)
    watch.event("step", watch.line(4), numbers, of)
    watch.builder.step(rate, watch.last_loss)
    watch.backwards_at_step = watch.backwards
    if watch.detailed:
        watch.looks = looks_after(watch.builder.steps_done)


@quietly
def _note_norms(_: Watch, before: Before | None, numbers: dict[str, float]) -> None:
    if before is not None:
        numbers |= step_norms(before)
