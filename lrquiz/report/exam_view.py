"""An exam page, as plain data: numbers in the place of names, and nothing that a key follows from.

What is left out is left out on purpose: titles of items (they may give the point away), hints,
solutions, objectives, evidence, and every id of an item, an option or an arm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from string import ascii_uppercase

from markupsafe import Markup

from lrquiz.model.item import ItemType
from lrquiz.model.paper import Paper, PaperItem
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.render import markdown
from lrquiz.render.chart import Chart
from lrquiz.report.curve_options import curve_options, curve_title
from lrquiz.report.order_view import LineView
from lrquiz.resources.texts import ENGLISH, Said, base_of, said, said_of

_KINDS: Mapping[str, str] = {
    ItemType.PREDICT: "predict",
    ItemType.NUMERIC: "numeric",
    ItemType.FILL_IN: "fill_in",
    ItemType.ORDER: "order",
    ItemType.OPEN_PROMPT: "open_prompt",
}


@dataclass(frozen=True, slots=True)
class ExamOption:
    """One option under its number on this page."""

    number: int
    text: Markup
    chart: Chart | None = None
    """of an option that is a curve, which has no text"""

    @property
    def value(self) -> str:
        """What the form calls it."""
        return str(self.number)

    @property
    def letter(self) -> str:
        """What it is shown under: its number, so that files and pages say the same."""
        return str(self.number)


@dataclass(frozen=True, slots=True)
class ExamItem:
    """One item under its number on this page."""

    number: int
    kind: str
    """`choice`, `predict`, `numeric`, `fill_in`, `order` or `open_prompt`: what it asks for"""
    many: bool
    """whether several options may be chosen"""
    worth: str
    """its points, in words"""
    stem: Markup
    options: tuple[ExamOption, ...]
    lines: tuple[LineView, ...]
    """to put in order, each under its number on this page"""
    unit: str
    tolerance: str
    """of a number; empty elsewhere"""


@dataclass(frozen=True, slots=True)
class ExamView:
    """The whole page."""

    title: str
    student: str
    """the name that is on it; empty where the page is for everybody"""
    label: str
    paper: str
    language: str
    seconds: int | None
    """of the countdown"""
    minutes: str
    total: str
    items: tuple[ExamItem, ...]

    @property
    def has_many(self) -> bool:
        """Whether any item takes several options, so that scoring them has to be explained."""
        return any(item.many for item in self.items)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What all papers with a variant show alike."""

    item: QuizItem
    stem: Markup
    options: Mapping[str, Markup]
    curves: Mapping[str, Chart]
    """of options that are curves"""


@dataclass(frozen=True, slots=True)
class ExamPages:
    """The pages of one exam; what several of them show is rendered once."""

    quiz: Quiz
    label: str
    _items: Mapping[tuple[str, str], QuizItem] = field(init=False)
    _shown: dict[tuple[str, str, str], _Shown] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        items = {(each.id, each.variant): each for each in self.quiz.items}
        object.__setattr__(self, "_items", items)

    def view(self, paper: Paper, name: str) -> ExamView:
        """Return the page of one paper.

        Args:
            paper: what is asked.
            name: of its student, as the page shows it.
        """
        language = paper.language or ENGLISH
        shown = [self._of(each, base_of(language)) for each in paper.items]
        minutes = paper.minutes
        items = (
            _item(number, asked, each)
            for number, (asked, each) in enumerate(zip(paper.items, shown, strict=True), start=1)
        )
        return ExamView(
            title=self.quiz.title,
            student=name,
            label=self.label,
            paper=paper.id,
            language=language,
            seconds=None if minutes is None else round(minutes * 60),
            minutes="" if minutes is None else _minutes(minutes),
            total=_points(sum(each.item.points for each in shown)),
            items=tuple(items),
        )

    def _of(self, asked: PaperItem, language: str) -> _Shown:
        name = (asked.item, asked.variant, language)
        if name not in self._shown:
            item = self._items[asked.item, asked.variant].spoken(language)
            options = {each.id: markdown.inline(each.text) for each in item.options}
            stem, curves = markdown.block(item.stem), curve_options(item)
            self._shown[name] = _Shown(item, stem, options, curves)
        return self._shown[name]


def _item(number: int, asked: PaperItem, shown: _Shown) -> ExamItem:
    item, value = shown.item, shown.item.value
    return ExamItem(
        number=number,
        kind=_KINDS.get(item.type, "choice"),
        many=item.type == ItemType.MULTIPLE_CHOICE,
        worth=_points(item.points),
        stem=shown.stem,
        options=tuple(
            _option(number, place, each, shown)
            for place, each in enumerate(asked.options, 1)
            if each in shown.options
        ),
        lines=_lines(item, asked),
        unit=value.unit if value else "",
        tolerance=f"{value.tolerance:g}" if value else "",
    )


def _lines(item: QuizItem, asked: PaperItem) -> tuple[LineView, ...]:
    """Return the lines of an order item by their numbers, and letters for people."""
    texts = {each.id: each.text for each in item.order.lines} if item.order else {}
    shown = zip(ascii_uppercase, asked.options if item.order else (), strict=False)
    return tuple(
        LineView(str(number), letter, texts[each])
        for number, (letter, each) in enumerate(shown, start=1)
    )


def _option(item: int, place: int, option: str, shown: _Shown) -> ExamOption:
    chart = shown.curves.get(option)
    if chart is None:
        return ExamOption(place, shown.options[option])
    named = replace(chart, id=f"curve-{item}-{place}", title=curve_title(str(place)))
    return ExamOption(place, Markup(), named)


def _points(number: float) -> Said:
    return said("1 point") if number == 1 else said("%(points)s points", points=f"{number:g}")


def _minutes(number: float) -> Said:
    whole = 1 if number == 1 else 2  # 0.5 is told as several
    return said_of(whole, "1 minute", "%(minutes)s minutes", minutes=f"{number:g}")
