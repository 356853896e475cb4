"""Everything about one student's work, for staff, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from lrquiz.model.decision import WHOLE, Adjustment, Level
from lrquiz.model.mark import Mark
from lrquiz.model.record import Record
from lrquiz.model.task import CheckResult
from lrquiz.render.highlight import highlight_block
from lrquiz.report.code_view import ChartView, LineView, chart_view, source_view
from lrquiz.report.feedback_view import CheckView, check_view, is_of_quiz, work_of
from lrquiz.report.mark_view import ENDINGS, OUTCOMES, points, score_text, sharer
from lrquiz.report.mistake_view import MistakeView, mistake_view
from lrquiz.report.response_view import ResponseView, response_views
from lrquiz.report.told import Told
from lrquiz.resources.texts import ENGLISH, said

_SHOWN_RAW = 20_000
"""characters of a response file that could not be read"""


@dataclass(frozen=True, slots=True)
class PartView:
    """What the machine and a person gave for one part."""

    part: str
    outcome: str
    machine: str
    person: str
    by: str
    at: str
    reason: str
    comment: str


@dataclass(frozen=True, slots=True)
class StaffView:
    """The whole page."""

    is_staff: bool
    student: str
    work: str
    score: str
    needs_attention: bool
    facts: tuple[tuple[str, str], ...]
    detail: str
    notes: tuple[str, ...]
    staff_notes: tuple[str, ...]
    parts: tuple[PartView, ...]
    checks: tuple[CheckView, ...]
    responses: tuple[ResponseView, ...]
    raw: str
    """what was handed in, where it is a response file"""
    diagnoses: tuple[MistakeView, ...]
    charts: tuple[ChartView, ...]
    source: tuple[LineView, ...]
    reference: Markup
    stdout: str
    stderr: str


def staff_view(told: Told) -> StaffView:
    """Return what staff see of one student's work."""
    record, is_quiz = told.record, is_of_quiz(told)
    whole = replace(told, level=Level.SOLUTIONS, language=ENGLISH)
    return StaffView(
        is_staff=True,
        student=told.shown,
        work=work_of(told),
        score=score_text(told),
        needs_attention=told.needs_attention,
        facts=tuple((name, value) for name, value in _facts(told) if value),
        detail=record.detail,
        notes=record.notes,
        staff_notes=record.staff_notes,
        parts=tuple(_parts(told)),
        checks=() if is_quiz else tuple(check_view(each, whole) for each in record.checks),
        responses=response_views(whole, is_staff=True) if is_quiz else (),
        raw=record.source[:_SHOWN_RAW] if is_quiz else "",
        diagnoses=tuple(map(mistake_view, record.diagnoses)),
        charts=tuple(map(chart_view, record.curves)),
        source=() if is_quiz else source_view(record),
        reference=Markup() if told.task is None else highlight_block(told.task.reference),
        stdout=record.stdout,
        stderr=record.stderr,
    )


def _facts(told: Told) -> Iterator[tuple[str, str]]:
    """Yield what is known of the work, empty where it is not."""
    record = told.record
    machine = said("none") if record.score is None else points(record.score)
    yield (
        said("Machine's score"),
        said("%(given)s of %(full)s", given=machine, full=points(record.points)),
    )
    yield from _of_mark(told)
    yield said("Ending"), ENDINGS[record.ending]
    yield said("Containment"), record.tier or said("was not run")
    yield said("Ran"), _ran(record)
    yield said("Submission"), record.submission
    yield said("Paper"), record.paper
    yield said("Graded as"), _graded_as(record)
    yield said("Secret"), record.secret
    yield (
        said("Versions"),
        ", ".join(f"{name} {number}" for name, number in record.versions.items()),
    )


def _of_mark(told: Told) -> Iterator[tuple[str, str]]:
    mark = told.mark
    if mark is None:
        return
    if mark.days_late is not None:
        yield said("Days late"), _days_late(mark)
    if mark.shared_by:
        yield said("Shares the mark of"), sharer(told)
    yield said("Marked by a person"), said("yes") if mark.adjusted else ""


def _ran(record: Record) -> str:
    return said(
        "%(seconds)s s, at most %(memory)s MiB",
        seconds=f"{record.seconds:.2f}",
        memory=f"{record.memory_mib:.0f}",
    )


def _graded_as(record: Record) -> str:
    return said("%(task)s, version %(version)s", task=record.task, version=record.task_version)


def _days_late(mark: Mark) -> str:
    share = f"{100 * mark.factor:.3g}"
    return said("%(days)s, which leaves %(share)s %%", days=mark.days_late, share=share)


def _parts(told: Told) -> Iterator[PartView]:
    """Yield the parts that anybody marked: each of the machine's, then what people add."""
    if not told.parts:
        return
    results = {each.check: each for each in told.record.checks}
    for name, result in results.items():
        yield _part(name, result, told.parts.get(name))
    for name, mark in told.parts.items():
        if name not in results:
            yield _part(name, None, mark)


def _outcome(result: CheckResult | None) -> str:
    return "" if result is None else OUTCOMES[result.outcome]


def _given(result: CheckResult) -> str:
    full = points(result.worth)
    return said("%(given)s of %(full)s", given=points(result.points), full=full)


def _part(name: str, result: CheckResult | None, mark: Adjustment | None) -> PartView:
    machine = "" if result is None else _given(result)
    part, outcome = said("the whole") if name == WHOLE else name, _outcome(result)
    if mark is None:
        return PartView(part, outcome, machine, "", "", "", "", "")
    person = "" if mark.points is None else points(mark.points)
    at = f"{mark.at:%Y-%m-%d %H:%M}"
    texts = (mark.by, at, mark.reason, mark.comment)
    return PartView(part, outcome, machine, person, *texts)
