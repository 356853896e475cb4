"""The practice page of a quiz, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from markupsafe import Markup

from lrquiz.model.item import LEVELS, ItemType
from lrquiz.model.quiz import Curve, Evidence, Quiz, QuizItem, QuizOption
from lrquiz.model.verdict import Verdict
from lrquiz.render import markdown
from lrquiz.render.charts import Chart, Series
from lrquiz.report.order_view import OrderView, order_chart, order_view
from lrquiz.report.value_view import ValueView, value_view

_OWN_KINDS = frozenset(
    {
        ItemType.FILL_IN,
        ItemType.NUMERIC,
        ItemType.ORDER,
        ItemType.FLASHCARD,
        ItemType.OPEN_PROMPT,
    }
)
_QUANTITIES = {"loss": "training loss", "lr": "learning rate"}


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


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item."""

    number: int
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


@dataclass(frozen=True, slots=True)
class QuizView:
    """The whole page."""

    title: str
    items: tuple[ItemView, ...]
    footer: str


def quiz_view(quiz: Quiz) -> QuizView:
    """Return what the practice page shows of `quiz`."""
    versions = ", ".join(f"{name} {number}" for name, number in quiz.versions.items())
    return QuizView(
        title=quiz.title,
        items=tuple(item_view(number, item) for number, item in enumerate(quiz.items, start=1)),
        footer=f"Quiz {quiz.id}, seed {quiz.seed}. Measured with {versions}.",
    )


def figures(evidence: Evidence) -> str:
    """Return in words what the runs showed."""
    if evidence.trials == 1:
        return "read off PyTorch itself: " + ("it holds" if evidence.held else "it does not hold")
    return f"true in {evidence.held} of {evidence.trials} training runs"


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
        kind=item.type if item.type in _OWN_KINDS else "choice",
        title=item.title,
        difficulty=_difficulty(item),
        many=item.type == ItemType.MULTIPLE_CHOICE,
        stem=markdown.block(item.stem),
        options=tuple(
            _option(letter, option)
            for letter, option in zip(ascii_uppercase, item.options, strict=False)
        ),
        key=" ".join(item.key),
        premises=tuple(f"{each.says} ({figures(each)})" for each in item.premises),
        chart=_chart(chart, item) if chart else None,
        chart_notes=tuple(filter(None, map(_note, item.curves))) if chart else (),
        hint=markdown.inline(item.hint),
        solution=tuple(map(markdown.inline, item.solution)),
        mistakes=tuple(map(markdown.inline, item.common_mistakes)),
        value=value_view(item.value) if item.value else None,
        order=order_view(item.order) if item.order else None,
        back=markdown.block(item.back or ""),
        checklist=tuple(map(markdown.inline, item.checklist or ())),
        command=f"lrquiz check {item.id} 'your response'",
    )


def _difficulty(item: QuizItem) -> str:
    """Return how hard an item is, as students of its type are told."""
    if item.type not in {ItemType.FLASHCARD, ItemType.OPEN_PROMPT}:
        return item.difficulty
    return next((level for level, name in LEVELS.items() if name == item.difficulty), "")


def _option(letter: str, option: QuizOption) -> OptionView:
    return OptionView(
        id=option.id,
        letter=letter,
        text=markdown.inline(option.text),
        source=option.text,
        holds=option.evidence.verdict is Verdict.SUPPORTED,
        feedback=markdown.inline(option.feedback),
        claim=option.evidence.says,
        figures=figures(option.evidence),
    )


def _chart(name: str, item: QuizItem) -> Chart:
    if item.order is not None:
        return order_chart(name, item.order)
    quantity = _QUANTITIES[item.quantity]
    labels = ", ".join(curve.label for curve in item.curves)
    return Chart(
        id=name,
        title=f"{quantity} by epoch, measured: {labels}",
        y_label=quantity,
        series=tuple(Series(curve.label, curve.lines) for curve in item.curves),
        first_epoch=0 if item.quantity == "lr" else 1,
        steps=item.quantity == "lr",
    )


def _note(curve: Curve) -> str:
    ends = [line.index(None) + 1 for line in curve.lines if None in line]
    if not ends:
        return ""
    when = f"epoch {min(ends)}" + (f" to {max(ends)}" if max(ends) > min(ends) else "")
    return (
        f"{curve.label}: in {len(ends)} of the {len(curve.lines)} runs drawn the loss was no "
        f"finite number from {when} on, so there is nothing left to draw."
    )
