"""The lock of a bank: what every variant was proved to be, kept beside the items.

It holds digests of inputs, and counts. Verdicts and keys stand in it for people and for comparing;
what a variant is taken to be always follows from the counts, by the rules of today. Each entry has
a seal, and the digest of its curves (see `lrquiz.verify.lock.seals`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lrquiz.experiments.laboratory import torch_version
from lrquiz.model.item import LocalCode, Variant
from lrquiz.model.proof import Lines, OrderGroup, Spread
from lrquiz.model.verdict import Verdict, VerifiedVariant
from lrquiz.verify.inputs import inputs_of, proving_sources, public_version
from lrquiz.verify.lock.seals import digest_of_curves, seal_of


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
    measured: tuple[Spread, ...] = ()
    """of a numeric item: its value, then what mistakes lead to"""
    orders: tuple[OrderGroup, ...] = ()
    """of an order item: what every order did"""
    curves: str = ""
    """digest of what is drawn of it; empty when nothing is"""
    seal: str = ""
    """digest of all the rest; empty in locks that were written before there were seals"""


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
        item, variant, entry = each.variant.item.id, each.variant.name, locked_as(each)
        sealed = replace(entry, seal=seal_of(item, variant, entry))
        items.setdefault(item, {})[variant] = sealed
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
    if not entry.seal:
        return "it was locked before entries had seals"
    if entry.inputs == inputs_of(variant):
        return _renamed(variant, entry)
    before, now = public_version(entry.torch), public_version(torch_version())
    if before != now:
        return f"it was proved with torch {before}, and torch is {now} now"
    if lock.sources != proving_sources():
        return "the code that proves it changed since it was locked"
    own_code = ", its claims or its own code" if _has_own_code(variant) else " or its claims"
    return _renamed(variant, entry) or f"its settings{own_code} changed since it was locked"


def _renamed(variant: Variant, entry: LockedVariant) -> str:
    """Return what is called otherwise than in the lock; empty when nothing is."""
    before, now = [each.of for each in entry.claims], names_of(variant)
    if len(before) != len(now):
        return ""  # it was locked without a proof, or is damaged
    renamed = [
        f"{old!r} is called {new!r} now" for old, new in zip(before, now, strict=True) if old != new
    ]
    return "; ".join(renamed)


def names_of(variant: Variant) -> list[str]:
    """Return what the lock calls a variant's claims: those of premises, then of options."""
    names = [f"premise: {premise.says}" for premise in variant.premises]
    return names + [f"option {option.id}" for option in variant.options]


def _has_own_code(variant: Variant) -> bool:
    codes = [variant.experiment.recipe]
    codes += [premise.claim.predicate for premise in variant.premises]
    codes += [option.claim.predicate for option in variant.options]
    return any(isinstance(each, LocalCode) for each in codes)


def locked_as(verified: VerifiedVariant) -> LockedVariant:
    """Return what is locked of a variant, without a seal."""
    proof, rejection = verified.proof, verified.rejection
    return LockedVariant(
        inputs=proof.inputs if proof else inputs_of(verified.variant),
        torch=proof.torch_version if proof else torch_version(),
        key=() if rejection else verified.key,
        rejected=str(rejection.code) if rejection else "",
        claims=_claims(verified),
        measured=proof.measured if proof else (),
        orders=proof.orders if proof else (),
        curves=digest_of_curves(proof.quantity, proof.lines) if proof else "",
    )


def _claims(verified: VerifiedVariant) -> tuple[LockedClaim, ...]:
    if verified.proof is None:
        return ()
    names = names_of(verified.variant)
    decisions = (*verified.premises, *verified.options)
    counts = (*verified.proof.premises, *verified.proof.options)
    return tuple(
        LockedClaim(name, decision.verdict, count.held, count.trials, count.ambiguous)
        for name, decision, count in zip(names, decisions, counts, strict=True)
    )
