"""The class page and the index, both for staff, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lrquiz.analysis.items import Analysis, analyse
from lrquiz.analysis.summary import ClassSummary, summarise
from lrquiz.analysis.works import scored_work
from lrquiz.model.run import Ending
from lrquiz.report.feedback_view import is_of_quiz, work_of
from lrquiz.report.items_view import AnalysisView, analysis_view
from lrquiz.report.mark_view import points, score, score_text, sharer
from lrquiz.report.places import STAFF_PAGES, STUDENTS, file_name, student_page
from lrquiz.report.told import Told


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student in the class table."""

    student: str
    link: str
    score: str
    notes: tuple[str, ...]
    """what became of the machine's score"""
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

    work: str
    is_quiz: bool
    summary: ClassSummary
    mean: str
    median: str
    distribution: tuple[Bar, ...]
    analysis: AnalysisView
    analysed: str
    """which attempts of whom"""
    waiting: tuple[StudentRow, ...]
    rows: tuple[StudentRow, ...]
    missing: tuple[str, ...]
    """who handed in nothing"""


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
    staff: tuple[Link, ...]
    students: tuple[Link, ...]
    """to the pages that students are given; none where names are hidden"""


def class_view(
    tolds: Sequence[Told], analysis: Analysis | None = None, missing: Sequence[str] = ()
) -> ClassView:
    """Return what the class page shows.

    Args:
        tolds: at least one.
        analysis: of items or checks, over first attempts; of those that count where it is None.
        missing: shown for students who handed in nothing.
    """
    own = [told.record for told in tolds if not told.is_borrowed]
    marks = [(score(told), (told.mark or told.record).points) for told in tolds]
    summary = summarise([each for each in own if each.submission], marks)
    rows = tuple(_row(told) for told in in_order(tolds))
    return ClassView(
        work=work_of(tolds[0]),
        is_quiz=is_of_quiz(tolds[0]),
        summary=summary,
        mean=_number(summary.mean),
        median=_number(summary.median),
        distribution=_bars(summary.distribution),
        analysis=analysis_view(analysis or _analysed(tolds)),
        analysed="attempts that count" if analysis is None else "first attempts",
        waiting=tuple(each for each in rows if each.needs_attention),
        rows=rows,
        missing=tuple(missing),
    )


def index_view(tolds: Sequence[Told], pages: Sequence[Link]) -> IndexView:
    """Return what the index shows: of students' pages those of everybody whose name is shown."""
    listed = in_order(tolds)
    staff = (Link(_link(each), each.shown, _state(each)) for each in listed)
    students = (
        Link(f"../{STUDENTS}/{quote(student_page(each.record.student))}", each.shown, "")
        for each in listed
        if not each.name
    )
    title = f"{work_of(tolds[0])}: {len(tolds)} students"
    return IndexView(title, tuple(pages), tuple(staff), tuple(students))


def in_order(tolds: Sequence[Told]) -> list[Told]:
    """Return them by the name that is shown: the order of ids would tell whose a code is."""
    return sorted(tolds, key=lambda told: told.shown)


def _analysed(tolds: Sequence[Told]) -> Analysis:
    """Analyse the attempts that count, each once."""
    own = (told for told in tolds if not told.is_borrowed)
    works = (scored_work(told.record, told.parts) for told in own)
    return analyse([each for each in works if each is not None], tolds[0].quiz)


def _row(told: Told) -> StudentRow:
    record = told.record
    return StudentRow(
        student=told.shown,
        link=_link(told),
        score=score_text(told),
        notes=tuple(_notes(told)),
        ending=str(record.ending) if record.submission else "nothing handed in",
        detail=record.detail if told.needs_attention or record.ending is not Ending.OK else "",
        mistake="; ".join(f"{each.code} {each.title}" for each in record.diagnoses),
        seconds=f"{record.seconds:.1f}",
        needs_attention=told.needs_attention,
    )


def _notes(told: Told) -> Iterator[str]:
    mark = told.mark
    if mark is None:
        return
    if mark.adjusted:
        machine = "none" if mark.machine is None else points(mark.machine)
        yield f"marked by a person, the machine's score: {machine}"
    if mark.days_late:
        days = f"{mark.days_late} day{'s' if mark.days_late != 1 else ''}"
        yield f"{days} late, which leaves {100 * mark.factor:.3g} %"
    if mark.shared_by:
        yield f"shares the mark of {sharer(told)}"


def _state(told: Told) -> str:
    return f"{score_text(told)}, {told.record.ending}"


def _link(told: Told) -> str:
    return f"{STAFF_PAGES}/{quote(file_name(told.shown), safe='')}.html"


def _bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    longest = max((count for _, count in counts), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest)) for label, count in counts)


def _number(value: float | None) -> str:
    return "none yet" if value is None else f"{value:.1f}"
