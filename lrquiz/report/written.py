"""What is to be said of a response in writing: of a number, or of code for a blank."""

from __future__ import annotations

from lrquiz.grade.responses.spelling import number_of, spelled
from lrquiz.model.quiz import QuizItem, QuizValue
from lrquiz.model.record import ItemResponse
from lrquiz.verify.valuing import is_accepted


def said_of(item: QuizItem, response: ItemResponse) -> str:
    """Return the feedback on what was written; empty where nothing is to be said of it."""
    if not response.text.strip():
        return ""
    if item.value is not None:
        return _of_number(item.value, number_of(response.text))
    written = spelled(response.text)
    return next((each.feedback for each in item.options if spelled(each.text) == written), "")


def _of_number(value: QuizValue, number: float | None) -> str:
    if number is None:
        return ""
    if is_accepted(number, value.median, value.tolerance):
        return value.feedback
    near = [each for each in value.mistakes if is_accepted(number, each.value, value.tolerance)]
    nearest = min(near, key=lambda each: abs(each.value - number), default=None)
    return "" if nearest is None else nearest.feedback
