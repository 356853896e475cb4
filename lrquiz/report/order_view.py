"""What a page shows of lines to put in order, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from markupsafe import Markup

from lrquiz.model.proof import OrderGroup
from lrquiz.model.quiz import QuizOrder
from lrquiz.quiz.order_words import what_it_did
from lrquiz.render import markdown
from lrquiz.render.chart import Chart, Series
from lrquiz.render.highlight import highlight_block
from lrquiz.render.shapes import shape
from lrquiz.resources.texts import said, said_of

_DRAWN = 4
"""trainings that are drawn beside the original one, the most frequent ones"""
_LISTED = 12
"""kinds of wrong orders that are listed; a page knows the others too"""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line under its letter, or on an exam page its number."""

    id: str
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class GroupView:
    """Orders that did the same."""

    orders: str
    """each as the page's script has it, separated by spaces"""
    holds: bool
    count: str
    example: str
    """the letters of one of them"""
    says: str
    shape: str
    """its curve in words; empty where it has none"""
    line: str
    """its loss by epoch, separated by spaces, for the page's script; `-` is no finite number"""


@dataclass(frozen=True, slots=True)
class OrderMistakeView:
    """Lines that must not run in this order."""

    lines: str
    """their ids, separated by spaces"""
    letters: str
    feedback: Markup


@dataclass(frozen=True, slots=True)
class OrderView:
    """Lines to put in order, and what every order of them did."""

    lines: tuple[LineView, ...]
    """as the page shows them at first"""
    places: str
    """ids in the order by which groups count them"""
    measured: str
    runs: str
    """how many orders were run, and how many hold"""
    right: tuple[str, ...]
    """the orders that hold, in letters"""
    feedback: Markup
    groups: tuple[GroupView, ...]
    listed: tuple[GroupView, ...]
    """the groups that a reader finds written out, the frequent ones"""
    mistakes: tuple[OrderMistakeView, ...]
    program: Markup
    """the whole code in an order that holds"""


def order_view(order: QuizOrder) -> OrderView:
    """Return what a page shows of an order item, its key included."""
    letters = dict(zip(order.shown, ascii_uppercase, strict=False))
    texts = {each.id: each.text for each in order.lines}
    groups = tuple(_group(order, each, letters) for each in order.groups)
    right = [order.ids(each) for group in order.groups if group.holds for each in group.orders]
    return OrderView(
        lines=tuple(LineView(each, letters[each], texts[each]) for each in order.shown),
        places=" ".join(each.id for each in order.lines),
        measured=order.says,
        runs=_runs(order, len(right)),
        right=tuple(_in_letters(each, letters) for each in right),
        feedback=markdown.inline(order.feedback),
        groups=groups,
        listed=tuple(each for each in groups if not each.holds)[:_LISTED],
        mistakes=tuple(
            OrderMistakeView(
                " ".join(each.lines),
                _in_letters(each.lines, letters),
                markdown.inline(each.feedback),
            )
            for each in order.mistakes
        ),
        program=highlight_block(program(order, right[0])),
    )


def program(order: QuizOrder, ids: Sequence[str]) -> str:
    """Return the whole code with its lines in an order."""
    texts = {each.id: each.text for each in order.lines}
    moved = "".join(f"{' ' * order.indent}{texts[each]}\n" for each in ids if each in texts)
    return f"{order.before}{moved}{order.after}"


def order_chart(name: str, order: QuizOrder) -> Chart:
    """Return the chart of the original training beside the most frequent other ones."""
    letters = dict(zip(order.shown, ascii_uppercase, strict=False))
    others = [each for each in order.groups if each.line and not each.holds][:_DRAWN]
    series = [Series(said("right orders"), (order.groups[0].line,))]
    series += [Series(_such_as(order, each, letters), (each.line,)) for each in others]
    return Chart(
        id=name,
        title=said("training loss by epoch, measured, of orders of the lines"),
        y_label=said("training loss"),
        series=tuple(series),
    )


def _such_as(order: QuizOrder, group: OrderGroup, letters: Mapping[str, str]) -> str:
    return said("as %(order)s", order=_in_letters(order.ids(group.orders[0]), letters))


def _runs(order: QuizOrder, right: int) -> str:
    count = sum(len(each.orders) for each in order.groups)
    return said_of(
        right,
        "All %(all)s orders were run; one of them holds.",
        "All %(all)s orders were run; %(count)s of them hold.",
        all=count,
    )


def _group(order: QuizOrder, group: OrderGroup, letters: Mapping[str, str]) -> GroupView:
    drawn = any(each is not None for each in group.line)
    return GroupView(
        orders=" ".join(group.orders),
        holds=group.holds,
        count=said_of(len(group.orders), "one order", "%(count)s orders"),
        example=_in_letters(order.ids(group.orders[0]), letters),
        says=what_it_did(order, group),
        shape=shape(group.line) if drawn else "",
        line=" ".join("-" if each is None else f"{each:.4g}" for each in group.line),
    )


def _in_letters(ids: Sequence[str], letters: Mapping[str, str]) -> str:
    return " ".join(letters[each] for each in ids)
