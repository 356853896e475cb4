"""Fill a blueprint from a bank with variants that hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

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


def generate_quiz(items: Sequence[Item], blueprint: Blueprint, seed: int, prove: Prove) -> Quiz:
    """Return a quiz of verified variants; the same inputs and seed give the same quiz.

    Raises:
        BlueprintError: the bank cannot fill the blueprint; the message says what is missing and
            which items were rejected.
        LrquizError: whatever `prove` raises.
    """
    drawing = _Drawing(items, seed, prove)
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
    used: set[str] = field(default_factory=set)
    torch_versions: set[str] = field(default_factory=set)

    def fill(self, pick: Pick) -> list[QuizItem]:
        """Return the items that `pick` demands."""
        rejected: list[str] = []
        found: list[QuizItem] = []
        for item in self._candidates(pick):
            if len(found) == pick.count:
                break
            verified = self._first_that_holds(item, rejected)
            if verified is not None:
                found.append(self._taken(verified, pick))
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

    def _first_that_holds(self, item: Item, rejected: list[str]) -> VerifiedVariant | None:
        for variant in shuffled(variants_of(item), self.seed, "variant", item.id):
            verified = self.prove(variant)
            if verified.rejection is None:
                return verified
            reason = f"{verified.rejection.code}: {verified.rejection.reason}"
            rejected.append(f"{item.id} {variant.name}: {reason}".replace(" :", ":"))
        return None


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
