"""Fixes for steps, schedules and modes: insert a call, or move it to another place of the loop."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lrquiz.diagnosis.fixes.calls import Scene
from lrquiz.diagnosis.fixes.code import Loop, receiver, statement
from lrquiz.diagnosis.fixes.edit import Edit
from lrquiz.diagnosis.fixes.gradients import moved

_PER_BATCH = ("OneCycleLR", "CyclicLR")


def call_step(scene: Scene) -> Iterator[str]:
    """Insert `OPTIMIZER.step()` after backward, or after the clipping that follows it."""
    backward = scene.site("backward")
    names = [*scene.owners("zero_grad"), *scene.made("optimizer")]
    if backward is None:
        return
    later = [each for each in scene.sites("clip") if each.line > backward.line]
    at = later[-1] if later else backward
    for name in dict.fromkeys(names):
        yield scene.code.edited(Edit(after={at.small: [statement(f"{name}.step()")]}))


def call_other_step(scene: Scene) -> Iterator[str]:
    """Insert `OPTIMIZER.step()` of an optimizer that is never stepped, after that of another."""
    step, stepped = scene.site("step"), scene.optimizers()
    names = dict.fromkeys((*scene.made("optimizer"), *scene.owners("zero_grad")))
    for name in names if step is not None else ():
        if step is not None and name not in stepped:
            yield scene.code.edited(Edit(after={step.small: [statement(f"{name}.step()")]}))


def schedule_after_loop(scene: Scene) -> Iterator[str]:
    """Move the scheduler's step out of the loop over batches, to the end of the epoch.

    Where a function takes one batch, that is after the loop that calls it.
    """
    site = scene.site("scheduler_step")
    if site is None:
        return
    own = scene.code.loops(site.call)
    for place in own[:1] or _around_calls(scene, site.call):
        small = site.small.deep_clone()
        yield scene.code.edited(Edit(after={place: [small]}, dropped={site.small}))


def _around_calls(scene: Scene, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield the innermost loops, or the statements with comprehensions, that call a function."""
    for call in _calls_of_function(scene, node):
        place = next(iter(scene.code.loops(call)), None) or scene.code.small(call)
        if place is not None:
            yield place


def _calls_of_function(scene: Scene, node: cst.CSTNode) -> list[cst.Call]:
    """Return the calls of the function that a node is in."""
    function = scene.code.function(node)
    return [] if function is None else scene.code.calls(function.name.value)


def _calling_loop(scene: Scene, node: cst.CSTNode) -> Loop | None:
    calls = _calls_of_function(scene, node)
    return next((loop for call in calls for loop in scene.code.loops(call)), None)


def schedule_after_step(scene: Scene) -> Iterator[str]:
    """Move the scheduler's step to after the optimizer's."""
    site, step = scene.site("scheduler_step"), scene.site("step")
    if site is not None and step is not None:
        yield moved(scene, site, after=step)


def call_scheduler(scene: Scene) -> Iterator[str]:
    """Insert `SCHEDULER.step()` at the end of the epoch, or after each step where it is per batch.

    The epoch is the outermost loop around the step, or the one that calls its function.
    """
    step = scene.site("step")
    if step is None:
        return
    for thing in scene.trace.things.values():
        name = scene.code.assigned(thing.line)
        if thing.kind != "scheduler" or name is None or thing.name == "ReduceLROnPlateau":
            continue
        call = statement(f"{name}.step()")
        if thing.name in _PER_BATCH:
            yield scene.code.edited(Edit(after={step.small: [call]}))
            continue
        loops = scene.code.loops(step.call)
        calling = None if len(loops) > 1 else _calling_loop(scene, step.call)
        loop = calling or next(reversed(loops), None)
        last = None if loop is None else _last(loop)
        if last is not None:
            yield scene.code.edited(Edit(after={last: [call]}))


def _last(loop: Loop) -> cst.CSTNode | None:
    return loop.body.body[-1] if isinstance(loop.body, cst.IndentedBlock) else None


def train_mode(scene: Scene) -> Iterator[str]:
    """Insert `MODEL.train()` at the top of the loop that trains; MODEL is what eval() is called on.

    That is the outermost loop that holds backward, unless it holds it in an inner one with eval().
    """
    backward = scene.site("backward")
    evals = [
        call
        for event in scene.events("mode")
        if not event.numbers.get("training")
        for call in scene.code.calls("eval", line=event.line)
    ]
    owner = receiver(evals[0]) if evals else None
    loops = [] if backward is None else scene.code.loops(backward.call)
    if owner is None:
        return
    call = statement(f"{scene.code.text(owner)}.train()")
    for loop in reversed(loops):
        if isinstance(loop.body, cst.IndentedBlock):
            yield scene.code.edited(Edit(before={loop.body.body[0]: [call]}))


def make_once(scene: Scene) -> Iterator[str]:
    """Move the making of an optimizer to before the outermost loop around it."""
    lines = {each.line for each in scene.trace.things.values() if each.kind == "optimizer"}
    for each in scene.code.nodes(cst.Assign):
        loops = scene.code.loops(each)
        if isinstance(each, cst.Assign) and loops:
            place = scene.code.range_of(each)
            if any(line and place.start.line <= line <= place.end.line for line in lines):
                small = each.deep_clone()
                yield scene.code.edited(Edit(before={loops[-1]: [small]}, dropped={each}))
