"""The lock of a bank: what every variant was proved to be, kept beside the items.

It holds digests of inputs, and counts. Verdicts and keys stand in it for people and for comparing;
what a variant is taken to be always follows from the counts, by the rules of today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lrquiz.experiments.laboratory import torch_version
from lrquiz.model.item import LocalCode, Variant
from lrquiz.model.proof import Lines
from lrquiz.model.verdict import Verdict, VerifiedVariant
from lrquiz.verify.inputs import inputs_of, proving_sources, public_version


@dataclass(frozen=True, slots=True)
class LockedClaim:
    """One claim as it was decided."""

    of: str
    """whose claim it is, as `option bounces`"""
    verdict: Verdict
    held: int
    trials: int
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class LockedVariant:
    """What one variant was proved to be: it has a key, or it was rejected."""

    inputs: str
    torch: str
    key: tuple[str, ...] = ()
    rejected: str = ""
    """the code of its rejection"""
    claims: tuple[LockedClaim, ...] = ()
    """of premises, then of options; none when it was rejected before any run"""


@dataclass(frozen=True, slots=True)
class Lock:
    """What is locked of a bank, by item and by variant."""

    sources: str
    """digest of the code that proved it"""
    items: Mapping[str, Mapping[str, LockedVariant]]

    def entry(self, variant: Variant) -> LockedVariant | None:
        """Return what is locked of a variant, fresh or not."""
        return self.items.get(variant.item.id, {}).get(variant.name)


@dataclass(frozen=True, slots=True)
class LockedCurves:
    """What is drawn of one variant."""

    inputs: str
    quantity: str
    lines: Mapping[str, Lines]


Curves = Mapping[str, Mapping[str, LockedCurves]]
"""by item and by variant"""


def lock_of(verified: Iterable[VerifiedVariant]) -> Lock:
    """Return the lock of variants that were just proved."""
    items: dict[str, dict[str, LockedVariant]] = {}
    for each in verified:
        items.setdefault(each.variant.item.id, {})[each.variant.name] = _locked(each)
    return Lock(proving_sources(), items)


def curves_of(verified: Iterable[VerifiedVariant]) -> Curves:
    """Return what is drawn of variants that were just proved, for those that were."""
    items: dict[str, dict[str, LockedCurves]] = {}
    for each in verified:
        if each.proof is not None:
            curves = LockedCurves(each.proof.inputs, each.proof.quantity, each.proof.lines)
            items.setdefault(each.variant.item.id, {})[each.variant.name] = curves
    return items


def why_stale(variant: Variant, lock: Lock) -> str:
    """Return what changed since a variant was locked; empty when nothing did."""
    entry = lock.entry(variant)
    if entry is None:
        return "it is not in the lock"
    if entry.inputs == inputs_of(variant):
        return ""
    before, now = public_version(entry.torch), public_version(torch_version())
    if before != now:
        return f"it was proved with torch {before}, and torch is {now} now"
    if lock.sources != proving_sources():
        return "the code that proves it changed since it was locked"
    if _has_own_code(variant):
        return "its settings, its claims or its own code changed since it was locked"
    return "its settings or its claims changed since it was locked"


def _has_own_code(variant: Variant) -> bool:
    codes = [variant.experiment.recipe]
    codes += [premise.claim.predicate for premise in variant.premises]
    codes += [option.claim.predicate for option in variant.options]
    return any(isinstance(each, LocalCode) for each in codes)


def _locked(verified: VerifiedVariant) -> LockedVariant:
    proof, rejection = verified.proof, verified.rejection
    return LockedVariant(
        inputs=proof.inputs if proof else inputs_of(verified.variant),
        torch=proof.torch_version if proof else torch_version(),
        key=() if rejection else verified.key,
        rejected=str(rejection.code) if rejection else "",
        claims=_claims(verified),
    )


def _claims(verified: VerifiedVariant) -> tuple[LockedClaim, ...]:
    if verified.proof is None:
        return ()
    names = [f"premise: {premise.says}" for premise in verified.variant.premises]
    names += [f"option {option.id}" for option in verified.variant.options]
    decisions = (*verified.premises, *verified.options)
    counts = (*verified.proof.premises, *verified.proof.options)
    return tuple(
        LockedClaim(name, decision.verdict, count.held, count.trials, count.ambiguous)
        for name, decision, count in zip(names, decisions, counts, strict=True)
    )
