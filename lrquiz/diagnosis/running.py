"""Run a training script where it can do least harm, and get back what was recorded of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lrquiz.model.run import Ending, Limits, Run
from lrquiz.model.trace import Trace
from lrquiz.model.trace_json import trace_from_json
from lrquiz.sandbox.box import Box

ENTRY = "lrquiz.recorder.script:serve"
"""the function that runs inside the box"""
_SPARE_SECONDS = 10.0
"""that a box has beyond the script's own time, to say what was recorded"""


@dataclass(frozen=True, slots=True)
class Script:
    """A program, and how it is called."""

    source: str
    filename: str
    modules: Mapping[str, str] = field(default_factory=dict)
    """sources by path that it may import"""
    arguments: tuple[str, ...] = ()
    stdin: str = ""
    seconds: float = 60.0
    """after which it is cut short"""


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of a traceback, within the script."""

    line: int
    function: str
    code: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one run of a script left."""

    trace: Trace | None
    """None where nothing came back"""
    ended: str
    """`ok`, `error`, `cut` (its time was up) or `lost` (nothing came back)"""
    error: str
    traceback: tuple[Frame, ...]
    run: Run

    @property
    def shows_training(self) -> bool:
        """Whether anything of training was seen: a gradient, a step, or weights that moved."""
        if self.trace is None:
            return False
        moved = any(each.numbers.get("changed") for each in self.trace.things.values())
        return bool(self.trace.count("backward") or self.trace.count("step") or moved)


def run_script(box: Box, script: Script, rate_factor: float = 1.0) -> Recorded:
    """Run a script once, with every learning rate multiplied by a factor."""
    request = {
        "source": script.source,
        "filename": script.filename,
        "modules": dict(script.modules),
        "arguments": list(script.arguments),
        "stdin": script.stdin,
        "seconds": script.seconds,
        "rate_factor": rate_factor,
    }
    run = box.run(json.dumps(request).encode(), limits_for(script.seconds))
    if run.reply is None:
        return _lost(run)
    try:
        return _recorded(json.loads(run.reply), run)
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        return _lost(run)


def limits_for(seconds: float) -> Limits:
    """Return the limits of a script of one's own: wide, for it is not an exam."""
    wall = seconds + _SPARE_SECONDS
    return Limits(
        wall_seconds=wall,
        cpu_seconds=int(wall) + 1,
        memory_mib=4096,
        processes=64,
        output_bytes=1_000_000,
        disk_mib=512,
        open_files=512,
    )


def _recorded(reply: Any, run: Run) -> Recorded:  # noqa: ANN401 - whatever came back
    trace = trace_from_json(reply["trace"])
    frames = tuple(
        Frame(int(line), str(name), str(code)) for line, name, code in reply["traceback"]
    )
    return Recorded(trace, str(reply["ended"]), str(reply["error"]), frames, run)


def _lost(run: Run) -> Recorded:
    why = run.detail if run.ending is not Ending.OK else "it took back what was recorded of it"
    return Recorded(None, "lost", f"{run.ending}: {why}", (), run)
