"""Orders that a class put lines into: the frequent ones, with what their runs showed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from lrquiz.analysis.items import analyse
from lrquiz.analysis.works import Part, Work
from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.record import ItemResponse
from lrquiz.report.items_view import analysis_view
from tests.verify.ordered_loops import BATCH, LATE, RIGHT, quiz

QUIZ = quiz()


def work(order: Sequence[str]) -> Work:
    points = float(tuple(order) in RIGHT)
    return Work({BATCH: Part(BATCH, points, 1.0)}, {BATCH: ItemResponse(BATCH, "", tuple(order))})


CLASS = [*map(work, RIGHT), *([work(LATE)] * 3), work(()), work(RIGHT[0][:3])]


def test_orders_are_counted_as_they_were_given() -> None:
    """Each order is told with who gave it; the frequent ones come first, no response is none."""
    (item,) = analyse(CLASS, QUIZ).items
    first, *rest = item.choices
    assert (first.option, first.chosen, first.shown) == (" ".join(LATE), 3, 9)
    assert first.is_distractor
    assert first.evidence[0].says == "it reports the same losses, and ends with other weights"
    assert {each.option for each in rest if each.is_key} == {" ".join(each) for each in RIGHT}
    assert sum(each.chosen for each in item.choices) == 8


def test_an_accepted_order_is_no_distractor() -> None:
    """What staff accepted counts as right for everybody."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    accepted = Decision(DecisionKind.ACCEPT, QUIZ.id, BATCH, "why", "me", at, " ".join(LATE))
    (item,) = analyse(CLASS, QUIZ, [accepted]).items
    assert item.choices[0].is_key


def test_many_orders_are_cut_to_the_frequent_ones() -> None:
    """A class page stays readable where everybody has another order."""
    orders = [(*RIGHT[0][at:], *RIGHT[0][:at]) for at in range(5)]
    orders += [(*LATE[at:], *LATE[:at][::-1]) for at in range(2, 5)]
    orders += [tuple(reversed(each)) for each in RIGHT]
    (item,) = analyse(list(map(work, orders)), QUIZ).items
    assert len(item.choices) == 8
    (shown,) = analysis_view(analyse(list(map(work, orders)), QUIZ)).items
    assert len(shown.choices) == 8
