"""Diagnose a program: run it, read the trace, replay what needs it, and prove the fixes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from lrquiz.diagnosis.crashes import explanation
from lrquiz.diagnosis.diagnose import diagnose
from lrquiz.diagnosis.finding import ERROR, Finding
from lrquiz.diagnosis.place import place_of
from lrquiz.diagnosis.program import Program
from lrquiz.diagnosis.repair import repaired
from lrquiz.diagnosis.replay import borne_out, is_candidate
from lrquiz.diagnosis.report import Fix, Report, Told
from lrquiz.diagnosis.running import Recorded, Script, run_script
from lrquiz.model.trace import Trace
from lrquiz.sandbox.box import Box

_TRYING_SECONDS = 60.0
"""beyond the time of one run, after which no further change is tried"""
_SILENT: Callable[[str], None] = lambda _: None  # noqa: E731 - a default that says nothing


def examine(
    box: Box,
    program: Program,
    script: Script,
    *,
    replays: bool = True,
    doing: Callable[[str], None] = _SILENT,
) -> Report:
    """Run a program in a box and return its diagnosis.

    Args:
        box: where it runs.
        program: what runs.
        script: how it is called; its source is that of the program.
        replays: whether it may be run again, which suspicions about the rate and fixes need.
        doing: is told what is being done.
    """
    doing("running the program")
    recorded = run_script(box, script)
    found = (
        () if recorded.trace is None else diagnose(recorded.trace, program.source, suspicions=True)
    )
    doing("running it again at other rates")
    sure = _decided(found, recorded, box, script if replays else None)
    told, end = [], time.monotonic() + _TRYING_SECONDS + script.seconds
    for each in sure:
        fix = None
        if replays and time.monotonic() < end:
            doing(f"trying a change for {each.code}")
            fix = _mended(each, program, recorded, box, script)
        told.append(Told(each, place_of(program, each.line), fix))
    meaning = explanation(recorded.error) if recorded.error else ""
    return Report(program, recorded, tuple(told), meaning, _notes(recorded, script))


def _mended(
    finding: Finding, program: Program, recorded: Recorded, box: Box, script: Script
) -> Fix | None:
    def rerun(source: str) -> Recorded:
        return run_script(box, replace(script, source=source))

    return repaired(finding, program, recorded, rerun)


def _decided(
    found: tuple[Finding, ...], recorded: Recorded, box: Box, script: Script | None
) -> tuple[Finding, ...]:
    """Return the findings that are certain; without a script to replay, no suspicion is.

    A rate is suspected last: where anything else is wrong, that is the cause.
    """
    kept: list[Finding] = []
    for each in found:
        if not is_candidate(each):
            kept.append(each)
        elif script is not None and not any(one.severity == ERROR for one in kept):
            shown = _replayed(each, recorded, box, script)
            kept += [] if shown is None else [shown]
    return tuple(kept)


def _replayed(finding: Finding, recorded: Recorded, box: Box, script: Script) -> Finding | None:
    if recorded.trace is None:
        return None

    def replay(factor: float) -> Trace | None:
        return run_script(box, script, factor).trace

    return borne_out(finding, recorded.trace, replay)


def _notes(recorded: Recorded, script: Script) -> tuple[str, ...]:
    notes = []
    if recorded.ended == "cut":
        notes.append(
            f"the program was cut after {script.seconds:g} seconds; what follows is about what it "
            "had done by then (--seconds gives it more)"
        )
    if recorded.ended in {"ok", "cut"} and not recorded.shows_training:
        notes.append(
            "no training was seen: the program never computed a gradient or took a step. Is the "
            "function that trains called, and has its loader any batches?"
        )
    return tuple(notes)
