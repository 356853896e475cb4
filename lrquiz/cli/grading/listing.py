"""What a grading found, as lines for people and as values for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrquiz.cli.grading.intake_text import intake_json

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.cli.grading.results import Results
    from lrquiz.report.told import Told


def results_json(results: Results) -> dict[str, Any]:
    """Return what was found, as JSON values; under codes where names are hidden."""
    from lrquiz.grade.records import marks_json, records_json

    return {
        "records": records_json(results.records),
        "marks": marks_json(results.marks),
        "missing": sorted(map(results.names.of, results.standing.missing)),
        "index": str(results.index),
        "intake": intake_json(results.intake, results.names),
    }


def show_scores(results: Results, console: Console) -> None:
    """Print one line for everybody's mark, and how many handed in nothing."""
    width = max((len(each.shown) for each in results.tolds), default=0)
    for told in results.tolds:
        console.print(_line(told, width))
    if missing := results.standing.missing:
        console.print(f"on the roster, and nothing handed in: {len(missing)}")


def _line(told: Told, width: int) -> str:
    record, mark = told.record, told.mark
    value, points = (record.score, record.points) if mark is None else (mark.score, mark.points)
    score = "  ?" if value is None else f"{value:3g}"
    mistake = "; ".join(f"{each.code} {each.title}" for each in record.diagnoses)
    name = "".join(c if c.isprintable() else "?" for c in told.shown)
    why = mistake or (record.detail if mark is None else mark.detail)
    ending = record.ending if mark is None else mark.ending
    return f"  {name:{width}}  {score} of {points:g}  {ending:14}  {why}".rstrip()
