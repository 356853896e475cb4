"""What items are drawn from: banks that lie over one another, their locks, and what proves now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.cli.common import TrialCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.bank.overlay import Overlay
    from lrquiz.model.item import Variant
    from lrquiz.model.verdict import VerifiedVariant
    from lrquiz.verify.lock.reliance import LockedBank, LockedBanks


@dataclass(frozen=True, slots=True)
class Wanted:
    """The quiz to make, and where."""

    bank: Path
    out: Path
    seed: int
    blueprint: Path | None = None
    """the bank's own headline by default"""
    only_locked: bool = False
    """train nothing"""
    allow_local: bool = False
    """execute the bank's own Python"""
    behind: tuple[Path, ...] = ()
    """banks that the first lies over, the next in front first"""
    items: tuple[str, ...] = ()
    """exactly these, in place of a blueprint"""
    language: str = "en"
    """of a practice page"""

    @property
    def banks(self) -> tuple[Path, ...]:
        """All banks, the one in front first."""
        return (self.bank, *self.behind)


@dataclass
class Origins:
    """Where the verdicts on the variants that were looked at come from."""

    from_lock: int = 0
    proved_now: int = 0
    trials: TrialCount = field(default_factory=TrialCount)

    def __str__(self) -> str:
        trials = f" ({self.trials})" if self.proved_now else ""
        return f"variants from the lock: {self.from_lock}, proved now: {self.proved_now}{trials}"


def banks_here(chosen: Sequence[Path]) -> tuple[Path, ...]:
    """Return the banks to draw from: those chosen, else the course's over the shipped one.

    Folders of the course that are missing or hold no item yet are passed over.
    """
    from lrquiz.bank.bank import has_items
    from lrquiz.grade.course.folder import find_course
    from lrquiz.resources.locate import shipped_bank

    if chosen:
        return tuple(chosen)
    course = find_course(Path.cwd())
    own = () if course is None else course.banks
    return (*(each for each in own if has_items(each)), shipped_bank())


def locked_bank(wanted: Wanted) -> LockedBank | None:
    """Return the lock of the bank in front to rely on, if there is one.

    Raises:
        BankError: there is none, and nothing else may be used.
    """
    return _locked(wanted.bank, only_locked=wanted.only_locked)


def locked_banks(wanted: Wanted, overlay: Overlay) -> LockedBanks:
    """Return the locks to rely on: for each item, that of the bank it comes from.

    Raises:
        BankError: a bank has none, and nothing else may be used.
    """
    from lrquiz.verify.lock.reliance import LockedBanks

    found: dict[str, LockedBank] = {}
    for bank in reversed(overlay.banks):
        locked = _locked(bank.folder, only_locked=wanted.only_locked)
        for item in bank.items:
            found.pop(item.id, None)
            if locked is not None:
                found[item.id] = locked
    return LockedBanks(found)


def _locked(bank: Path, *, only_locked: bool) -> LockedBank | None:
    from lrquiz.errors import BankError
    from lrquiz.verify.lock.file import lock_path, read_lock, remedy
    from lrquiz.verify.lock.reliance import LockedBank

    lock = read_lock(bank)
    if lock is None and only_locked:
        message = f"there is no lock {lock_path(bank)}; write it: {remedy(bank)}"
        raise BankError(message)
    return None if lock is None else LockedBank(bank, lock)


def lock_first(
    locked: LockedBank | LockedBanks | None,
    origins: Origins,
    prove_now: Callable[[Variant], VerifiedVariant] | None,
) -> Callable[[Variant], VerifiedVariant]:
    """Return what verifies a variant: from the lock, else now, else by calling it stale."""

    def prove(variant: Variant) -> VerifiedVariant:
        known = locked.verified(variant) if locked else None
        if known is not None:
            origins.from_lock += 1
            return known
        if prove_now is None:
            assert locked is not None, "without a lock there is nothing to rely on"
            return locked.stale(variant)
        origins.proved_now += 1
        return prove_now(variant)

    return prove
