"""Lines to put in order as a quiz holds them, and the order in which they are shown at first."""

from __future__ import annotations

from collections.abc import Sequence

from lrquiz.bank.ordering import claim_of, loop_ordered
from lrquiz.evidence.claims import in_words
from lrquiz.model.item import Variant
from lrquiz.model.proof import OrderGroup
from lrquiz.model.quiz import QuizLine, QuizOrder, QuizOrderMistake
from lrquiz.quiz.draw import shuffled


def frozen_order(variant: Variant, groups: Sequence[OrderGroup], seed: int) -> QuizOrder:
    """Return the lines of an order item with what every order of them did."""
    loop, order = loop_ordered(variant.experiment), variant.order
    assert order is not None, "only an order item has lines"
    return QuizOrder(
        says=in_words(claim_of(order, "this_order")),
        before=loop.before,
        after=loop.after,
        indent=loop.indent,
        lines=tuple(QuizLine(each.id, each.text) for each in loop.lines),
        shown=shown_order(loop.ids, groups, seed, variant.item.id),
        groups=tuple(groups),
        feedback=order.feedback,
        mistakes=tuple(QuizOrderMistake(each.lines, each.feedback) for each in order.mistakes),
    )


def shown_order(
    ids: Sequence[str], groups: Sequence[OrderGroup], seed: int, *purpose: str
) -> tuple[str, ...]:
    """Return the order in which lines are shown at first: drawn by the seed, and never a right one.

    Orders are drawn one after another, and the first that is wrong is taken: a page must not begin
    with what it asks for.
    """
    right = {order for each in groups if each.holds for order in each.orders}
    names = "".join(str(place) for place in range(len(ids)))
    turns = ("".join(shuffled(names, seed, "lines", str(at), *purpose)) for at in range(1000))
    wrong = (turn for turn in turns if turn not in right)
    return tuple(ids[int(place)] for place in next(wrong, names[::-1]))
