"""`lrquiz bank lock`: keep what every variant of a bank was proved to be, beside its items."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import (
    TrialCount,
    allow_local_option,
    bank_folder,
    bank_option,
    data_root_option,
    fresh_option,
    json_option,
    people,
    print_json,
    progress_bar,
    prover,
    require_permissions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lrquiz.model.item import Variant
    from lrquiz.model.verdict import VerifiedVariant


@dataclass(frozen=True, slots=True)
class _Proving:
    """What to prove, and what may be taken from the cache (see `prover`)."""

    variants: Sequence[Variant]
    allow_local: bool
    from_trials: bool
    fresh: bool

    def verified(self, console: Console, count: TrialCount) -> list[VerifiedVariant]:
        """Prove the variants under a progress bar."""
        found = []
        opening = prover(
            count,
            allow_local=self.allow_local,
            from_trials=self.from_trials,
            fresh=self.fresh,
        )
        with opening as prove, progress_bar(console) as bar:
            task = bar.add_task("proving", total=len(self.variants))
            for variant in self.variants:
                bar.update(task, description=f"proving {variant.item.id}")
                found.append(prove(variant))
                bar.advance(task)
        return found


@click.command("lock")
@bank_option
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing into the bank; prove all again from trials, say what differs.",
)
@fresh_option
@data_root_option
@allow_local_option
@json_option
def lock_command(
    bank: Path | None, *, check: bool, fresh: bool, allow_local: bool, as_json: bool
) -> int:
    """Prove every variant of a bank and lock its verdicts.

    Writes verdicts.lock.json and curves/ into the bank; keep them with the items. `generate` needs
    no training while they are fresh. What the cache holds is not done again: proofs whose inputs
    are the same, else single trials.

    With --check no kept proof is taken: every claim is counted again over the trials of all its
    seeds, and the outcome is compared with the lock. Trials that the cache holds are not trained
    again, unless --fresh is given too. Exits with 1 when a verdict differs, when inputs changed,
    when curves are not those that were locked, or when a variant is missing or left over. k of n
    may differ between machines.

    With --fresh neither proofs nor trials are taken from the cache: whatever is needed is trained
    in this run, and replaces what the cache holds.
    """
    folder, console = bank_folder(bank), people()
    variants = _variants(folder, allow_local=allow_local)
    proving = _Proving(variants, allow_local=allow_local, from_trials=check, fresh=fresh)
    run = _check if check else _write
    return run(folder, proving, console, as_json=as_json)


def _write(
    folder: Path,
    proving: _Proving,
    console: Console,
    *,
    as_json: bool,
) -> int:
    from lrquiz.verify.lock.entries import curves_of, lock_of
    from lrquiz.verify.lock.file import lock_path, write_lock

    count = TrialCount()
    _refuse_read_only(folder)
    verified = proving.verified(console, count)
    write_lock(folder, lock_of(verified), curves_of(verified))
    rejected = sum(not each.holds for each in verified)
    if as_json:
        values = {"variants": len(verified), "rejected": rejected, "lock": str(lock_path(folder))}
        print_json("lrquiz/locked", values)
    else:
        console.print(f"{len(verified)} variants locked, {rejected} of them rejected: {count}.")
        console.print(f"{lock_path(folder)}")
    return 0


def _check(
    folder: Path,
    proving: _Proving,
    console: Console,
    *,
    as_json: bool,
) -> int:
    from lrquiz.verify.lock.check import differences
    from lrquiz.verify.lock.file import lock_path, read_lock, remedy

    lock, count, variants = read_lock(folder), TrialCount(), len(proving.variants)
    if lock is None:
        found = ["there is no lock"]
    else:
        found = list(differences(folder, lock, proving.verified(console, count)))
    if as_json:
        values = {"lock": str(lock_path(folder)), "variants": variants, "differences": found}
        print_json("lrquiz/lock-check", values)
        return 1 if found else 0
    for sentence in found:
        console.print(sentence)
    console.print(f"{lock_path(folder)}: {_verdict(variants, found)} ({count}).")
    if found:
        console.print(f"If all is as it should be, lock it: {remedy(folder)}")
    return 1 if found else 0


def _verdict(variants: int, found: Sequence[str]) -> str:
    if found:
        return f"differences: {len(found)}"
    return f"all {variants} variants are as locked"


def _variants(folder: Path, *, allow_local: bool) -> list[Variant]:
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.variants import variants_of

    items = load_bank(folder, allow_local=allow_local).select([])
    require_permissions(items, allow_local=allow_local)
    return [each for item in items for each in variants_of(item)]


def _refuse_read_only(folder: Path) -> None:
    """Better to know now than after training."""
    import tempfile

    from lrquiz.resources.files import explained

    with explained(folder, "copy the bank to a folder that you can write to"):
        tempfile.TemporaryFile(dir=folder).close()
