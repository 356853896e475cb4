"""Audit an item: make its mutants, and see which of them verification notices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lrquiz.bank.variants import variants_of
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Item, Variant
from lrquiz.verify.audit.experiment_mutants import experiment_mutants
from lrquiz.verify.audit.item_mutants import item_mutants
from lrquiz.verify.audit.judging import Baseline, judge
from lrquiz.verify.audit.mutants import Mutant
from lrquiz.verify.audit.outcomes import ItemAudit
from lrquiz.verify.lock.entries import Lock
from lrquiz.verify.proofs import ProofStore
from lrquiz.verify.verification import verify_variant


@dataclass(frozen=True, slots=True)
class Planned:
    """An item's first variant, and its mutants."""

    variant: Variant
    mutants: tuple[Mutant, ...]


def plan(item: Item) -> Planned:
    """Return the mutants of an item, made from its first variant alone."""
    variant = variants_of(item)[0]
    return Planned(variant, (*item_mutants(variant), *experiment_mutants(variant.experiment)))


def audit(
    planned: Planned,
    laboratory: Laboratory,
    proofs: ProofStore | None = None,
    lock: Lock | None = None,
    judged: Callable[[], None] = lambda: None,
) -> ItemAudit:
    """Verify the item, then each of its mutants.

    Args:
        planned: the item and its mutants.
        laboratory: where trials come from.
        proofs: where proofs are kept: of the item, and of items with other claims. None is kept of
            a mutated experiment.
        lock: of the item's bank.
        judged: called after each mutant, to show progress.

    Raises:
        RecipeError: an experiment cannot be run.
        OutputError: a store cannot be written.
    """
    verified = verify_variant(planned.variant, laboratory, proofs=proofs)
    if verified.rejection is not None:
        return ItemAudit(planned.variant, (), verified.rejection)
    locked = lock.entry(planned.variant) if lock else None
    base = Baseline(verified, laboratory, proofs, locked)
    outcomes = []
    for mutant in planned.mutants:
        outcomes.append(judge(mutant, base))
        judged()
    return ItemAudit(planned.variant, verified.key, None, tuple(outcomes))


def total(plans: Sequence[Planned]) -> int:
    """Return how many mutants there are to judge."""
    return sum(len(each.mutants) for each in plans)
