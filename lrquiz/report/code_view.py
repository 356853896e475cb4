"""A submitted source and its curves, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.record import CaseCurves, Record
from lrquiz.render.charts import Chart, Series
from lrquiz.render.highlight import highlight_lines
from lrquiz.resources.texts import said


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the student's source."""

    number: int
    code: Markup
    note: str


@dataclass(frozen=True, slots=True)
class ChartView:
    """The student's curve beside the reference's, in one case."""

    title: str
    chart: Chart
    note: str


def chart_view(curves: CaseCurves) -> ChartView:
    """Return the curves of one case."""
    title = said(
        "training loss by epoch, case %(case)s: yours and a correct loop's", case=curves.case
    )
    series = (
        Series(said("a correct loop"), (curves.reference,)),
        Series(said("yours"), (curves.student,)),
    )
    chart = Chart(f"curve-{curves.case}", title, said("training loss"), series)
    broken = None in curves.student
    note = said("Your loss stopped being a finite number, so your line ends.") if broken else ""
    if not curves.student:
        note = said("Your code computed no loss that could be recorded.")
    return ChartView(said("Training loss, case %(case)s", case=curves.case), chart, note)


def source_view(record: Record) -> tuple[LineView, ...]:
    """Return the student's source line by line, mistakes noted where they are."""
    if not record.source:
        return ()
    notes = {each.line: f"{each.code}: {each.title}" for each in record.diagnoses if each.line}
    lines = highlight_lines(record.source)
    return tuple(
        LineView(number, code, notes.get(number, "")) for number, code in enumerate(lines, start=1)
    )
