"""Mechanical fixes: one function per mistake that proposes changed programs; a run decides.

What a program calls its loss, model and optimizer is read from the calls at the lines that the
trace has; nothing is guessed by what a name sounds like.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from lrquiz.diagnosis.finding import Finding
from lrquiz.model.trace import Trace

if TYPE_CHECKING:
    from lrquiz.diagnosis.fixes.calls import Scene

Fixer = Callable[["Scene"], Iterator[str]]


def proposals(finding: Finding, source: str, trace: Trace) -> Iterator[str]:
    """Yield programs in which a mistake may be mended, the most likely first."""
    import libcst as cst  # noqa: PLC0415 - takes a fifth of a second, and few runs need it

    from lrquiz.diagnosis.fixes.calls import Scene  # noqa: PLC0415
    from lrquiz.diagnosis.fixes.code import Code  # noqa: PLC0415

    fixer = _fixers().get(finding.code)
    if fixer is None:
        return
    try:
        scene = Scene(Code(source), trace, finding)
    except (cst.ParserSyntaxError, RecursionError):
        return
    seen = {source}
    for each in fixer(scene):
        if each not in seen and _is_python(each):
            seen.add(each)
            yield each


def _is_python(source: str) -> bool:
    try:
        compile(source, "changed", "exec")
    except (SyntaxError, ValueError):
        return False
    return True


def _fixers() -> Mapping[str, Fixer]:
    from lrquiz.diagnosis.fixes import gradients, loops, losses, rates  # noqa: PLC0415

    return {
        "G1": gradients.clear_before_backward,
        "G2": gradients.clear_before_backward,
        "G3": gradients.clear_before_backward_instead,
        "G4": gradients.clear_after_step,
        "G5": gradients.clear_before_backward,
        "G6": gradients.call_backward,
        "G7": gradients.clip_before_step,
        "G8": gradients.clip_before_step,
        "G9": gradients.unscale_before_clip,
        "G10": gradients.divide_loss,
        "G13": gradients.step_once,
        "G14": gradients.step_after_backward,
        "O1": loops.call_step,
        "O2": loops.call_other_step,
        "O7": loops.make_once,
        "O11": losses.minimise,
        "S1": loops.schedule_after_loop,
        "S2": loops.schedule_after_step,
        "S3": loops.schedule_after_step,
        "S6": loops.call_scheduler,
        "M1": loops.train_mode,
        "L1": losses.drop_softmax,
        "L2": losses.drop_sigmoid,
        "L3": losses.log_of_softmax,
        "L5": losses.drop_relu,
        "A1": losses.keep_graph,
        "A2": losses.keep_graph,
        "H1": rates.change_rate,
        "H2": rates.change_rate,
    }
