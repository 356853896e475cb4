"""What became of a mutant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lrquiz.bank.giveaways import Keyed
from lrquiz.model.item import ItemType, Variant
from lrquiz.model.verdict import Rejection
from lrquiz.verify.audit.mutants import Kind


class Fate(StrEnum):
    """Whether verification noticed a mutant."""

    KILLED = "killed"
    LOCK_ONLY = "killed by the lock only"
    """it verifies, but the lock of its bank names another key or a premise that is gone"""
    SURVIVED = "survived"


class Argument(StrEnum):
    """Why a mutant that survived shows no weakness; each is found by comparing, never declared."""

    SAME_ITEM = "same item"
    """words, claims and arms equal those of the item: nothing was changed"""
    SAME_EVIDENCE = "same evidence"
    """every value that its claims read is the same in every trial that decided them"""
    TRUE_TO_THE_WORDS = "true to the words"
    """no text shows the changed setting or its value, and every claim is decided as before"""


BY_EVIDENCE = frozenset({"integrity", "agreement"})
"""what notices a mutant by what its runs say of their arm, whatever the item claims"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One mutant, and whether it was noticed."""

    kind: Kind
    what: str
    fate: Fate
    by: str
    """what noticed it: `lint`, `wording`, `integrity`, the code of a rejection and the like"""
    reason: str
    argument: Argument | None = None
    """why surviving shows no weakness; None where nothing does"""

    @property
    def is_open(self) -> bool:
        """Whether it survived and nothing argues for it."""
        return self.fate is Fate.SURVIVED and self.argument is None


@dataclass(frozen=True, slots=True)
class ItemAudit:
    """The mutants of one item."""

    variant: Variant
    key: tuple[str, ...]
    rejection: Rejection | None
    """why the item itself does not hold; then it has no mutants"""
    outcomes: tuple[Outcome, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether the item holds and no mutant survived without an argument."""
        return self.rejection is None and not any(each.is_open for each in self.outcomes)

    @property
    def keyed(self) -> Keyed:
        """Its options and its key, for what is told of keys over a bank; no words, no options."""
        wordless = self.variant.item.type in {ItemType.FILL_IN, ItemType.PREDICT}
        shown = () if wordless else self.variant.options
        return Keyed(self.variant.item.id, shown, self.key)


@dataclass(frozen=True, slots=True)
class Tally:
    """Mutants, counted."""

    made: int
    killed: int
    """those that only the lock shows are not among them"""
    lock_only: int
    argued: int
    open: int
    by_evidence: int
    """those of the killed that evidence itself gave away: they say nothing of the items"""

    @property
    def kill_rate(self) -> float:
        """The share of killed mutants, by the lock too, among those that are not argued for."""
        rest = self.made - self.argued
        return (self.killed + self.lock_only) / rest if rest else 1.0

    @property
    def items_kill_rate(self) -> float:
        """The kill rate among the mutants that no evidence gave away: what items themselves see."""
        rest = self.made - self.argued - self.by_evidence
        return (self.killed + self.lock_only - self.by_evidence) / rest if rest else 1.0


def tally(outcomes: Iterable[Outcome]) -> Tally:
    """Count outcomes."""
    counted = list(outcomes)
    fates = Counter(each.fate for each in counted)
    is_open = sum(each.is_open for each in counted)
    return Tally(
        len(counted),
        fates[Fate.KILLED],
        fates[Fate.LOCK_ONLY],
        fates[Fate.SURVIVED] - is_open,
        is_open,
        sum(each.fate is Fate.KILLED and each.by in BY_EVIDENCE for each in counted),
    )
