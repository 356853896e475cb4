"""Why an exam cannot be drawn: what is short, and what would make papers unequal."""

from __future__ import annotations

from collections.abc import Iterator

from lrquiz.errors import BlueprintError
from lrquiz.model.blueprint import Pick
from lrquiz.quiz.assignment import Shortage
from lrquiz.quiz.exam_items import Candidates
from lrquiz.quiz.generate import demand_of

_MOST_TOLD = 5
"""rejected variants and items that a message lists"""


def refuse_uneven_points(candidates: Candidates) -> None:
    """Refuse a blueprint by which papers would be worth different points.

    Raises:
        BlueprintError: items of one pick differ in points, or picks differ about an item's.
    """
    worth: dict[str, float] = {}
    for pick in candidates.blueprint.picks:
        allowed = candidates.allowed(pick)
        points = {item.id: pick.points or item.points for item in allowed}
        if len(set(points.values())) > 1:
            message = (
                f"{pick_told(candidates, pick)}: its items differ in points, so papers would be "
                "worth different totals; give the pick points"
            )
            raise BlueprintError(message)
        for name, number in points.items():
            if worth.setdefault(name, number) != number:
                message = (
                    f"item {name} is worth {worth[name]:g} points by one pick and {number:g} by "
                    f"another, {pick_told(candidates, pick)}; make them equal"
                )
                raise BlueprintError(message)


def shortage_told(candidates: Candidates, short: Shortage, papers: int, *, share: bool) -> str:
    """Return what is short, of which picks, and what would help."""
    picks = list(dict.fromkeys(candidates.picks[place] for place in short.places))
    where = " and ".join(pick_told(candidates, pick) for pick in picks)
    fit = [item for item in short.items if candidates.variants(item)]
    if len(fit) < len(short.places):
        told = (
            f"the bank cannot fill the blueprint: {where}: each paper needs {len(short.places)}, "
            f"and of the bank's items {len(fit)} can be had; add items"
        )
    else:
        told = (
            f"the bank cannot fill the blueprint: {where}: for {papers} papers {short.needed} "
            f"variants are needed, no two alike, and the bank has {short.there} that hold, of "
            f"{_plural(len(fit), 'item')}"
        )
        told += "; add items" if share else "; add variants, or let papers share: --share-variants"
    reasons = [line for pick in picks for line in candidates.left_out(pick)]
    return "\n  ".join([told, *_cut([*_rejected(candidates, short), *reasons])])


def pick_told(candidates: Candidates, pick: Pick) -> str:
    """Return which pick it is, by number, and what it demands."""
    return f"pick {candidates.blueprint.picks.index(pick) + 1} ({demand_of(pick)})"


def _rejected(candidates: Candidates, short: Shortage) -> Iterator[str]:
    for each, reason in candidates.rejected.items():
        if each.item in short.items:
            name = " ".join(filter(None, (each.item, each.variant)))
            yield f"rejected: {name}: {reason}"


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST_TOLD:
        return lines
    return [*lines[:_MOST_TOLD], f"and {len(lines) - _MOST_TOLD} more"]


def _plural(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
