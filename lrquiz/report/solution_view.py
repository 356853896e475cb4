"""Everything that was measured of one item of a quiz, as plain data: for a page with solutions."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from lrquiz.model.item import ItemType
from lrquiz.model.quiz import QuizItem
from lrquiz.model.record import ItemResponse
from lrquiz.report.quiz_view import ItemView, OptionView, item_view

_KEPT = 1024
"""items of a quiz whose views are kept, since a class shares them; drawing one takes a while"""


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One option and what the runs showed of its claim."""

    shown: OptionView
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class SolutionView:
    """One item, solved."""

    item: ItemView
    options: tuple[VerdictView, ...]
    is_code: bool
    """whether options are code, as a fill-in's are"""


def solution_view(
    item: QuizItem, response: ItemResponse | None, *, has_chart: bool
) -> SolutionView:
    """Return what a page shows of an item and its evidence."""
    view = rendered(item, has_chart=has_chart)
    chosen = () if response is None else response.chosen
    return SolutionView(
        item=view,
        options=tuple(VerdictView(each, each.id in chosen) for each in view.options),
        is_code=item.type == ItemType.FILL_IN,
    )


@functools.lru_cache(_KEPT)
def rendered(item: QuizItem, *, has_chart: bool) -> ItemView:
    """Return an item with its texts as markup, its key included: pick what a page may show."""
    return item_view(0, item, f"chart-{item.id}" if has_chart else "")
