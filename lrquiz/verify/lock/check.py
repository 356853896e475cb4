"""What a lock says against what was just proved, each difference as one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lrquiz.model.verdict import VerifiedVariant
from lrquiz.verify.lock.entries import (
    Lock,
    LockedClaim,
    LockedVariant,
    lock_of,
    why_stale,
)
from lrquiz.verify.lock.file import left_over_curves, read_curves


def differences(bank: Path, lock: Lock, verified: Sequence[VerifiedVariant]) -> Iterator[str]:
    """Yield how the lock differs from what was proved; k of n may differ between machines.

    Raises:
        BankError: a file of curves is damaged.
    """
    proved = lock_of(verified)
    for each in verified:
        name = _name(each.variant.item.id, each.variant.name)
        yield from (f"{name}: {sentence}" for sentence in _of_variant(bank, lock, proved, each))
    for item, variants in lock.items.items():
        for variant in variants:
            if variant not in proved.items.get(item, {}):
                yield f"{_name(item, variant)}: it is in the lock, but no longer in the bank"
    for path in left_over_curves(bank, proved):
        yield f"{path.name}: these curves are left over, no item of the bank has them"


def _of_variant(bank: Path, lock: Lock, proved: Lock, each: VerifiedVariant) -> Iterator[str]:
    before, now = lock.entry(each.variant), proved.entry(each.variant)
    assert now is not None, "it was just proved"
    stale = why_stale(each.variant, lock)
    if stale:
        yield stale
    if before is None:
        return
    if _outcome(before) != _outcome(now):
        yield f"it was {_outcome(before)} and is {_outcome(now)} now"
    yield from _claims(before, now)
    curves = read_curves(bank, each.variant.item.id).get(each.variant.name)
    if not stale and each.proof is not None and (not curves or curves.inputs != before.inputs):
        yield "its curves are missing or of other inputs"


def _claims(before: LockedVariant, now: LockedVariant) -> Iterator[str]:
    """Compare claims in their order where inputs agree, else those that are still there."""
    if before.inputs == now.inputs and len(before.claims) == len(now.claims):
        pairs = list(zip(before.claims, now.claims, strict=True))
    else:
        known = {each.of: each for each in before.claims}
        pairs = [(known[each.of], each) for each in now.claims if each.of in known]
    for old, new in pairs:
        if old.of != new.of:
            yield f"{old.of!r} is called {new.of!r} now"
        if (old.verdict, old.ambiguous) != (new.verdict, new.ambiguous):
            yield f"{new.of} was {_shown(old)} and is {_shown(new)} now"


def _shown(claim: LockedClaim) -> str:
    clock = ", its clocks disagreeing" if claim.ambiguous else ""
    return f"{claim.verdict} ({claim.held} of {claim.trials}{clock})"


def _outcome(entry: LockedVariant) -> str:
    return f"rejected ({entry.rejected})" if entry.rejected else f"keyed {', '.join(entry.key)}"


def _name(item: str, variant: str) -> str:
    return " ".join(filter(None, [item, variant]))
