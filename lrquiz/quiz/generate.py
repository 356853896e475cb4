"""Fill a blueprint from a bank with variants that hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import lrquiz
from lrquiz.bank.variants import variants_of
from lrquiz.errors import BlueprintError
from lrquiz.experiments.laboratory import Laboratory, torch_version
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import Item
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz.draw import shuffled
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.quizfile import digest_of
from lrquiz.verify import verify_variant


def generate_quiz(
    items: Sequence[Item], blueprint: Blueprint, seed: int, laboratory: Laboratory
) -> Quiz:
    """Return a quiz of verified variants; the same inputs and seed give the same quiz.

    Raises:
        BlueprintError: the bank cannot fill the blueprint; the message says what is missing and
            which items were rejected.
        RecipeError: an item's experiment cannot be run.
    """
    drawing = _Drawing(items, seed, laboratory)
    chosen = [item for pick in blueprint.picks for item in drawing.fill(pick)]
    versions = {"lrquiz": lrquiz.__version__, "torch": torch_version()}
    quiz = Quiz(id="", title=blueprint.title, seed=seed, items=tuple(chosen), versions=versions)
    return replace(quiz, id=digest_of(quiz))


@dataclass
class _Drawing:
    """Items drawn so far; none is drawn twice."""

    items: Sequence[Item]
    seed: int
    laboratory: Laboratory
    used: set[str] = field(default_factory=set)

    def fill(self, pick: Pick) -> list[QuizItem]:
        """Return the items that `pick` demands."""
        rejected: list[str] = []
        found: list[QuizItem] = []
        for item in self._candidates(pick):
            if len(found) == pick.count:
                break
            verified = self._first_that_holds(item, rejected)
            if verified is not None:
                self.used.add(item.id)
                found.append(freeze(verified, self.seed))
        if len(found) < pick.count:
            raise BlueprintError(_shortage(pick, len(found), rejected))
        return found

    def _candidates(self, pick: Pick) -> Iterator[Item]:
        matching = [item for item in self.items if _matches(item, pick)]
        for item in shuffled(matching, self.seed, "items"):
            if item.id not in self.used:
                yield item

    def _first_that_holds(self, item: Item, rejected: list[str]) -> VerifiedVariant | None:
        for variant in shuffled(variants_of(item), self.seed, "variant", item.id):
            verified = verify_variant(variant, self.laboratory)
            if verified.rejection is None:
                return verified
            reason = f"{verified.rejection.code}: {verified.rejection.reason}"
            rejected.append(f"{item.id} {variant.name}: {reason}".replace(" :", ":"))
        return None


def _matches(item: Item, pick: Pick) -> bool:
    return (
        (not pick.items or item.id in pick.items)
        and pick.objective in (None, item.objective)
        and pick.difficulty in (None, item.difficulty)
    )


def _shortage(pick: Pick, found: int, rejected: Sequence[str]) -> str:
    wanted = [
        f"items {', '.join(pick.items)}" if pick.items else "",
        f"objective {pick.objective}" if pick.objective else "",
        f"difficulty {pick.difficulty}" if pick.difficulty else "",
    ]
    demand = ", ".join(filter(None, wanted)) or "any item"
    message = f"the bank cannot fill the blueprint: {pick.count} wanted ({demand}), {found} found"
    return "\n  rejected: ".join([message, *rejected])
