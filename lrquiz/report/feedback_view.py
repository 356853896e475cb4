"""The feedback page of one student, as plain data: what is released, and nothing of staff's."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from lrquiz.model.decision import Level
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Diagnosis, Outcome
from lrquiz.render import markdown
from lrquiz.render.highlight import highlight_block
from lrquiz.report.code_view import ChartView, LineView, chart_view, source_view
from lrquiz.report.mark_view import WAITS, PointsView, mark_lines, part_points, score_text
from lrquiz.report.mark_view import whole_comment as comment_of
from lrquiz.report.response_view import ResponseView, response_views
from lrquiz.report.told import Told

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
    """empty where only points are shown"""
    points: PointsView
    evidence: str
    advice: Markup


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """The whole page. It names and links no other student."""

    student: str
    work: str
    """what was graded, in words"""
    score: str
    lines: tuple[str, ...]
    """what became of the score"""
    comment: str
    """a person's, on the whole"""
    ending_says: str
    detail: str
    is_staff: bool
    notes: tuple[str, ...]
    checks: tuple[CheckView, ...]
    responses: tuple[ResponseView, ...]
    diagnoses: tuple[Diagnosis, ...]
    charts: tuple[ChartView, ...]
    source: tuple[LineView, ...]
    reference: Markup
    """a correct submission; empty before solutions are released"""
    stdout: str
    stderr: str
    footer: str


def feedback_view(told: Told) -> FeedbackView:
    """Return what the student's page shows."""
    record, is_quiz = told.record, is_of_quiz(told)
    full = told.level is not Level.SCORE
    says_all = full and not is_quiz
    return FeedbackView(
        student=told.shown,
        work=work_of(told),
        score=score_text(told),
        lines=mark_lines(told),
        comment=comment_of(told),
        ending_says=_ending_says(told),
        detail=_detail(told) if full else "",
        is_staff=False,
        notes=record.notes if full else (),
        checks=() if is_quiz else tuple(check_view(each, told) for each in record.checks),
        responses=response_views(told) if is_quiz else (),
        diagnoses=record.diagnoses if says_all else (),
        charts=tuple(map(chart_view, record.curves)) if says_all else (),
        source=source_view(record) if says_all else (),
        reference=_reference(told),
        stdout=record.stdout if says_all else "",
        stderr=record.stderr if says_all else "",
        footer=_footer(told),
    )


def is_of_quiz(told: Told) -> bool:
    """Say whether the work is a response file to a quiz."""
    return told.quiz is not None or bool(told.record.responses)


def work_of(told: Told) -> str:
    """Return what was graded, in words: of a quiz its title, since its id depends on the key."""
    if told.quiz is not None:
        return told.quiz.title
    return "Quiz" if told.record.responses else f"Task {told.record.task}"


def check_view(check: CheckResult, told: Told) -> CheckView:
    """Return one line of the rubric as the level of the page allows."""
    given = part_points(check, told)
    if told.level is Level.SCORE:
        return CheckView(check.says, "", given, "", Markup())
    advice = markdown.inline(check.advice)  # our words; the evidence may hold the student's
    outcome = WAITS if check.outcome is Outcome.OPEN else str(check.outcome)
    return CheckView(check.says, outcome, given, check.evidence, advice)


def _ending_says(told: Told) -> str:
    """Return how it ended; of a response file only what went wrong."""
    record = told.record
    if not record.submission:
        return "Nothing was handed in."
    if is_of_quiz(told) and record.ending is Ending.OK:
        return ""
    if is_of_quiz(told) and record.ending is Ending.REFUSED:
        return "Your response file could not be graded as it is."
    return _ENDINGS[record.ending]


def _detail(told: Told) -> str:
    """Return what is to be told of the ending; a fault of ours is for staff."""
    is_fine = is_of_quiz(told) and told.record.ending is Ending.OK
    is_ours = told.record.ending is Ending.INTERNAL_ERROR
    return "" if is_fine or is_ours else told.record.detail


def _reference(told: Told) -> Markup:
    if told.task is None or told.level is not Level.SOLUTIONS:
        return Markup()
    return highlight_block(told.task.reference)


def _footer(told: Told) -> str:
    record = told.record
    versions = ", ".join(f"{name} {number}" for name, number in record.versions.items())
    handed_in = f"Submission {record.submission}" if record.submission else ""
    if is_of_quiz(told):  # a quiz's id follows from its key, among other things
        return ". ".join(filter(None, [handed_in, f"Graded with {versions}" if versions else ""]))
    ran = f"Ran {record.seconds:.2f} s, at most {record.memory_mib:.0f} MiB" if record.tier else ""
    tier = f"in a box of tier {record.tier}" if record.tier else "Not run"
    return ". ".join(filter(None, [f"{ran} {tier}".strip(), handed_in])) + (
        f", task {record.task} version {record.task_version}. {versions}."
    )
