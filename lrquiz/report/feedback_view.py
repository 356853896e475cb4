"""The feedback page of one student, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from lrquiz.model.record import CaseCurves, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Diagnosis
from lrquiz.render import markdown
from lrquiz.render.charts import Chart, Series, draw
from lrquiz.render.highlight import highlight_lines

_ENDINGS = MappingProxyType(
    {
        Ending.OK: "Your function ran to its end.",
        Ending.RUNTIME_ERROR: "Your code stopped with an error.",
        Ending.TIME_LIMIT: "Your code was ended because it ran longer than the task allows.",
        Ending.CPU_LIMIT: "Your code was ended because it computed longer than the task allows.",
        Ending.MEMORY_LIMIT: "Your code was ended because it asked for more memory than allowed.",
        Ending.PROCESS_LIMIT: "Your code was ended because it started too many processes.",
        Ending.OUTPUT_LIMIT: "Your code was ended because it printed more than the task allows.",
        Ending.REFUSED: "What was submitted could not be run.",
        Ending.INTERNAL_ERROR: (
            "Grading failed through a fault of ours. It costs you no points; a person will look "
            "at your submission."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class CheckView:
    """One line of the rubric."""

    says: str
    outcome: str
    points: str
    evidence: str
    advice: Markup


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
    svg: Markup
    note: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """The whole page. It names and links no other student."""

    student: str
    task: str
    score: str
    ending: str
    ending_says: str
    detail: str
    notes: tuple[str, ...]
    checks: tuple[CheckView, ...]
    diagnoses: tuple[Diagnosis, ...]
    charts: tuple[ChartView, ...]
    source: tuple[LineView, ...]
    stdout: str
    stderr: str
    footer: str


def feedback_view(record: Record) -> FeedbackView:
    """Return what the feedback page shows of `record`."""
    return FeedbackView(
        student=record.student,
        task=record.task,
        score=score_text(record),
        ending=str(record.ending),
        ending_says=_ENDINGS[record.ending],
        detail=record.detail if record.ending is not Ending.INTERNAL_ERROR else "",
        notes=record.notes,
        checks=tuple(map(_check, record.checks)),
        diagnoses=record.diagnoses,
        charts=tuple(map(_chart, record.curves)),
        source=_source(record),
        stdout=record.stdout,
        stderr=record.stderr,
        footer=_footer(record),
    )


def score_text(record: Record) -> str:
    """Return `7 of 10`, or that a person has to decide."""
    if record.score is None:
        return f"not scored yet (of {record.points:g})"
    return f"{record.score:g} of {record.points:g}"


def _check(check: CheckResult) -> CheckView:
    points = f"{check.points:g} of {check.worth:g}"
    advice = markdown.inline(check.advice)  # our words; the evidence may hold the student's
    return CheckView(check.says, str(check.outcome), points, check.evidence, advice)


def _chart(curves: CaseCurves) -> ChartView:
    title = f"training loss by epoch, case {curves.case}: yours and a correct loop's"
    series = (Series("a correct loop", (curves.reference,)), Series("yours", (curves.student,)))
    chart = Chart(f"curve-{curves.case}", title, "training loss", series)
    broken = None in curves.student
    note = "Your loss stopped being a finite number, so your line ends." if broken else ""
    if not curves.student:
        note = "Your code computed no loss that could be recorded."
    return ChartView(f"Case {curves.case}", draw(chart), note)


def _source(record: Record) -> tuple[LineView, ...]:
    if not record.source:
        return ()
    notes = {each.line: f"{each.code}: {each.title}" for each in record.diagnoses if each.line}
    lines = highlight_lines(record.source)
    return tuple(
        LineView(number, code, notes.get(number, "")) for number, code in enumerate(lines, start=1)
    )


def _footer(record: Record) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in record.versions.items())
    ran = f"Ran {record.seconds:.2f} s, at most {record.memory_mib:.0f} MiB" if record.tier else ""
    tier = f"in a box of tier {record.tier}" if record.tier else "Not run"
    return ". ".join(filter(None, [f"{ran} {tier}".strip(), f"Submission {record.submission}"])) + (
        f", task {record.task} version {record.task_version}. {versions}."
    )
