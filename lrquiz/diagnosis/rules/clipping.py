"""Mistakes with clipping gradients: too late, too early, or on scaled gradients."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event

_NO_LIMIT = 1e6
"""a limit that is there to learn the norm, not to clip"""
_BACKWARD, _STEP, _NOTHING = "backward", "step", ""


def clips_after_step(facts: Facts) -> Finding | None:
    """G7: every clipping came after the step that it was meant for.

    A program that clips once more after the step, to look at norms, has clipped before it too.
    """
    clips = _clips(facts)
    late = [each for each, before, _ in clips if before == _STEP and each.numbers["with_grad"] > 0]
    if len(late) < SETTLED or len(late) < len(clips) - 1 or _first_is_early(clips):
        return None
    over = sum(each.numbers["norm"] > each.numbers["limit"] for each in late)
    return finding(
        "G7",
        "Gradients are clipped after the step",
        line_of(late),
        evidence=f"gradients were clipped {len(late)} times, each time after the step that had "
        f"used them; {over} times their norm was above the limit",
        why="The step has used the gradients as they were; clipping them then changes nothing.",
        change="Clip between backward() and step().",
        clipped=len(late),
        over=over,
    )


def clips_before_backward(facts: Facts) -> Finding | None:
    """G8: every clipping came before the `backward` whose gradients the next step used.

    Clipping before and after is right: what counts lies between `backward` and the step.
    """
    clips = _clips(facts)
    early = [each for each, before, _ in clips if before != _BACKWARD]
    empty = sum(each.numbers["with_grad"] == 0 for each in early)
    if len(early) < SETTLED or len(early) < len(clips):
        return None
    if not (empty > len(early) / 2 or _first_is_early(clips)):
        return None
    return finding(
        "G8",
        "Gradients are clipped before backward()",
        line_of(early),
        evidence=f"gradients were clipped {len(early)} times, never between backward() and step(); "
        f"{empty} times there were none yet",
        why="backward() writes new gradients afterwards, and the step uses these unclipped.",
        change="Move the clipping to between backward() and step().",
        clipped=len(early),
        empty=empty,
    )


def clips_scaled_gradients(facts: Facts) -> Finding | None:
    """G9: gradients were clipped while they still carried the scale of mixed precision.

    A scaler that is off, or a scale of 1, leaves nothing to undo; `unscale_` undoes it.
    """
    scaled = [(each, scale) for each, _, scale in _clips(facts) if scale > 1]
    touched = [each for each, _ in scaled if not each.numbers["norm"] <= each.numbers["limit"]]
    if len(touched) < SETTLED or len(scaled) < len(_clips(facts)) / 2:
        return None
    scale = statistics.median(scale for _, scale in scaled)
    norm = statistics.median(each.numbers["norm"] for each in touched)
    return finding(
        "G9",
        "Scaled gradients are clipped",
        line_of(touched),
        evidence=f"{len(touched)} times gradients were clipped that were {scale:g} times too "
        f"large: their norm was {norm:.3g}",
        why="They are divided by the scale afterwards, so what is left is far below the limit.",
        change="Call scaler.unscale_(optimizer) before clipping.",
        scale=scale,
        norm=norm,
    )


def _clips(facts: Facts) -> list[tuple[Event, str, float]]:
    """Return each clipping that limits, what came before it, and the scale of the gradients."""
    kept = ("limit", "norm", "with_grad")
    return [
        (event, before, scale)
        for event, before, scale in _told(facts)
        if all(each in event.numbers for each in kept) and event.numbers["limit"] < _NO_LIMIT
    ]


def _told(facts: Facts) -> Iterator[tuple[Event, str, float]]:
    before: dict[int, str] = {}
    scale = 1.0
    for event in facts.trace.events:
        if event.kind == "clip":
            yield event, before.get(event.of, before.get(0, _NOTHING)), scale
        elif event.kind == "scale":
            scale = event.numbers.get("scale", 1.0)
        elif event.kind in {"unscale", "scaler_step"}:
            scale = 1.0
        if event.kind == "scaler_step" or (event.kind == "step" and event.of):
            before |= {0: _STEP, event.of: _STEP}
        elif event.kind == "backward":
            reached = [n for n in facts.optimizers if event.numbers.get(f"got_{n}", 1.0)]
            before |= dict.fromkeys([0, *reached], _BACKWARD)


def _first_is_early(clips: list[tuple[Event, str, float]]) -> bool:
    return bool(clips) and clips[0][1] == _NOTHING
