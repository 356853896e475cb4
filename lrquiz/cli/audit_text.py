"""What an audit found, as lines for people; imported only when there is something to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lrquiz.bank.giveaways import Giveaways, giveaways
from lrquiz.verify.audit.outcomes import Fate, ItemAudit, Outcome, tally

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


def lines_of(audits: Sequence[ItemAudit]) -> Iterator[str]:
    """Yield what was found: a table for each item, then the bank as a whole."""
    for each in audits:
        yield from _of_item(each)
    yield _sum([outcome for each in audits for outcome in each.outcomes])
    yield from _of_keys(giveaways([each.keyed for each in audits]))


def _of_item(audit: ItemAudit) -> Iterator[str]:
    name = " ".join(filter(None, [audit.variant.item.id, audit.variant.name]))
    if audit.rejection is not None:
        yield f"{name}\n  not audited, it is rejected: {audit.rejection.code}"
        yield f"  {audit.rejection.reason}"
        return
    yield f"{name}, key {', '.join(audit.key)}" if audit.key else name
    yield f"  {'':29} {'made':>5} {'killed':>7}  by"
    for kind in dict.fromkeys(each.kind for each in audit.outcomes):
        alike = [each for each in audit.outcomes if each.kind is kind]
        killed = [each for each in alike if each.fate is not Fate.SURVIVED]
        yield f"  {kind:29} {len(alike):5} {len(killed):7}  {_by(killed)}".rstrip()
    for each in audit.outcomes:
        if each.fate is not Fate.KILLED:
            told = f", argued ({each.argument})" if each.argument else ""
            yield f"  {each.fate}{told}: {each.kind}, {each.what}: {each.reason}"
    yield ""


def _by(killed: Sequence[Outcome]) -> str:
    """Return what noticed mutants, and how often."""
    return ", ".join(f"{name} {times}" for name, times in Counter(e.by for e in killed).items())


def _sum(outcomes: Sequence[Outcome]) -> str:
    counted = tally(outcomes)
    return (
        f"{counted.made} mutants: {counted.killed} killed by verification, of which "
        f"{counted.by_evidence} by what the evidence itself says of its arm; "
        f"{counted.lock_only} by the lock only, {counted.argued} survived and argued for, "
        f"{counted.open} survived with "
        f"nothing for them; kill rate {100 * counted.kill_rate:.1f} % of those not argued for, and "
        f"{100 * counted.items_kill_rate:.1f} % without those that the evidence itself gave away"
    )


def _of_keys(found: Giveaways) -> Iterator[str]:
    if not found.items:
        return
    places = [f"{name} {keys}" for name, keys in zip(_ORDINALS, found.places, strict=False)]
    yield f"places of the keys in the files: {', '.join(places)}"
    for place in found.overused:
        yield f"  the {_ORDINALS[place - 1]} place is overused: move some keys (rule 20)"
    yield (
        f"length: the key is longest in {found.longest} of {found.items} items, on average "
        f"{found.mean_ratio:.2f} times as long as its distractors"
    )
    for item in found.far_longer:
        yield f"  {item}: its key stands out by its length (rule 24)"
    for name, words in (
        ("keys", found.absolute_in_keys),
        ("distractors", found.absolute_in_distractors),
    ):
        told = ", ".join(f"{word} {times}" for word, times in words.items())
        yield f"absolute words in {name}: {told or 'none'}"
