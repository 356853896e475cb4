"""A diagnosis at the terminal, as a compiler would tell it."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from lrquiz.diagnosis.place import Place
    from lrquiz.diagnosis.report import Report, Told

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
_LONGEST = 200
_STYLES = {"error": "bold red", "advice": "bold yellow"}


def show(report: Report, console: Console) -> None:
    """Print findings with their lines, what ended the program, and the verdict."""
    for note in report.notes:
        console.print(f"note: {_clean(note)}")
    for each in sorted(report.told, key=lambda told: told.finding.severity != "error"):
        _show_finding(report, each, console)
    if report.recorded.error:
        console.print("\n".join(map(_clean, _failure(report))))
        console.print()
    console.print(_clean(_verdict(report)), style="bold")


def _clean(text: str) -> str:
    """Return text that cannot command a terminal."""
    return _CONTROL.sub("?", text)


def _show_finding(report: Report, told: Told, console: Console) -> None:
    finding = told.finding
    head = f"{finding.severity}[{finding.code}]: {finding.title}"
    console.print(_clean(f"{_where(report, told)}: {head}"), style=_STYLES.get(finding.severity))
    lines = [] if told.place is None else list(_marked(told.place))
    lines += [
        f"  seen:   {finding.evidence}",
        f"  why:    {finding.why}",
        f"  change: {finding.change}",
    ]
    if told.fix is not None:
        lines.append(f"  proven: {told.fix.says}")
        lines += [f"    {line}" for line in told.fix.diff.splitlines()]
    console.print("\n".join(map(_clean, lines)))
    console.print()


def _where(report: Report, told: Told) -> str:
    place = told.place
    if place is None:
        line = told.finding.line
        return report.program.name if line is None else f"{report.program.name}:{line}"
    if place.cell is not None:
        return f"{report.program.name}:cell {place.cell[0]}:{place.cell[1]}:{place.column}"
    return f"{report.program.name}:{place.line}:{place.column}"


def _marked(place: Place) -> Iterator[str]:
    """Yield the line, and under it a mark below the columns; tabs count as one space each."""
    number = str(place.line if place.cell is None else place.cell[1])
    yield f"{number:>5} | {place.text[:_LONGEST].replace(chr(9), ' ')}"
    start, end = place.column, min(place.end_column, _LONGEST + 1)
    yield f"      | {' ' * (start - 1)}{'^' * max(end - start, 1)}"


def _failure(report: Report) -> Iterator[str]:
    """Yield the traceback with the student's lines alone, and what the exception means."""
    name = report.program.name
    yield f"{name} stopped with an error:"
    for each in report.recorded.traceback:
        cell = report.program.cell_of(each.line)
        where = f"line {each.line}" if cell is None else f"cell {cell[0]}, line {cell[1]}"
        inside = "" if each.function in {"", "<module>"} else f", in {each.function}"
        yield f"  {where}{inside}"
        yield f"    {each.code[:_LONGEST]}"
    yield f"  {report.recorded.error}"
    if report.explanation:
        yield f"  {report.explanation}"


def _verdict(report: Report) -> str:
    from lrquiz.diagnosis.report import Verdict

    count = sum(each.finding.severity == "error" for each in report.told)
    trace = report.recorded.trace
    steps = 0 if trace is None else trace.count("step")
    seen = f"in {steps} steps" if steps else "in what it did"
    if report.verdict is Verdict.MISTAKES:
        return f"{count} mistake{'s' if count > 1 else ''} found {seen}{_course(report)}"
    if report.verdict is Verdict.DID_NOT_RUN:
        return f"{report.program.name} did not run to its end; no mistake in training found before"
    if not report.recorded.shows_training:
        return "no mistake found, but no training was seen"
    return f"no mistake found {seen}{_course(report)}"


def _course(report: Report) -> str:
    from lrquiz.diagnosis.curves import end_of, start_of, step_losses

    trace = report.recorded.trace
    losses = () if trace is None else step_losses(trace)
    first, last = start_of(losses), end_of(losses)
    if not losses or not math.isfinite(first):
        return ""
    if not math.isfinite(last):
        return f"; the loss went from {first:.3g} to no finite number"
    word = "fell" if last < first else "went"
    return f"; the loss {word} from {first:.3g} to {last:.3g}"
