"""What may stand on an exam's papers: the items that a blueprint demands, and their variants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lrquiz.bank.variants import variants_of
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import Item, ItemType, Variant
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz.generate import Prove, matches


@dataclass(frozen=True, slots=True, order=True)
class Chosen:
    """A variant of an item."""

    item: str
    variant: str


@dataclass
class Candidates:
    """Everything that may be drawn, and what is known of it."""

    items: Sequence[Item]
    blueprint: Blueprint
    prove: Prove
    picks: list[Pick] = field(init=False)
    """the demand of each place on a paper, in the order of the blueprint"""
    places: list[list[str]] = field(init=False)
    """for each place of a paper, ids of the items that may stand there"""
    rejected: dict[Chosen, str] = field(default_factory=dict)
    """variants that do not hold, and why"""
    _verified: dict[Chosen, VerifiedVariant] = field(default_factory=dict)
    _variants: dict[str, dict[str, Variant]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.picks = [pick for pick in self.blueprint.picks for _ in range(pick.count)]
        self.places = [[item.id for item in self.allowed(pick)] for pick in self.picks]
        wanted = {name for place in self.places for name in place}
        for item in self.items:
            if item.id in wanted:
                self._variants[item.id] = {each.name: each for each in variants_of(item)}

    @property
    def names(self) -> list[str]:
        """Ids of all items that may be drawn, in the order of the bank."""
        return list(self._variants)

    def allowed(self, pick: Pick) -> list[Item]:
        """Return the items that a pick may draw."""
        return [item for item in self.items if matches(item, pick) and not why_not(item, pick)]

    def left_out(self, pick: Pick) -> list[str]:
        """Return what matches a pick and is nothing for an exam, each with the reason."""
        found = [(item.id, why_not(item, pick)) for item in self.items if matches(item, pick)]
        return [f"{name}: {reason}" for name, reason in found if reason]

    def variants(self, item: str) -> list[str]:
        """Return the names of an item's variants, but those of which it is known they fail."""
        names = self._variants[item]
        return [name for name in names if Chosen(item, name) not in self.rejected]

    def variant(self, chosen: Chosen) -> Variant:
        """Return a variant."""
        return self._variants[chosen.item][chosen.variant]

    def proved(self, chosen: Chosen) -> VerifiedVariant:
        """Return a variant as it was verified."""
        return self._verified[chosen]

    def all_hold(self, chosen: Iterable[Chosen]) -> bool:
        """Prove what is not proved yet; say whether all of it holds."""
        sound = True
        for each in sorted(chosen):
            if each not in self._verified:
                self._verified[each] = self.prove(self.variant(each))
            rejection = self._verified[each].rejection
            if rejection is not None:
                self.rejected[each] = f"{rejection.code}: {rejection.reason}"
                sound = False
        return sound


def why_not(item: Item, pick: Pick) -> str:
    """Return why a pick must not draw an item into an exam; empty if it may."""
    if item.type is ItemType.FLASHCARD:
        return "flashcards show their backs and are for practice alone"
    if item.type is ItemType.OPEN_PROMPT and pick.points is None:
        return "an open prompt is marked by a person; give its pick points"
    return ""


def worth_of(candidates: Candidates, verified: VerifiedVariant) -> float:
    """Return the points of an item; all picks that may draw it give the same."""
    item = verified.variant.item
    places = zip(candidates.picks, candidates.places, strict=True)
    pick = next(pick for pick, place in places if item.id in place)
    return pick.points or item.points
