"""A diagnosis as one JSON document; `docs/diagnosis.md` says what each field is."""

from __future__ import annotations

import math
import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lrquiz.diagnosis.report import Fix, Report, Told
    from lrquiz.diagnosis.running import Recorded


def document(report: Report) -> dict[str, Any]:
    """Return a diagnosis as JSON values."""
    return {
        "verdict": str(report.verdict),
        "findings": [_finding(each) for each in report.told],
        "run": _run(report),
    }


def _finding(told: Told) -> dict[str, Any]:
    finding, place = told.finding, told.place
    cell, line = (None, finding.line) if place is None or place.cell is None else place.cell
    return {
        "code": finding.code,
        "severity": finding.severity,
        "line": line,
        "cell": cell,
        "column": None if place is None else place.column,
        "end_column": None if place is None else place.end_column,
        "message": finding.title,
        "evidence": {name: number(value) for name, value in finding.numbers.items()},
        "measured": finding.evidence,
        "why": finding.why,
        "change": finding.change,
        "fix": None if told.fix is None else _fix(told.fix),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "diff": fix.diff,
        "before": number(fix.before),
        "after": number(fix.after),
        "start": number(fix.start),
        "says": fix.says,
    }


def _run(report: Report) -> dict[str, Any]:
    from lrquiz.diagnosis.curves import end_of, start_of, step_losses

    recorded, trace = report.recorded, report.recorded.trace
    losses = () if trace is None else step_losses(trace)
    return {
        "seconds": round(recorded.run.wall_seconds, 3),
        "steps": 0 if trace is None else trace.count("step"),
        "backwards": 0 if trace is None else trace.count("backward"),
        "losses": {"first": number(start_of(losses)), "last": number(end_of(losses))},
        "trained": recorded.shows_training,
        "ended": recorded.ended,
        "error": recorded.error or None,
        "traceback": _frames(report, recorded),
        "explanation": report.explanation or None,
        "notes": list(report.notes),
        "tier": recorded.run.tier,
        "versions": versions(),
    }


def _frames(report: Report, recorded: Recorded) -> list[dict[str, Any]]:
    places = [(each, report.program.cell_of(each.line)) for each in recorded.traceback]
    return [
        {
            "cell": None if cell is None else cell[0],
            "line": each.line if cell is None else cell[1],
            "function": each.function,
            "code": each.code,
        }
        for each, cell in places
    ]


def number(value: float) -> float | None:
    """Return a number that JSON knows; None for one that is not finite."""
    return value if math.isfinite(value) else None


def versions() -> dict[str, str]:
    """Return what ran."""
    found = {"python": platform.python_version()}
    for name in ("lrquiz", "torch"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
