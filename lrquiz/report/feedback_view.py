"""The feedback page of one student, as plain data: what is released, and nothing of staff's."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from lrquiz.model.decision import Level
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome
from lrquiz.render import markdown
from lrquiz.render.highlight import highlight_block
from lrquiz.report.code_view import ChartView, LineView, chart_view, source_view
from lrquiz.report.mark_view import OUTCOMES, WAITS, PointsView, mark_lines, part_points, score_text
from lrquiz.report.mark_view import whole_comment as comment_of
from lrquiz.report.mistake_view import MistakeView, mistake_view
from lrquiz.report.response_view import ResponseView, response_views
from lrquiz.report.told import Told
from lrquiz.resources.texts import joined, said

_ENDINGS = MappingProxyType(
    {
        Ending.OK: said("Your function ran to its end."),
        Ending.RUNTIME_ERROR: said("Your code stopped with an error."),
        Ending.TIME_LIMIT: said("Your code was ended because it ran longer than the task allows."),
        Ending.CPU_LIMIT: said(
            "Your code was ended because it computed longer than the task allows."
        ),
        Ending.MEMORY_LIMIT: said(
            "Your code was ended because it asked for more memory than allowed."
        ),
        Ending.PROCESS_LIMIT: said("Your code was ended because it started too many processes."),
        Ending.OUTPUT_LIMIT: said(
            "Your code was ended because it printed more than the task allows."
        ),
        Ending.REFUSED: said("What was submitted could not be run."),
        Ending.INTERNAL_ERROR: said(
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
    style: str = ""
    """names how the outcome looks"""


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
    diagnoses: tuple[MistakeView, ...]
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
        diagnoses=tuple(map(mistake_view, record.diagnoses)) if says_all else (),
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
    return said("Quiz") if told.record.responses else said("Task %(task)s", task=told.record.task)


def check_view(check: CheckResult, told: Told) -> CheckView:
    """Return one line of the rubric as the level of the page allows."""
    given = part_points(check, told)
    if told.level is Level.SCORE:
        return CheckView(check.says, "", given, "", Markup())
    advice = markdown.inline(check.advice)  # our words; the evidence may hold the student's
    outcome = WAITS if check.outcome is Outcome.OPEN else OUTCOMES[check.outcome]
    return CheckView(check.says, outcome, given, check.evidence, advice, str(check.outcome))


def _ending_says(told: Told) -> str:
    """Return how it ended; of a response file only what went wrong."""
    record = told.record
    if not record.submission:
        return said("Nothing was handed in.")
    if is_of_quiz(told) and record.ending is Ending.OK:
        return ""
    if is_of_quiz(told) and record.ending is Ending.REFUSED:
        return said("Your response file could not be graded as it is.")
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
    handed_in = said("Submission %(name)s", name=record.submission) if record.submission else ""
    if is_of_quiz(told):  # a quiz's id follows from its key, among other things
        graded = said("Graded with %(versions)s", versions=versions) if versions else ""
        return joined([each for each in (handed_in, graded) if each], ". ")
    task = said("Task %(task)s version %(version)s", task=record.task, version=record.task_version)
    parts = (_ran(record), handed_in, task, versions)
    return joined([each for each in parts if each], ". ")


def _ran(record: Record) -> str:
    if not record.tier:
        return said("Not run")
    return said(
        "Ran %(seconds)s s, at most %(memory)s MiB in a box of tier %(tier)s",
        seconds=f"{record.seconds:.2f}",
        memory=f"{record.memory_mib:.0f}",
        tier=record.tier,
    )
