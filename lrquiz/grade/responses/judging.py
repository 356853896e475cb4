"""What one response gives, as a share of what its item is worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from lrquiz.grade.responses.ruling import Ruling
from lrquiz.grade.responses.spelling import number_of, spelled
from lrquiz.model.item import ItemType
from lrquiz.model.quiz import QuizItem
from lrquiz.model.record import ItemResponse
from lrquiz.verify.valuing import is_accepted

UNSCORED = (ItemType.FLASHCARD, ItemType.OPEN_PROMPT)
"""types that no machine scores"""


class Verdict(NamedTuple):
    """The share of an item's points, from 0 to 1; None where a person has to say, and why."""

    share: float | None
    evidence: str
    """for the student: it tells nothing of the key beyond what was responded"""


def judged(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    """Return what a response gives. An accepted option never lowers what it would give without."""
    if not response.is_given:
        return Verdict(0.0, "no response")
    if ruling.accepts_any:
        return Verdict(1.0, "any response is accepted")
    kind = ItemType(item.type)
    return (
        Verdict(None, "waits for a person")
        if kind in UNSCORED
        else _JUDGES[kind](item, response, ruling)
    )


def is_unforeseen(item: QuizItem, response: ItemResponse) -> bool:
    """Say whether a response has to be run: no option of its fill-in is spelled like it."""
    if item.type != ItemType.FILL_IN or item.blank is None or not response.is_given:
        return False
    return spelled(response.text) not in {spelled(each.text) for each in item.options}


def _right(item: QuizItem, ruling: Ruling) -> set[str]:
    return {*item.key, *ruling.accepted}


def _single(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    is_right = len(response.chosen) == 1 and response.chosen[0] in _right(item, ruling)
    return Verdict(float(is_right), "right" if is_right else "not right")


def _multiple(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    """Score the right ones chosen less the wrong ones, of as many as the key has.

    An accepted option counts as right for who chose it, and is not missed by who did not.
    """
    chosen, right = set(response.chosen), _right(item, ruling)
    found, wrong = len(chosen & right), len(chosen - right)
    share = min(1.0, max(0, found - wrong) / max(1, len(item.key)))
    return Verdict(share, f"{found} chosen that hold, {wrong} that do not")


def _numeric(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    """Compare a number with what was measured; an accepted one is the same number."""
    number, value = number_of(response.text), item.value
    if number is None or value is None:
        return Verdict(0.0, "is not a number such as 1.5 or 15e-1")
    is_right = is_accepted(number, value.median, value.tolerance)
    if is_right or number in {number_of(each) for each in ruling.accepted}:
        return Verdict(1.0, "right" if is_right else "accepted")
    return Verdict(0.0, "not within the tolerance of what was measured")


def _fill_in(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    """Compare code with the responses that were run before, else say what its own run showed."""
    written, texts = spelled(response.text), {each.id: each.text for each in item.options}
    if written in {spelled(texts.get(each, each)) for each in ruling.accepted}:
        return Verdict(1.0, "accepted")
    known = {spelled(each.text): each.id in item.key for each in item.options}
    if written in known:
        is_right = known[written]
        return Verdict(float(is_right), "right" if is_right else "not right, as runs showed")
    if response.ran is None:
        return Verdict(None, "has not been run; waits for a person")
    how = "trained as a right response does" if response.ran else "did not train as a right one"
    return Verdict(float(response.ran), how)


def _order(item: QuizItem, response: ItemResponse, ruling: Ruling) -> Verdict:
    """Look an order up among all that were run."""
    given = response.chosen
    if given in {tuple(each.split()) for each in ruling.accepted}:
        return Verdict(1.0, "accepted")
    group = item.order.group_of(given) if item.order else None
    if group is None:
        return Verdict(0.0, "does not name every line once")
    return Verdict(float(group.holds), "right" if group.holds else "not right, as runs showed")


_JUDGES: Final[Mapping[ItemType, Callable[[QuizItem, ItemResponse, Ruling], Verdict]]] = (
    MappingProxyType(
        {
            ItemType.SINGLE_CHOICE: _single,
            ItemType.FIND_ERROR: _single,
            ItemType.PREDICT: _single,
            ItemType.MULTIPLE_CHOICE: _multiple,
            ItemType.NUMERIC: _numeric,
            ItemType.FILL_IN: _fill_in,
            ItemType.ORDER: _order,
        }
    )
)
