"""What an epoch of a recorded run shows, in words that its numbers bear out.

Every sentence is made from numbers of the table it stands in. None is a number that was not finite.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from lrquiz.resources.texts import said

Column = Sequence[float | None]

_SAME_RATE = 1e-9  # relative; schedulers multiply floats


def observations(
    losses: Column, accuracies: Column, rates: Column, rates_after: Column
) -> tuple[tuple[str, ...], ...]:
    """Return for every epoch what its row shows beside the rows above it.

    Args:
        losses: mean training loss of each epoch.
        accuracies: share of held-out rows that are classified correctly after each epoch, 0 to 1.
        rates: learning rate at the start of each epoch.
        rates_after: learning rate after the scheduler's step at the end of each epoch.
    """
    return tuple(
        (
            *_about_loss(losses, epoch),
            *_about_accuracy(accuracies, epoch),
            *_about_rate(rates, epoch),
            *(_about_what_follows(rates, rates_after) if epoch == len(losses) - 1 else ()),
        )
        for epoch in range(len(losses))
    )


def _about_loss(losses: Column, epoch: int) -> list[str]:
    now, earlier = losses[epoch], losses[:epoch]
    if now is None:
        return [said("the loss is not a finite number")]
    if not earlier:
        return [said("first epoch: nothing to compare with")]
    before = earlier[-1]
    if before is None:
        return [said("the loss is a finite number again")]
    known = [each for each in earlier if each is not None]
    is_lowest_again = now < min(known) and before > min(known)
    lowest = [said("lowest loss so far")] if is_lowest_again else []
    return [_change(before, now), *lowest]


def _change(before: float, now: float) -> str:
    """Return how the loss changed, in whole per cent of what it was."""
    if now == before:
        return said("loss unchanged")
    falls = now < before
    share = 100 * abs(now - before) / abs(before) if before else math.inf
    if not math.isfinite(share):
        return said("loss fell from zero") if falls else said("loss rose from zero")
    size = said("%(share)s %%", share=f"{share:.0f}") if share >= 1 else said("less than 1 %%")
    return (
        said("loss fell by %(size)s", size=size)
        if falls
        else said("loss rose by %(size)s", size=size)
    )


def _about_accuracy(accuracies: Column, epoch: int) -> list[str]:
    now, earlier = accuracies[epoch], accuracies[:epoch]
    if not earlier or now is None or earlier[-1] is None:
        return []
    points = 100 * (now - earlier[-1])
    if points == 0:
        return [said("accuracy unchanged")]
    is_small = abs(points) < 0.05
    size = f"{abs(points):.1f}"
    shown = said("less than 0.1 points") if is_small else said("%(share)s points", share=size)
    if points > 0:
        return [said("accuracy rose by %(size)s", size=shown)]
    return [said("accuracy fell by %(size)s", size=shown)]


def _about_rate(rates: Column, epoch: int) -> list[str]:
    now = rates[epoch]
    before = rates[epoch - 1] if epoch else now
    if now is None or before is None or _is_same(now, before):
        return []
    return [_rate_change(before, now)]


def _rate_change(before: float, now: float) -> str:
    shown = f"{now:g}"
    if _is_same(now, 0.5 * before):
        return said("rate halved: this epoch trains with %(now)s", now=shown)
    if _is_same(now, 2.0 * before):
        return said("rate doubled: this epoch trains with %(now)s", now=shown)
    if _is_same(now, 0.1 * before):
        return said("rate divided by ten: this epoch trains with %(now)s", now=shown)
    if now < before:
        return said("rate lowered: this epoch trains with %(now)s", now=shown)
    return said("rate raised: this epoch trains with %(now)s", now=shown)


def _about_what_follows(rates: Column, rates_after: Column) -> list[str]:
    """A rate that is set after the last epoch trains nothing, and is easily taken for one used."""
    last, after = rates[-1], rates_after[-1]
    if last is None or after is None or _is_same(last, after):
        return []
    return [said("the scheduler then sets %(after)s, which no epoch uses", after=f"{after:g}")]


def _is_same(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_SAME_RATE)
