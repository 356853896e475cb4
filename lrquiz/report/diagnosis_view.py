"""The page of a diagnosis as plain data: verdict, findings, curves, annotated source."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from lrquiz.diagnosis.curves import end_of, start_of, step_losses
from lrquiz.diagnosis.finding import ADVICE, ERROR
from lrquiz.diagnosis.report import Report, Told, Verdict
from lrquiz.model.trace import Trace
from lrquiz.render.charts import Chart, Series
from lrquiz.render.highlight import highlight_lines
from lrquiz.report.kinds import DIAGNOSIS
from lrquiz.report.mistake_view import items_on, practice_command
from lrquiz.report.numbers import number
from lrquiz.report.page import write_page
from lrquiz.resources.texts import said

_MOST_POINTS = 400
_SEVERITIES = {ERROR: said("error"), ADVICE: said("advice")}
_VERDICTS = {
    Verdict.OK: said("No mistake was found"),
    Verdict.MISTAKES: said("Mistakes were found"),
    Verdict.DID_NOT_RUN: said("The program did not run to its end"),
}


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding."""

    code: str
    severity: str
    title: str
    where: str
    """empty where it has no line"""
    line: int | None
    """of the listing on the page"""
    evidence: str
    why: str
    change: str
    proof: str
    """what the change does to the loss; empty where none was proven"""
    diff: str
    items: tuple[str, ...]
    """items of the shipped bank that teach it"""
    command: str
    """what makes a practice page of them"""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the program."""

    number: int
    code: Markup
    note: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """One recorded curve."""

    title: str
    chart: Chart


@dataclass(frozen=True, slots=True)
class DiagnosisView:
    """The whole page."""

    name: str
    verdict: str
    summary: str
    notes: tuple[str, ...]
    error: str
    frames: tuple[str, ...]
    explanation: str
    findings: tuple[FindingView, ...]
    charts: tuple[ChartView, ...]
    source: tuple[LineView, ...]
    footer: str


def write_diagnosis(report: Report, path: Path) -> None:
    """Write the page of a diagnosis.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(path, DIAGNOSIS, diagnosis_view(report))


def diagnosis_view(report: Report) -> DiagnosisView:
    """Return what the page of a diagnosis shows."""
    trace, recorded = report.recorded.trace, report.recorded
    ordered = sorted(report.told, key=lambda each: each.finding.severity != ERROR)
    return DiagnosisView(
        name=report.program.name,
        verdict=_VERDICTS[report.verdict],
        summary="" if trace is None else _summary(trace),
        notes=report.notes,
        error=recorded.error,
        frames=tuple(_frame(report, each.line, each.code) for each in recorded.traceback),
        explanation=report.explanation,
        findings=tuple(_finding(report, each) for each in ordered),
        charts=() if trace is None else _charts(trace),
        source=_source(report),
        footer=said(
            "Ran %(seconds)s s; containment: %(tier)s.",
            seconds=f"{recorded.run.wall_seconds:.2f}",
            tier=recorded.run.tier,
        ),
    )


def _summary(trace: Trace) -> str:
    steps, losses = trace.count("step"), step_losses(trace)
    counted = {"steps": steps, "calls": trace.count("backward")}
    if not losses:
        return said("%(steps)s steps and %(calls)s calls of backward() were recorded.", **counted)
    return said(
        "%(steps)s steps and %(calls)s calls of backward() were recorded; the loss went from "
        "%(first)s to %(last)s.",
        **counted,
        first=_shown(start_of(losses)),
        last=_shown(end_of(losses)),
    )


def _shown(value: float) -> str:
    return number(value if math.isfinite(value) else None)


def _frame(report: Report, line: int, code: str) -> str:
    return said("%(where)s: %(code)s", where=_where(report, line), code=code)


def _where(report: Report, line: int | None) -> str:
    if line is None:
        return ""
    cell = report.program.cell_of(line)
    if cell is None:
        return said("line %(line)s", line=line)
    return said("cell %(cell)s, line %(line)s", cell=cell[0], line=cell[1])


def _finding(report: Report, told: Told) -> FindingView:
    finding, fix = told.finding, told.fix
    items = items_on(finding.code)
    return FindingView(
        code=finding.code,
        severity=_SEVERITIES[finding.severity],
        title=finding.title,
        where=_where(report, finding.line),
        line=finding.line,
        evidence=finding.evidence,
        why=finding.why,
        change=finding.change,
        proof="" if fix is None else fix.says,
        diff="" if fix is None else fix.diff,
        items=items,
        command=practice_command(items),
    )


def _charts(trace: Trace) -> tuple[ChartView, ...]:
    losses, rates = step_losses(trace), tuple(trace.steps.get("lr", ()))
    shown = (
        _chart("loss", said("Loss by step"), losses, steps=False),
        _chart("rate", said("Learning rate by step"), rates, steps=True),
    )
    return tuple(each for each in shown if each.chart.has_points)


def _chart(name: str, title: str, values: Sequence[float], *, steps: bool) -> ChartView:
    """Draw a recorded column; of many values, one in so many is drawn."""
    stride = max(1, math.ceil(len(values) / _MOST_POINTS))
    line = tuple(each if math.isfinite(each) else None for each in values[::stride])
    words = said(
        "%(title)s: %(first)s at first, %(last)s at last",
        title=title,
        first=_shown(start_of(values)),
        last=_shown(end_of(values)),
    )
    label = said("loss") if name == "loss" else said("rate")
    chart = Chart(
        name,
        words,
        label,
        (Series(said("recorded"), (line,)),),
        steps=steps,
        unit=said("step"),
        stride=stride,
    )
    return ChartView(title, chart)


def _source(report: Report) -> tuple[LineView, ...]:
    notes: dict[int, list[str]] = {}
    for each in report.told:
        if each.finding.line is not None:
            text = f"{each.finding.code}: {each.finding.title}"
            notes.setdefault(each.finding.line, []).append(text)
    lines = highlight_lines(report.program.source)
    return tuple(
        LineView(place, code, "; ".join(notes.get(place, ())))
        for place, code in enumerate(lines, start=1)
    )
