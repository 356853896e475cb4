"""Fill a blueprint from a bank with variants that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import lrquiz
from lrquiz.bank.variants import variants_of
from lrquiz.errors import BlueprintError
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import Item, ItemType, Variant
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz.draw import shuffled
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.quizfile import digest_of

Prove = Callable[[Variant], VerifiedVariant]
"""verifies a variant, from runs or from what is kept of them"""


def generate_quiz(
    items: Sequence[Item], blueprint: Blueprint, seed: int, prove: Prove, others: int = 0
) -> Quiz:
    """Return a quiz of verified variants; the same inputs and seed give the same quiz.

    Args:
        items: of the bank.
        blueprint: what is demanded.
        seed: draws items, variants and orders.
        prove: verifies a variant.
        others: how many other variants each item comes with, to practise again; fewer where
            fewer hold.

    Raises:
        BlueprintError: the bank cannot fill the blueprint; the message says what is missing and
            which items were rejected.
        LrquizError: whatever `prove` raises.
    """
    drawing = _Drawing(items, seed, prove, others)
    chosen = [item for pick in blueprint.picks for item in drawing.fill(pick)]
    versions = {"lrquiz": lrquiz.__version__, "torch": ", ".join(sorted(drawing.torch_versions))}
    quiz = Quiz(id="", title=blueprint.title, seed=seed, items=tuple(chosen), versions=versions)
    return replace(quiz, id=digest_of(quiz))


@dataclass
class _Drawing:
    """Items drawn so far; none is drawn twice."""

    items: Sequence[Item]
    seed: int
    prove: Prove
    others: int = 0
    used: set[str] = field(default_factory=set)
    torch_versions: set[str] = field(default_factory=set)

    def fill(self, pick: Pick) -> list[QuizItem]:
        """Return the items that `pick` demands."""
        rejected: list[str] = []
        found: list[QuizItem] = []
        for item in self._candidates(pick):
            if len(found) == pick.count:
                break
            holding = self._that_hold(item, rejected)
            verified = next(holding, None)
            if verified is not None:
                taken = self._taken(verified, pick)
                others = tuple(self._taken(e, pick) for e in islice(holding, self.others))
                found.append(replace(taken, others=others or None))
        if len(found) < pick.count:
            raise BlueprintError(_shortage(pick, len(found), rejected))
        return found

    def _taken(self, verified: VerifiedVariant, pick: Pick) -> QuizItem:
        assert verified.proof is not None, "what holds was proved"
        self.used.add(verified.variant.item.id)
        self.torch_versions.add(verified.proof.torch_version)
        return worth(freeze(verified, self.seed), pick)

    def _candidates(self, pick: Pick) -> Iterator[Item]:
        matching = [item for item in self.items if matches(item, pick)]
        for item in shuffled(matching, self.seed, "items"):
            if item.id not in self.used:
                yield item

    def _that_hold(self, item: Item, rejected: list[str]) -> Iterator[VerifiedVariant]:
        """Yield variants that hold; each is proved only when it is asked for."""
        for variant in shuffled(variants_of(item), self.seed, "variant", item.id):
            verified = self.prove(variant)
            if verified.rejection is None:
                yield verified
                continue
            reason = f"{verified.rejection.code}: {verified.rejection.reason}"
            rejected.append(f"{item.id} {variant.name}: {reason}".replace(" :", ":"))


def worth(item: QuizItem, pick: Pick) -> QuizItem:
    """Return the item with the points that a pick gives; a flashcard is never worth any."""
    if pick.points is None or item.type == ItemType.FLASHCARD:
        return item
    return replace(item, points=pick.points)


def matches(item: Item, pick: Pick) -> bool:
    """Say whether an item is one that a pick demands."""
    return (
        (not pick.items or item.id in pick.items)
        and pick.objective in (None, item.objective)
        and pick.difficulty in (None, item.difficulty)
    )


def _shortage(pick: Pick, found: int, rejected: Sequence[str]) -> str:
    wanted = f"{pick.count} wanted ({demand_of(pick)})"
    message = f"the bank cannot fill the blueprint: {wanted}, {found} found"
    return "\n  rejected: ".join([message, *rejected])


def demand_of(pick: Pick) -> str:
    """Return in words which items a pick demands."""
    wanted = [
        f"items {', '.join(pick.items)}" if pick.items else "",
        f"objective {pick.objective}" if pick.objective else "",
        f"difficulty {pick.difficulty}" if pick.difficulty else "",
    ]
    return ", ".join(filter(None, wanted)) or "any item"
