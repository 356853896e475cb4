"""The kinds of pages: which template lays each out, with which scripts and styles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lrquiz.report.page import Page

_PRACTICE = (
    "order.js",
    "practice_kinds.js",
    "practice_state.js",
    "practice_items.js",
    "practice_turning.js",
    "practice_cards.js",
    "practice.js",
)
_PRACTICE_LOOK = ("practice.css", "predict.css", "order.css")
_EXAM_LOOK = ("exam.css", "predict.css", "order.css")
_FEEDBACK_LOOK = ("feedback.css", "order.css")

PRACTICE = Page("quiz/practice.html.j2", _PRACTICE, _PRACTICE_LOOK)
PIPELINE = Page("pipeline/pipeline.html.j2", _PRACTICE, _PRACTICE_LOOK)
EXAM = Page("exam/exam.html.j2", ("order.js", "exam_text.js", "exam.js"), _EXAM_LOOK)
FEEDBACK = Page("feedback/feedback.html.j2", styles=_FEEDBACK_LOOK)
STAFF = Page("feedback/staff.html.j2", styles=_FEEDBACK_LOOK)
CLASS = Page("class/class.html.j2", ("table.js",), ("class.css",))
VERIFICATION = Page("verification/verification.html.j2", ("table.js",), ("class.css",))
INDEX = Page("index/index.html.j2")
DIAGNOSIS = Page("diagnosis/diagnosis.html.j2")

_OF_ITEMS = ("order", "predict")
"""kinds of items that bring scripts and styles of their own"""


def without_unneeded(page: Page, kinds: Collection[str]) -> Page:
    """Return a kind of page without what only kinds of items need that are not on it.

    Args:
        page: a kind of page that shows items.
        kinds: of the items on it.
    """
    unneeded = {f"{kind}.{end}" for kind in _OF_ITEMS if kind not in kinds for end in ("js", "css")}
    return replace(
        page,
        scripts=tuple(each for each in page.scripts if each not in unneeded),
        styles=tuple(each for each in page.styles if each not in unneeded),
    )
