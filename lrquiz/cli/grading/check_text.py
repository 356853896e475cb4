"""What `lrquiz check` says of a response, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from lrquiz.model.record import Record
    from lrquiz.model.task import CheckResult


def show(record: Record, response: str, feedback: str, console: Console) -> None:
    """Print whether it is right, why, and what to change."""
    is_task = record.points > 1
    console.print(f"{'right' if record.score == record.points else 'not right'}: {response}")
    if is_task:
        console.print(f"  {record.score:g} of {record.points:g} points")
    reasons = _of_checks(record) if is_task else [each.evidence for each in _telling(record)]
    ending = [] if record.ending == "ok" else [f"{record.ending}: {record.detail}"]
    for line in (feedback, *ending, *reasons, *_of_diagnoses(record)):
        if line:
            console.print(f"  {line}")


def _telling(record: Record) -> list[CheckResult]:
    """Return what failed in a run that came to its end; the last check if nothing did."""
    if record.ending != "ok":
        return []
    return [each for each in record.checks if each.outcome == "failed"] or [record.checks[-1]]


def _of_checks(record: Record) -> Iterator[str]:
    for check in _telling(record):
        yield f"{check.says} {check.evidence}"
        yield check.advice


def _of_diagnoses(record: Record) -> Iterator[str]:
    for each in record.diagnoses:
        where = "" if each.line is None else f", line {each.line}"
        yield f"{each.code} {each.title}{where}: {each.evidence}"
        yield each.change


def values_of(what: str, record: Record) -> dict[str, Any]:
    """Return what was found, for a JSON document."""
    return {
        "checked": what,
        "right": record.score == record.points,
        "score": record.score,
        "points": record.points,
        "ending": str(record.ending),
        "detail": record.detail,
        "tier": record.tier,
        "checks": [
            {
                "check": each.check,
                "outcome": str(each.outcome),
                "points": each.points,
                "worth": each.worth,
                "evidence": each.evidence,
                "advice": each.advice,
            }
            for each in record.checks
        ],
        "diagnoses": [
            {"code": each.code, "title": each.title, "line": each.line, "change": each.change}
            for each in record.diagnoses
        ],
    }
