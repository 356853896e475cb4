"""Order items: lines of a loop to put in order, of which every order is run.

An author names the arm whose training a right order repeats, and never which orders do. What is
said of wrong ones goes by mistakes: lines that must not run one after another. A mistake that a
right order makes is refuted by its run, and the item is rejected (see `lrquiz.verify.ordering`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import Field

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.loops import ORDERED, Loop, loop_of
from lrquiz.bank.schema import Name, ScoredFile, Slug, Strict, Words
from lrquiz.bank.tomlfile import Fault, parse
from lrquiz.bank.wording import typed
from lrquiz.evidence.claims import unspoken
from lrquiz.model.item import Claim, Experiment, Item, ItemType, Order, OrderMistake

ORDER = "order"
"""the setting that puts lines in order"""


class OrderMistakeFile(Strict):
    """Lines that must not run in this order, whatever runs between them."""

    lines: Annotated[list[Slug], Field(min_length=2, max_length=6)]
    feedback: Words


class OrderOf(Strict):
    """What is asked of an order."""

    says: Words = Field(description="Words of the stem that ask for it, quoted.")
    reference: Name = Field(description="The arm that a right order trains like.")
    feedback: str = ""
    mistake: list[OrderMistakeFile] = Field(default_factory=list)

    def order(self) -> Order:
        """Return it for the model."""
        mistakes = (OrderMistake(tuple(each.lines), each.feedback) for each in self.mistake)
        return Order(self.says, self.reference, self.feedback, tuple(mistakes))


class OrderFile(ScoredFile):
    """An item that asks for the order of a loop's lines."""

    order: OrderOf


def claim_of(order: Order, arm: str) -> Claim:
    """Return the claim of an order that this arm runs: it trains as the reference does."""
    return Claim("trains_as", {"arm": arm, "than": order.reference}, says=order.says)


def loop_ordered(experiment: Experiment) -> Loop:
    """Return the loop whose lines an order item's experiment puts in order."""
    loop = loop_of(recipe_info(experiment.recipe).code)
    assert loop is not None, "the item's file was checked"
    return loop


def order_faults(data: dict[str, Any], experiment: Experiment) -> Iterator[Fault]:
    """Yield what is wrong with an order item's file, and with arms that order lines."""
    info = recipe_info(experiment.recipe)
    loop = loop_of(info.code) if ORDER in info.fields else None
    for arm, settings in experiment.arms.items() if loop else ():
        given = settings.get(ORDER)
        if loop and given is not None and not _is_order(given, loop):
            message = f"order names each of {', '.join(loop.ids)} once, not {given!r}"
            yield Fault(("experiment", "arms", arm), message)
    if data.get("type") != ItemType.ORDER:
        return
    if loop is None or not info.records >= ORDERED:
        message = f"{info.name} has no lines to put in order; see: lrquiz bank recipes"
        yield Fault(("experiment", "recipe"), message)
        return
    if data.get("variants"):
        message = "every order is run already; an order item has no variants, remove the table"
        yield Fault(("variants",), message)
    file, _ = parse(OrderOf, data.get("order"))
    yield from _faults(file, experiment, loop) if file else ()


def _is_order(given: object, loop: Loop) -> bool:
    return isinstance(given, list | tuple) and sorted(map(str, given)) == sorted(loop.ids)


def _faults(file: OrderOf, experiment: Experiment, loop: Loop) -> Iterator[Fault]:
    if file.reference not in experiment.arms:
        message = f"{file.reference!r} names no arm; the arms are {', '.join(experiment.arms)}"
        yield Fault((ORDER, "reference"), message)
    seen: list[Sequence[str]] = []
    for index, each in enumerate(file.mistake):
        place = (ORDER, "mistake", index, "lines")
        if strange := [line for line in each.lines if line not in loop.ids]:
            message = f"{strange[0]!r} is no line of the loop; it has {', '.join(loop.ids)}"
            yield Fault(place, message)
        elif len(set(each.lines)) < len(each.lines):
            yield Fault(place, "a line is named twice; name each line of a mistake once")
        elif each.lines in seen:
            yield Fault(place, "this mistake is told already; remove one of the two")
        seen.append(each.lines)


def numbers_shown(item: Item) -> set[float]:
    """Return the numbers in the code of an order item, which a stem shows as it is run."""
    return set(typed(recipe_info(item.experiment.recipe).code)) if item.order else set()


def order_inconsistencies(item: Item) -> Iterator[str]:
    """Yield what keeps an order item's stem from asking for what its runs decide."""
    if item.order is None:
        return
    if "{{ code }}" not in item.stem:
        yield "the stem does not show the code around the lines; write {{ code }} in it"
    if lacking := unspoken(claim_of(item.order, item.order.reference), item.stem):
        yield f"the stem does not contain {lacking}"
