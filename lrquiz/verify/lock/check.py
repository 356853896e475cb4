"""What a lock says against what was just proved, each difference as one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lrquiz.model.verdict import VerifiedVariant
from lrquiz.verify.lock.entries import (
    Lock,
    LockedClaim,
    LockedCurves,
    LockedVariant,
    lock_of,
    why_stale,
)
from lrquiz.verify.lock.file import left_over_curves, read_curves
from lrquiz.verify.lock.seals import digest_of_curves
from lrquiz.verify.valuing import is_accepted


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
    yield from _value(before, now, each)
    if not stale and _accepted(before) != _accepted(now):
        yield "other orders train as the reference now than when it was locked"
    if not stale and each.proof is not None:
        yield from _curves(before, read_curves(bank, each.variant.item.id).get(each.variant.name))


def _curves(before: LockedVariant, curves: LockedCurves | None) -> Iterator[str]:
    """Compare what is drawn with what was locked; what is proved now may differ in last digits."""
    if curves is None or curves.inputs != before.inputs:
        yield "its curves are missing or of other inputs"
    elif digest_of_curves(curves.quantity, curves.lines) != before.curves:
        yield "its curves are not those that were locked"


def _claims(before: LockedVariant, now: LockedVariant) -> Iterator[str]:
    """Compare claims in their order where inputs agree, else those that are still there."""
    if before.inputs == now.inputs and len(before.claims) == len(now.claims):
        pairs = list(zip(before.claims, now.claims, strict=True))
    else:
        known = {each.of: each for each in before.claims}
        pairs = [(known[each.of], each) for each in now.claims if each.of in known]
    for old, new in pairs:
        if (old.verdict, old.ambiguous) != (new.verdict, new.ambiguous):
            yield f"{new.of} was {_shown(old)} and is {_shown(new)} now"


def _value(before: LockedVariant, now: LockedVariant, each: VerifiedVariant) -> Iterator[str]:
    """Compare what was measured; it may differ between machines by less than responses may."""
    if each.variant.value is None or not (before.measured and now.measured):
        return
    old, new = before.measured[0].median, now.measured[0].median
    alike = old == new or (
        old is not None and new is not None and is_accepted(old, new, each.variant.value.tolerance)
    )
    if not alike:
        yield f"its value was {old} and is {new} now"


def _accepted(entry: LockedVariant) -> set[str]:
    """Return the orders that hold; how the others go wrong may differ between machines."""
    return {order for group in entry.orders if group.holds for order in group.orders}


def _shown(claim: LockedClaim) -> str:
    clock = ", its clocks disagreeing" if claim.ambiguous else ""
    return f"{claim.verdict} ({claim.held} of {claim.trials}{clock})"


def _outcome(entry: LockedVariant) -> str:
    if entry.rejected:
        return f"rejected ({entry.rejected})"
    return f"keyed {', '.join(entry.key)}" if entry.key else "accepted"


def _name(item: str, variant: str) -> str:
    return " ".join(filter(None, [item, variant]))
