"""The class page and the index, both for staff, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lrquiz.analysis.summary import ClassSummary, summarise
from lrquiz.model.record import Record
from lrquiz.report.feedback_view import score_text


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student in the class table."""

    student: str
    link: str
    score: str
    ending: str
    detail: str
    mistake: str
    seconds: str
    needs_attention: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a distribution; `share` is of the longest, 0 to 100."""

    label: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class ClassView:
    """The whole page."""

    task: str
    summary: ClassSummary
    mean: str
    median: str
    distribution: tuple[Bar, ...]
    rows: tuple[StudentRow, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the index."""

    href: str
    title: str
    note: str


@dataclass(frozen=True, slots=True)
class IndexView:
    """The page that leads staff to all others."""

    title: str
    pages: tuple[Link, ...]
    students: tuple[Link, ...]


def class_view(records: Sequence[Record], students: str) -> ClassView:
    """Return what the class page shows.

    Args:
        records: at least one.
        students: relative path from the page to the folder of students' pages.
    """
    summary = summarise(records)
    return ClassView(
        task=records[0].task,
        summary=summary,
        mean=_number(summary.mean),
        median=_number(summary.median),
        distribution=_bars(summary.distribution),
        rows=tuple(_row(record, students) for record in records),
    )


def index_view(
    title: str, pages: Sequence[Link], records: Sequence[Record], students: str
) -> IndexView:
    """Return what the index shows; `students` as in `class_view`."""
    links = (
        Link(_link(record, students), record.student, f"{score_text(record)}, {record.ending}")
        for record in records
    )
    return IndexView(title, tuple(pages), tuple(links))


def _row(record: Record, students: str) -> StudentRow:
    return StudentRow(
        student=record.student,
        link=_link(record, students),
        score=score_text(record),
        ending=str(record.ending),
        detail=record.detail,
        mistake="; ".join(f"{each.code} {each.title}" for each in record.diagnoses),
        seconds=f"{record.seconds:.1f}",
        needs_attention=record.needs_attention,
    )


def _link(record: Record, students: str) -> str:
    return f"{students}/{quote(record.student, safe='')}/feedback.html"


def _bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    longest = max((count for _, count in counts), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest)) for label, count in counts)


def _number(value: float | None) -> str:
    return "none yet" if value is None else f"{value:.1f}"
