"""Fixes for gradients: insert or move the calls that compute, clear, clip and unscale them."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lrquiz.diagnosis.fixes.calls import Scene, Site
from lrquiz.diagnosis.fixes.code import receiver, statement
from lrquiz.diagnosis.fixes.edit import Edit


def clear_before_backward(scene: Scene) -> Iterator[str]:
    """Insert `OPTIMIZER.zero_grad()` before backward; where gradients accumulate, after the step.

    Every optimizer at once, then those alone that are never cleared.
    """
    backward = scene.site("backward")
    if backward is None:
        return
    uncleared = [each for each in scene.optimizers() if each not in scene.owners("zero_grad")]
    for names in (uncleared, scene.optimizers()):
        calls = [statement(f"{name}.zero_grad()") for name in names]
        if calls and _accumulates(scene):
            step = scene.site("step")
            if step is not None:
                yield scene.code.edited(Edit(after={step.small: calls}))
        elif calls:
            yield scene.code.edited(Edit(before={backward.small: calls}))


def _accumulates(scene: Scene) -> bool:
    return scene.trace.count("backward") >= 2 * max(scene.trace.count("step"), 1)


def clear_before_backward_instead(scene: Scene) -> Iterator[str]:
    """Move `zero_grad()` from between backward and step to before backward."""
    backward = scene.site("backward")
    for zero in scene.sites("zero_grad"):
        if backward is not None and zero.small is not backward.small:
            yield moved(scene, zero, before=backward)


def clear_after_step(scene: Scene) -> Iterator[str]:
    """Move `zero_grad()` from every micro-batch to after the step."""
    zero, step = scene.site("zero_grad"), scene.site("step")
    if zero is not None and step is not None:
        yield moved(scene, zero, after=step)


def call_backward(scene: Scene) -> Iterator[str]:
    """Insert `LOSS.backward()` before the step; LOSS is what the computed loss is assigned to."""
    line, step = _loss_line(scene), scene.site("step")
    name = scene.code.assigned(line)
    if name is None or step is None or line is None:
        return
    for each in dict.fromkeys((_last_name(scene, name, line, step.line), name)):
        yield scene.code.edited(Edit(before={step.small: [statement(f"{each}.backward()")]}))


def _loss_line(scene: Scene) -> int | None:
    lines = [each.line for each in scene.events("forward") if each.numbers.get("grad")]
    return max(set(lines), key=lines.count) if lines else None


def _last_name(scene: Scene, name: str, first: int, last: int) -> str:
    """Follow sums of a loss: `total = loss + penalty` makes it `total`."""
    for each in scene.code.nodes(cst.Assign):
        place = scene.code.range_of(each)
        if not isinstance(each, cst.Assign) or not first < place.start.line < last:
            continue
        uses = isinstance(each.value, cst.BinaryOperation) and any(
            scene.code.text(one) == name for one in (each.value.left, each.value.right)
        )
        if uses:
            name = scene.code.text(each.targets[0].target)
    return name


def clip_before_step(scene: Scene) -> Iterator[str]:
    """Move clipping to between backward and step."""
    clip, step = scene.site("clip"), scene.site("step")
    if clip is not None and step is not None:
        yield moved(scene, clip, before=step)


def unscale_before_clip(scene: Scene) -> Iterator[str]:
    """Insert `SCALER.unscale_(OPTIMIZER)` before clipping."""
    clip = scene.site("clip")
    if clip is not None:
        for scaler in scene.owners("scale"):
            calls = [statement(f"{scaler}.unscale_({name})") for name in scene.optimizers()]
            yield scene.code.edited(Edit(before={clip.small: calls}))


def step_after_backward(scene: Scene) -> Iterator[str]:
    """Move the step to after backward."""
    step, backward = scene.site("step"), scene.site("backward")
    if step is not None and backward is not None:
        yield moved(scene, step, after=backward)


def step_once(scene: Scene) -> Iterator[str]:
    """Drop the later of two steps."""
    for step in sorted(scene.sites("step"), key=lambda each: -each.line)[:-1]:
        yield scene.code.edited(Edit(dropped={step.small}))


def divide_loss(scene: Scene) -> Iterator[str]:
    """Divide the loss by the number of batches per step, before backward."""
    backward = scene.site("backward")
    owner = None if backward is None else receiver(backward.call)
    if owner is None:
        return
    for window in dict.fromkeys((*_windows(scene), _counted(scene))):
        divided = cst.parse_expression(f"({scene.code.text(owner)} / {window})")
        yield scene.code.edited(Edit(replaced={owner: divided}))


def _windows(scene: Scene) -> Iterator[str]:
    """Yield what the program itself counts by: K of `if (i + 1) % K == 0`."""
    for each in scene.code.nodes(cst.BinaryOperation):
        if isinstance(each, cst.BinaryOperation) and isinstance(each.operator, cst.Modulo):
            yield scene.code.text(each.right)
            return


def _counted(scene: Scene) -> str:
    steps = max(scene.trace.count("step"), 1)
    return str(max(2, round(scene.trace.count("backward") / steps)))


def moved(
    scene: Scene, site: Site, *, before: Site | None = None, after: Site | None = None
) -> str:
    """Return the source with a statement moved to before or after another."""
    small = site.small.deep_clone()
    edit = Edit(dropped={site.small})
    if before is not None:
        edit.before[before.small] = [small]
    if after is not None:
        edit.after[after.small] = [small]
    return scene.code.edited(edit)
