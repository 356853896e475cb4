"""The practice page of a quiz, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from markupsafe import Markup

from lrquiz.model.item import LEVELS, ItemType
from lrquiz.model.quiz import Evidence, Quiz, QuizItem, QuizOption
from lrquiz.model.verdict import Verdict
from lrquiz.render import markdown
from lrquiz.render.chart import Chart
from lrquiz.report.curve_options import curve_options, curve_title
from lrquiz.report.curves_view import chart_of, notes_of
from lrquiz.report.order_view import OrderView, order_view
from lrquiz.report.value_view import ValueView, value_view
from lrquiz.resources.texts import said

_OWN_KINDS = frozenset(
    {
        ItemType.FILL_IN,
        ItemType.PREDICT,
        ItemType.NUMERIC,
        ItemType.ORDER,
        ItemType.FLASHCARD,
        ItemType.OPEN_PROMPT,
    }
)
_DIFFICULTIES = {
    "easy": said("easy"),
    "medium": said("medium"),
    "hard": said("hard"),
    "beginner": said("beginner"),
    "intermediate": said("intermediate"),
    "advanced": said("advanced"),
}


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option: its letter on this page, and what evidence says of it."""

    id: str
    letter: str
    text: Markup
    source: str
    """the text as it was written, for a response that is code"""
    holds: bool
    feedback: Markup
    claim: str
    figures: str
    chart: Chart | None = None
    """of an option that is a curve"""
    arm: str = ""
    """what its curve was recorded with"""

    @property
    def value(self) -> str:
        """What a form calls it."""
        return self.id


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item."""

    number: int
    place: str
    """what ids on the page end in: its number, and which variant it is if it is another one"""
    kind: str
    """which template lays it out: that of its type, or `choice`"""
    title: str
    difficulty: str
    """or the level, of a flashcard and of an open prompt"""
    many: bool
    """whether several options may be chosen"""
    stem: Markup
    options: tuple[OptionView, ...]
    key: str
    """ids of the options that hold, separated by spaces"""
    premises: tuple[str, ...]
    chart: Chart | None
    """None where none is asked for"""
    chart_notes: tuple[str, ...]
    hint: Markup
    solution: tuple[Markup, ...]
    mistakes: tuple[Markup, ...]
    value: ValueView | None
    order: OrderView | None
    back: Markup
    checklist: tuple[Markup, ...]
    command: str
    """what runs a response to a fill-in"""
    others: tuple[ItemView, ...] = ()
    """other variants, to try again with"""


@dataclass(frozen=True, slots=True)
class QuizView:
    """The whole page."""

    title: str
    quiz: str
    """what a browser keeps progress under"""
    items: tuple[ItemView, ...]
    footer: str


def quiz_view(quiz: Quiz) -> QuizView:
    """Return what the practice page shows of `quiz`."""
    versions = ", ".join(f"{name} {number}" for name, number in quiz.versions.items())
    return QuizView(
        title=quiz.title,
        quiz=quiz.id,
        items=item_views(quiz.items),
        footer=said(
            "Quiz %(quiz)s, seed %(seed)s. Measured with %(versions)s.",
            quiz=quiz.id,
            seed=quiz.seed,
            versions=versions,
        ),
    )


def item_views(items: Sequence[QuizItem]) -> tuple[ItemView, ...]:
    """Return the items of a page, each with its other variants."""
    return tuple(_with_others(number, item) for number, item in enumerate(items, start=1))


def _with_others(number: int, item: QuizItem) -> ItemView:
    places = ((f"{number}-{at}", each) for at, each in enumerate(item.others or (), start=2))
    others = (
        replace(item_view(number, each, f"chart-{place}"), place=place) for place, each in places
    )
    return replace(item_view(number, item), others=tuple(others))


def figures(evidence: Evidence) -> str:
    """Return in words what the runs showed."""
    if evidence.trials == 1:
        if evidence.held:
            return said("read off PyTorch itself: it holds")
        return said("read off PyTorch itself: it does not hold")
    return said(
        "true in %(held)s of %(trials)s training runs", held=evidence.held, trials=evidence.trials
    )


def item_view(number: int, item: QuizItem, chart: str | None = None) -> ItemView:
    """Return everything that a page can show of one item, its key included.

    Args:
        number: its number on the page.
        item: as it was frozen.
        chart: id of the chart, unique on its page; empty for none, None for one by the number.
    """
    chart = f"chart-{number}" if chart is None else chart
    return ItemView(
        number=number,
        place=str(number),
        kind=item.type if item.type in _OWN_KINDS else "choice",
        title=item.title,
        difficulty=_difficulty(item),
        many=item.type == ItemType.MULTIPLE_CHOICE,
        stem=markdown.block(item.stem),
        options=_options(chart, item),
        key=" ".join(item.key),
        premises=tuple(
            said("%(says)s (%(figures)s)", says=each.says, figures=figures(each))
            for each in item.premises
        ),
        chart=chart_of(chart, item) if chart else None,
        chart_notes=notes_of(item) if chart else (),
        hint=markdown.inline(item.hint),
        solution=tuple(map(markdown.inline, item.solution)),
        mistakes=tuple(map(markdown.inline, item.common_mistakes)),
        value=value_view(item.value) if item.value else None,
        order=order_view(item.order) if item.order else None,
        back=markdown.block(item.back or ""),
        checklist=tuple(map(markdown.inline, item.checklist or ())),
        command=said("lrquiz check %(item)s 'your response'", item=item.id),
    )


def _difficulty(item: QuizItem) -> str:
    """Return how hard an item is, as students of its type are told."""
    shown = item.difficulty
    if item.type in {ItemType.FLASHCARD, ItemType.OPEN_PROMPT}:
        shown = next((level for level, name in LEVELS.items() if name == shown), "")
    return _DIFFICULTIES.get(shown, shown)


def _options(name: str, item: QuizItem) -> tuple[OptionView, ...]:
    charts = curve_options(item)
    return tuple(
        _option(letter, option, _named(charts.get(option.id), name, letter))
        for letter, option in zip(ascii_uppercase, item.options, strict=False)
    )


def _named(chart: Chart | None, name: str, letter: str) -> Chart | None:
    """Return an option's chart under an id of this page; none where a page shows no charts."""
    if chart is None or not name:
        return None
    return replace(chart, id=f"{name}-{letter.lower()}", title=curve_title(letter))


def _option(letter: str, option: QuizOption, chart: Chart | None) -> OptionView:
    return OptionView(
        id=option.id,
        letter=letter,
        text=markdown.inline(option.text),
        source=option.text,
        holds=option.evidence.verdict is Verdict.SUPPORTED,
        feedback=markdown.inline(option.feedback),
        claim=option.evidence.says,
        figures=figures(option.evidence),
        chart=chart,
        arm=option.curve.label if option.curve else "",
    )
