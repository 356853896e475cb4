"""Try changes to a program, and keep the one that helps."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable
from itertools import islice

from lrquiz.diagnosis.curves import (
    computed_losses,
    end_of,
    held_out_losses,
    start_of,
    step_losses,
)
from lrquiz.diagnosis.diagnose import diagnose
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.fixes import proposals
from lrquiz.diagnosis.program import Program
from lrquiz.diagnosis.report import Fix
from lrquiz.diagnosis.running import Recorded
from lrquiz.model.trace import Trace

MOST_TRIES = 3
"""changes that are tried for one finding"""
_LOWER = 0.01
"""of the loss without the change; less is no help"""
_INCOMPARABLE = frozenset({"L3", "O11"})
"""mistakes whose loss means nothing: that of the changed program must fall, and no more"""
_LOSSES = {"G10": computed_losses, "M1": held_out_losses, "L12": held_out_losses}
"""where the loss of a step cannot be compared: the change scales it, or turns dropout on"""

Rerun = Callable[[str], Recorded]
"""runs another source in the program's place"""


def repaired(finding: Finding, program: Program, recorded: Recorded, rerun: Rerun) -> Fix | None:
    """Return the first change to a program that a run of it shows to help.

    It helps if the finding is gone, the program ends no worse, and its loss ends lower.
    """
    if recorded.trace is None:
        return None
    for source in islice(proposals(finding, program.source, recorded.trace), MOST_TRIES):
        after = rerun(source)
        fix = _fix(finding, program, source, recorded, after)
        if fix is not None:
            return fix
    return None


def _fix(
    finding: Finding, program: Program, source: str, before: Recorded, after: Recorded
) -> Fix | None:
    if before.trace is None or after.trace is None:
        return None
    if after.ended in {"error", "lost"} or finding.code in _codes(after.trace, source):
        return None
    losses = _LOSSES.get(finding.code, step_losses)
    was, values = end_of(losses(before.trace)), losses(after.trace)
    start, now = start_of(values), end_of(values)
    comparable = math.isfinite(was) and finding.code not in _INCOMPARABLE
    lower = math.isfinite(now) and (not comparable or was - now > _LOWER * abs(was))
    # Batches differ more from each other than a rate that is too low moves their losses.
    falls = finding.code == "H2" or not math.isfinite(start) or now < start
    if not (lower and falls):
        return None
    diff = _diff(program, source)
    return Fix(source, diff, start, was, now, _says(start, was, now))


def _codes(trace: Trace, source: str) -> set[str]:
    return {each.code for each in diagnose(trace, source)}


def _says(start: float, was: float, now: float) -> str:
    without = f"it went to {was:.3g}" if math.isfinite(was) else "it became no finite number"
    return f"with this change the loss goes from {start:.3g} to {now:.3g} ({without})"


def _diff(program: Program, source: str) -> str:
    old, new = program.source.splitlines(), source.splitlines()
    lines = difflib.unified_diff(old, new, program.name, f"{program.name} (changed)", lineterm="")
    return "\n".join(lines) + "\n"
