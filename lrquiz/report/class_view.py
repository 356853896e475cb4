"""The class page and the index, both for staff, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from urllib.parse import quote

from lrquiz.analysis.items import Analysis, analyse
from lrquiz.analysis.summary import ClassSummary, summarise
from lrquiz.analysis.works import scored_work
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.report.feedback_view import is_of_quiz, work_of
from lrquiz.report.items_view import AnalysisView, analysis_view
from lrquiz.report.mark_view import ENDINGS, points, score, score_text, sharer
from lrquiz.report.mistake_view import items_on
from lrquiz.report.places import STAFF_PAGES, STUDENTS, file_name, student_page
from lrquiz.report.told import Told
from lrquiz.resources.texts import said, said_of

_NOTHING = said("nothing handed in")
_SLOW_TIMES, _SLOW_SECONDS = 3, 1.0
"""a run is slow from so many times the median on, and from so many seconds"""
_FOOTERS: Mapping[bool, str] = MappingProxyType(
    {
        True: said("Keys rest on training runs; statistics only say where to look again."),
        False: said(
            "Scores rest on weights that were recomputed by the judge; mistakes explain them."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class StudentRow:
    """One student in the class table."""

    student: str
    link: str
    score: str
    sorts: str
    """the score as a number; empty where there is none"""
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
class MistakeRow:
    """A mistake that recorded runs showed, and in how many submissions."""

    code: str
    title: str
    count: int
    items: tuple[str, ...]
    """items of the shipped bank that teach it"""


@dataclass(frozen=True, slots=True)
class ClassView:
    """The whole page."""

    work: str
    is_quiz: bool
    summary: ClassSummary
    scored: str
    """how many have a score, and which on the average"""
    counted: str
    """what a bar counts"""
    endings_are: str
    endings: tuple[tuple[str, int], ...]
    """how many submissions ended in each way"""
    waits: str
    """how many have no score before somebody has looked"""
    distribution: tuple[Bar, ...]
    analysis: AnalysisView
    analysed: str
    """which attempts of whom, and what they are like as a whole"""
    mistakes: tuple[MistakeRow, ...]
    slow: tuple[StudentRow, ...]
    """what ended early or took long"""
    waiting: tuple[StudentRow, ...]
    rows: tuple[StudentRow, ...]
    missing: tuple[str, ...]
    """who handed in nothing"""
    footer: str


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
    rows, is_quiz = tuple(_row(told) for told in in_order(tolds)), is_of_quiz(tolds[0])
    waiting = tuple(each for each in rows if each.needs_attention)
    shown = analysis_view(analysis or _analysed(tolds))
    return ClassView(
        work=work_of(tolds[0]),
        is_quiz=is_quiz,
        summary=summary,
        scored=_scored(summary, is_quiz=is_quiz),
        counted=said("Students") if is_quiz else said("Submissions"),
        endings_are=said("How grading ended") if is_quiz else said("How the run ended"),
        endings=tuple((ENDINGS[Ending(name)], count) for name, count in summary.endings),
        waits=_waits(len(waiting), len(rows)),
        distribution=_bars(summary.distribution),
        analysis=shown,
        analysed=_analysed_are(shown, is_first=analysis is not None),
        mistakes=() if is_quiz else tuple(_mistakes(own)),
        slow=() if is_quiz else tuple(_slow(rows)),
        waiting=waiting,
        rows=rows,
        missing=tuple(missing),
        footer=_FOOTERS[is_quiz],
    )


def _scored(summary: ClassSummary, *, is_quiz: bool) -> str:
    counted = {"all": summary.submissions, "scored": summary.scored}
    who = (
        said("%(all)s students, %(scored)s scored", **counted)
        if is_quiz
        else said("%(all)s submissions, %(scored)s scored", **counted)
    )
    mean, median, full = _number(summary.mean), _number(summary.median), f"{summary.points:g}"
    averages = {"who": who, "mean": mean, "median": median, "full": full}
    return said("%(who)s; mean %(mean)s, median %(median)s of %(full)s.", **averages)


def _waits(count: int, rows: int) -> str:
    return said_of(
        count,
        "%(count)s of %(all)s has no score before somebody has looked.",
        "%(count)s of %(all)s have no score before somebody has looked.",
        all=rows,
    )


def _analysed_are(shown: AnalysisView, *, is_first: bool) -> str:
    attempts = said("first attempts") if is_first else said("attempts that count")
    return said(
        "Over the %(attempts)s of %(students)s students with a score: %(figures)s.",
        attempts=attempts,
        students=shown.students,
        figures=shown.figures,
    )


def _mistakes(records: Sequence[Record]) -> Iterator[MistakeRow]:
    """Yield what was found on recorded runs, the most frequent first."""
    titles = {each.code: each.title for record in records for each in record.diagnoses}
    counts = Counter(each.code for record in records for each in record.diagnoses)
    for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        yield MistakeRow(code, titles[code], count, items_on(code))


def _slow(rows: Sequence[StudentRow]) -> Iterator[StudentRow]:
    """Yield what ended early or took at least three times as long as the median."""
    usual = median([float(each.seconds) for each in rows])
    for row in rows:
        took_long = float(row.seconds) >= max(_SLOW_TIMES * usual, _SLOW_SECONDS)
        if took_long or row.ending not in {ENDINGS[Ending.OK], _NOTHING}:
            yield row


def index_view(tolds: Sequence[Told], pages: Sequence[Link]) -> IndexView:
    """Return what the index shows: of students' pages those of everybody whose name is shown."""
    listed = in_order(tolds)
    staff = (Link(_link(each), each.shown, _state(each)) for each in listed)
    students = (
        Link(f"../{STUDENTS}/{quote(student_page(each.record.student))}", each.shown, "")
        for each in listed
        if not each.name
    )
    title = said_of(
        len(tolds),
        "%(work)s: %(count)s student",
        "%(work)s: %(count)s students",
        work=work_of(tolds[0]),
    )
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
        sorts="" if score(told) is None else str(score(told)),
        notes=tuple(_notes(told)),
        ending=ENDINGS[record.ending] if record.submission else _NOTHING,
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
        machine = said("none") if mark.machine is None else points(mark.machine)
        yield said("marked by a person, the machine's score: %(machine)s", machine=machine)
    if mark.days_late:
        yield said_of(
            mark.days_late,
            "%(count)s day late, which leaves %(share)s %%",
            "%(count)s days late, which leaves %(share)s %%",
            share=f"{100 * mark.factor:.3g}",
        )
    if mark.shared_by:
        yield said("shares the mark of %(student)s", student=sharer(told))


def _state(told: Told) -> str:
    return said("%(score)s, %(ending)s", score=score_text(told), ending=ENDINGS[told.record.ending])


def _link(told: Told) -> str:
    return f"{STAFF_PAGES}/{quote(file_name(told.shown), safe='')}.html"


def _bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    longest = max((count for _, count in counts), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest)) for label, count in counts)


def _number(value: float | None) -> str:
    return said("none yet") if value is None else f"{value:.1f}"
