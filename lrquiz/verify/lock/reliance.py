"""Rely on a bank's lock where it is fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS
from lrquiz.model.item import Variant
from lrquiz.model.proof import Count, Proof
from lrquiz.model.verdict import Rejection, RejectionCode, VerifiedVariant
from lrquiz.verify.lock.entries import Lock, LockedCurves, LockedVariant, locked_as, why_stale
from lrquiz.verify.lock.file import curves_path, damaged, lock_path, read_curves, remedy
from lrquiz.verify.lock.seals import digest_of_curves
from lrquiz.verify.proofs import fits
from lrquiz.verify.proving import stated
from lrquiz.verify.rejection import wording_rejection
from lrquiz.verify.verification import verified_by, without_proof

_OTHERWISE = "its curves are missing, or its counts lead to another outcome by the rules of today"


@dataclass(frozen=True, slots=True)
class LockedBank:
    """A bank with its lock."""

    bank: Path
    lock: Lock
    drawn: dict[str, dict[str, LockedCurves]] = field(default_factory=dict, repr=False)
    """curves that were read already, by item: one file holds those of all its variants"""

    def verified(self, variant: Variant) -> VerifiedVariant | None:
        """Verify a variant from the lock alone, or return None where the lock is not fresh for it.

        Verdicts, key and rejection follow from the locked counts by the rules of today; where those
        are not what is locked beside them, the lock is not fresh.

        Raises:
            BankError: the lock is damaged, or was changed by hand.
        """
        if why_stale(variant, self.lock):
            return None
        wording = wording_rejection(variant)
        if wording is not None:
            return without_proof(variant, wording)
        proof = self._proof(variant)
        return None if proof is None else self._compared(verified_by(variant, proof))

    def stale(self, variant: Variant) -> VerifiedVariant:
        """Return the variant rejected because the lock is not fresh for it."""
        reason = why_stale(variant, self.lock) or _OTHERWISE
        where = f"{reason} ({lock_path(self.bank)}); prove and lock it: {remedy(self.bank)}"
        return without_proof(variant, Rejection(RejectionCode.STALE, where))

    def _proof(self, variant: Variant) -> Proof | None:
        entry = self.lock.entry(variant)
        curves = self._curves(variant.item.id).get(variant.name)
        if (
            not entry
            or (stated(variant) and not entry.claims)
            or not curves
            or curves.inputs != entry.inputs
        ):
            return None
        try:
            is_fact = recipe_info(variant.experiment.recipe).deterministic
            proof = _proof(entry, curves, len(variant.premises), is_fact=is_fact)
        except ValueError as error:
            raise damaged(lock_path(self.bank), self.bank, f"{_name(variant)}: {error}") from error
        if digest_of_curves(curves.quantity, curves.lines) != entry.curves:
            reason = f"the curves of {_name(variant)} are not those that were locked"
            raise damaged(curves_path(self.bank, variant.item.id), self.bank, reason)
        if not fits(proof, variant):
            reason = f"{_name(variant)} has other claims or arms than its item"
            raise damaged(lock_path(self.bank), self.bank, reason)
        return proof

    def _curves(self, item: str) -> dict[str, LockedCurves]:
        if item not in self.drawn:
            self.drawn[item] = read_curves(self.bank, item)
        return self.drawn[item]

    def _compared(self, verified: VerifiedVariant) -> VerifiedVariant | None:
        """Refuse verdicts that do not follow from the counts beside them.

        An item may be marked otherwise than when it was locked, as by another type or tolerance, so
        that another outcome is none of the lock's faults; None is returned then.
        """
        entry = self.lock.entry(verified.variant)
        assert entry is not None, "it was verified from its entry"
        decisions = (*verified.premises, *verified.options)
        for claim, decision in zip(entry.claims, decisions, strict=True):
            if claim.verdict is not decision.verdict:
                reason = (
                    f"{_name(verified.variant)}, {claim.of}: {claim.held} of {claim.trials} is "
                    f"{decision.verdict}, not {claim.verdict}"
                )
                raise damaged(lock_path(self.bank), self.bank, reason)
        now = locked_as(verified)
        return verified if (entry.key, entry.rejected) == (now.key, now.rejected) else None


@dataclass(frozen=True, slots=True)
class LockedBanks:
    """Banks that lie over one another, each with its own lock or none."""

    banks: Mapping[str, LockedBank]
    """by id of an item: the lock of the bank that the item comes from, where that bank has one"""

    def verified(self, variant: Variant) -> VerifiedVariant | None:
        """Verify a variant from the lock of its bank, as `LockedBank` does; None without one.

        Raises:
            BankError: the lock is damaged, or was changed by hand.
        """
        locked = self.banks.get(variant.item.id)
        return locked.verified(variant) if locked else None

    def stale(self, variant: Variant) -> VerifiedVariant:
        """Return the variant rejected because no lock is fresh for it."""
        locked = self.banks.get(variant.item.id)
        if locked:
            return locked.stale(variant)
        reason = f"its bank has no lock ({variant.item.path})"
        return without_proof(variant, Rejection(RejectionCode.STALE, reason))


def _proof(entry: LockedVariant, curves: LockedCurves, premises: int, *, is_fact: bool) -> Proof:
    """Return the proof that an entry and its curves make up.

    Raises:
        ValueError: no verification can have counted these numbers.
    """
    known = (1,) if is_fact else LOOKS
    looked_at = [each.trials for each in entry.claims] + [each.trials for each in entry.measured]
    for trials in looked_at:
        if trials not in known:
            message = f"verification looks at {' or '.join(map(str, known))} trials, not {trials}"
            raise ValueError(message)
    counts = tuple(Count(each.held, each.trials, each.ambiguous) for each in entry.claims)
    return Proof(
        inputs=entry.inputs,
        premises=counts[:premises],
        options=counts[premises:],
        quantity=curves.quantity,
        lines=curves.lines,
        torch_version=entry.torch,
        measured=entry.measured,
        orders=entry.orders,
    )


def _name(variant: Variant) -> str:
    return " ".join(filter(None, [variant.item.id, variant.name]))
