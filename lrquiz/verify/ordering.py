"""Run every order of a loop's lines, and say which train as the reference does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from lrquiz.bank.ordering import ORDER, claim_of, loop_ordered
from lrquiz.evidence.claims import holds
from lrquiz.experiments.laboratory import TrialSource
from lrquiz.model.item import Order, Variant
from lrquiz.model.proof import OrderGroup
from lrquiz.model.quiz import runs_in_order
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Rejection, RejectionCode
from lrquiz.verify.curves import drawn
from lrquiz.verify.deciding import run_repeated

_TRIED = "tried"
_LONGEST = 200
"""characters of an exception's message that are kept"""


def every_order(
    variant: Variant, reference: Trace, laboratory: TrialSource
) -> tuple[OrderGroup, ...]:
    """Return every order of the lines, those together that did the same; right ones come first.

    Raises:
        RecipeError: an order cannot be run, or does not repeat itself.
    """
    if variant.order is None:
        return ()
    loop, order = loop_ordered(variant.experiment), variant.order
    settings = variant.experiment.arms[order.reference]
    named = {"".join(map(str, places)): places for places in permutations(range(len(loop.ids)))}
    arms = {
        name: {**settings, ORDER: [loop.ids[place] for place in places]}
        for name, places in named.items()
    }
    runs = run_repeated(replace(variant.experiment, arms=arms), laboratory, variant.item.path)
    return _grouped({name: traces[0] for name, traces in runs.items()}, reference, order)


def _grouped(runs: Mapping[str, Trace], reference: Trace, order: Order) -> tuple[OrderGroup, ...]:
    alike: dict[object, list[str]] = {}
    for name, trace in runs.items():
        did = (trace.step("loss"), trace.epoch("weights"), trace.stopped)
        alike.setdefault(did, []).append(name)
    groups = (_group(names, runs[names[0]], reference, order) for names in alike.values())
    return tuple(sorted(groups, key=lambda each: (not each.holds, -len(each.orders))))


def _group(names: Iterable[str], trace: Trace, reference: Trace, order: Order) -> OrderGroup:
    claim = claim_of(order, _TRIED)
    return OrderGroup(
        orders=tuple(names),
        holds=holds(claim, {_TRIED: trace, order.reference: reference}),
        raised=(trace.stopped or "")[:_LONGEST],
        moved=any(trace.epoch("weight_change")),
        same_losses=trace.step("loss") == reference.step("loss"),
        line=drawn(trace.epoch("loss")),
    )


def is_every_order(groups: Sequence[OrderGroup], lines: int) -> bool:
    """Say whether groups hold every order of so many lines, each once."""
    found = sorted(name for group in groups for name in group.orders)
    return found == sorted("".join(map(str, each)) for each in permutations(range(lines)))


def order_rejection(variant: Variant, groups: Sequence[OrderGroup]) -> Rejection | None:
    """Return why the orders that runs accept make no item, or None."""
    if variant.order is None:
        return None
    if not any(each.holds for each in groups):
        reason = (
            f"no order trains as arm {variant.order.reference!r}, not even its own: its training "
            "stops, or a loss or a weight is no finite number"
        )
        return Rejection(RejectionCode.NO_KEY, reason)
    if all(each.holds for each in groups):
        reason = "every order trains alike, so there is nothing to ask; mark other lines"
        return Rejection(RejectionCode.TWO_KEYS, reason)
    return next(_false_mistakes(variant, variant.order, groups), None)


def _false_mistakes(
    variant: Variant, order: Order, groups: Sequence[OrderGroup]
) -> Iterator[Rejection]:
    """Yield mistakes that a right order makes."""
    ids = loop_ordered(variant.experiment).ids
    right = [[ids[int(at)] for at in name] for each in groups if each.holds for name in each.orders]
    for mistake in order.mistakes:
        made = next((each for each in right if runs_in_order(mistake.lines, each)), None)
        if made is not None:
            reason = (
                f"running {', then '.join(mistake.lines)} is called a mistake, but the order "
                f"{', '.join(made)} trains as the reference does; narrow the mistake"
            )
            yield Rejection(RejectionCode.WORDING, reason)


def in_numbers(groups: Sequence[OrderGroup]) -> str:
    """Return how many orders hold, of how many."""
    right = sum(len(each.orders) for each in groups if each.holds)
    return f"{right} of {sum(len(each.orders) for each in groups)} orders train as the reference"


def untold(variant: Variant, groups: Sequence[OrderGroup]) -> int:
    """Count the wrong orders of which no mistake says what is wrong."""
    ids = loop_ordered(variant.experiment).ids
    mistakes = variant.order.mistakes if variant.order else ()
    wrong = ([ids[int(at)] for at in name] for g in groups if not g.holds for name in g.orders)
    return sum(not any(runs_in_order(m.lines, each) for m in mistakes) for each in wrong)
