"""`lrquiz bank audit`: change items and experiments, and require verification to notice."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import (
    TrialCount,
    allow_local_option,
    bank_folder,
    bank_option,
    data_root_option,
    json_option,
    laboratory,
    people,
    print_json,
    progress_bar,
    proof_store,
    require_permissions,
)

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from lrquiz.model.item import Item
    from lrquiz.verify.audit.outcomes import ItemAudit
    from lrquiz.verify.lock.entries import Lock


@click.command("audit")
@click.argument("items", nargs=-1, metavar="[ITEM]...")
@bank_option
@data_root_option
@allow_local_option
@json_option
def audit_command(
    items: tuple[str, ...], bank: Path | None, *, allow_local: bool, as_json: bool
) -> int:
    """Change items and experiments, and require verification to notice.

    Mutants are made from each item's first variant alone. In items, claims are exchanged, epochs
    and clocks shifted, predicates negated, premises deleted, while all words stay. In experiments,
    other rates and schedules are trained than the arms say, and calls such as backward() are
    dropped from the loop, while the item stays; these are looked at on 64 seeds, and a claim that
    is undecided by then counts as noticed.

    A mutant that verifies with the key of its item has survived. It is argued for only where the
    program finds that nothing was changed; that all the claims read is the same to the last bit; or
    that no text shows the changed setting, neither in figures nor in words. A dropped call is never
    argued for in the last way. One that verifies with another key, or lacks a premise, is noticed
    only by the lock of the bank, and is told as such; without a lock that shows it, it has survived
    too. What the evidence itself gives away, as a run that began with another rate than its arm
    says, is counted apart: it says nothing of the items.

    Exits with 1 when a mutant survived that nothing argues for, or when an item itself is rejected.
    Places, lengths and absolute words of the keys are told as well, over all items audited.
    """
    from lrquiz.cli.audit_text import lines_of
    from lrquiz.cli.verify import find_items
    from lrquiz.verify.lock.file import read_lock

    console, count, start = people(), TrialCount(), time.monotonic()
    folder = bank_folder(bank)
    found = find_items(items, folder, allow_local=allow_local)
    audits = _audit_all(found, read_lock(folder), console, count, allow_local=allow_local)
    if as_json:
        print_json("lrquiz/audit", _document(audits, count, time.monotonic() - start))
    else:
        for line in lines_of(audits):
            console.print(line)
        console.print(f"{len(audits)} items in {time.monotonic() - start:.1f} s: {count}.")
    return 0 if all(each.is_clean for each in audits) else 1


def _audit_all(
    items: Sequence[Item],
    lock: Lock | None,
    console: Console,
    count: TrialCount,
    *,
    allow_local: bool,
) -> list[ItemAudit]:
    """Audit items under a progress bar that counts mutants."""
    from lrquiz.verify.audit.audit import audit, plan, total

    plans, audits, proofs = [plan(item) for item in items], [], proof_store(count)
    require_permissions(items, allow_local=allow_local)
    with laboratory(count, allow_local=allow_local) as opened, progress_bar(console) as bar:
        task = bar.add_task("auditing", total=total(plans))
        for each in plans:
            count.changed = partial(_say, bar, task, each.variant.item.id, count)
            audits.append(audit(each, opened, proofs, lock, partial(bar.advance, task)))
    return audits


def _say(bar: Progress, task: TaskID, name: str, count: TrialCount) -> None:
    bar.update(task, description=f"auditing {name}, {count.trained} trials trained")


def _document(audits: Sequence[ItemAudit], count: TrialCount, seconds: float) -> dict[str, Any]:
    from dataclasses import asdict

    from lrquiz.bank.giveaways import giveaways
    from lrquiz.verify.audit.outcomes import tally

    counted = tally(outcome for each in audits for outcome in each.outcomes)
    return {
        "seconds": round(seconds, 3),
        "trials": {"trained": count.trained, "kept": count.kept},
        "mutants": {
            **asdict(counted),
            "kill_rate": round(counted.kill_rate, 6),
            "items_kill_rate": round(counted.items_kill_rate, 6),
        },
        "items": [_item(each) for each in audits],
        "keys": asdict(giveaways([each.keyed for each in audits])),
    }


def _item(audit: ItemAudit) -> dict[str, Any]:
    rejection = audit.rejection
    return {
        "item": audit.variant.item.id,
        "file": audit.variant.item.path,
        "variant": audit.variant.name,
        "key": list(audit.key),
        "rejection": rejection and {"code": str(rejection.code), "reason": rejection.reason},
        "mutants": [
            {
                "kind": str(each.kind),
                "what": each.what,
                "fate": str(each.fate),
                "by": each.by,
                "reason": each.reason,
                "argument": each.argument and str(each.argument),
            }
            for each in audit.outcomes
        ],
    }
