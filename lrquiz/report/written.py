"""What is to be said of a response in writing: of a number, of code, of an order of lines."""

from __future__ import annotations

from collections.abc import Sequence

from lrquiz.grade.responses.spelling import number_of, spelled
from lrquiz.model.quiz import QuizItem, QuizOrder, QuizValue
from lrquiz.model.record import ItemResponse
from lrquiz.verify.valuing import is_accepted


def said_of(item: QuizItem, response: ItemResponse) -> str:
    """Return the feedback on what was written; empty where nothing is to be said of it."""
    if item.order is not None:
        return _of_order(item.order, response.chosen)
    if not response.text.strip():
        return ""
    if item.value is not None:
        return _of_number(item.value, number_of(response.text))
    written = spelled(response.text)
    return next((each.feedback for each in item.options if spelled(each.text) == written), "")


def _of_order(order: QuizOrder, chosen: Sequence[str]) -> str:
    """Return the feedback on a right order, or that on every mistake of a wrong one."""
    group = order.group_of(chosen)
    if group is None:
        return ""
    if group.holds:
        return order.feedback
    return " ".join(each.feedback for each in order.mistakes_in(chosen))


def _of_number(value: QuizValue, number: float | None) -> str:
    if number is None:
        return ""
    if is_accepted(number, value.median, value.tolerance):
        return value.feedback
    near = [each for each in value.mistakes if is_accepted(number, each.value, value.tolerance)]
    nearest = min(near, key=lambda each: abs(each.value - number), default=None)
    return "" if nearest is None else nearest.feedback
