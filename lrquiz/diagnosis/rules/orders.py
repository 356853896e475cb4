"""Mistakes with the order of rows: class after class, or the same in every epoch."""

from __future__ import annotations

from lrquiz.diagnosis.calls import switches
from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding

_PURE, _MOSTLY = 0.9, 0.8
_FEW_ROWS, _ROWS = 4, 20


def batches_of_one_class(facts: Facts) -> Finding | None:
    """D1: batch after batch holds one class, then another, and the classes come round again.

    A rare class makes pure batches of the other one only; a GAN's targets change in every step; a
    series in order of time has mixed batches.
    """
    seen = [each for each in facts.of_kind("labels") if each.numbers.get("rows", 0) >= _FEW_ROWS]
    line = line_of(seen)
    seen = [each for each in seen if each.line == line]
    pure = [each.numbers["label"] for each in seen if each.numbers["same"] >= _PURE]
    changes = switches(list(pure))
    if len(seen) < 2 * SETTLED or len(pure) < _MOSTLY * len(seen) or changes < 2:
        return None
    if max(map(pure.count, pure)) > _PURE * len(pure) or _alternates(facts, line):
        return None
    return finding(
        "D1",
        "Each batch holds one class",
        _line_of_order(facts) or line,
        evidence=f"in {len(pure)} of {len(seen)} batches that were looked at, nine of ten targets "
        f"or more were the same; it was another class {changes} times",
        why="The net is pulled to one class after the other and forgets the last.",
        change="Shuffle the rows in each epoch: shuffle=True, or a new torch.randperm.",
        batches=len(seen),
        pure=len(pure),
    )


def _alternates(facts: Facts, line: int | None) -> bool:
    """Say whether the class changes with nearly every loss, as a GAN's real and fake do."""
    close = [
        each.numbers["label"]
        for each in facts.of_kind("forward")
        if each.line == line and each.numbers.get("grad") and "label" in each.numbers
    ]
    return switches(list(close)) > len(close) / 2


def _line_of_order(facts: Facts) -> int | None:
    """Return where the loader was made whose order is that of the rows."""
    used = {each.of for each in facts.of_kind("loader")}
    loaders = [each for n, each in facts.things("loader").items() if n in used]
    plain = [each for each in loaders if not each.numbers.get("shuffled")]
    return plain[0].line if plain else None


def same_order_again(facts: Facts) -> Finding | None:
    """D9: every epoch puts the rows in the very same order, because the generator is seeded anew.

    Three orders or more that follow each other, of one size and line. A generator that the program
    gives to torch.randperm itself is its choice; runs that begin with the same seed differ within.
    """
    stepping = {each.of for each in facts.of_kind("step")}
    orders = [each for each in facts.of_kind("order") if not each.numbers.get("chosen")]
    end = facts.count("step")
    here = [each for each in orders if each.line == orders[-1].line and 0 < each.step < end]
    last = list({each.step: each for each in here}.values())  # a loader draws one more at its end
    if len(last) < SETTLED or len(stepping) > 1 or last[0].numbers["rows"] < _ROWS:
        return None
    if len({each.numbers["print"] for each in last}) > 1:
        return None
    seeds = [each for each in facts.of_kind("seed") if 0 < each.step < end]
    return finding(
        "D9",
        "Every epoch has the same order",
        line_of(seeds) or last[0].line,
        evidence=f"{len(last)} orders of {last[0].numbers['rows']:g} rows, drawn after training "
        "began, were the very same",
        why="The random generator is seeded anew in the loop, so shuffling, noise and dropout "
        "repeat.",
        change="Seed once, before training, or give the part that is to repeat its own generator.",
        orders=len(last),
    )
