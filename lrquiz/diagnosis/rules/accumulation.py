"""Mistakes with accumulating gradients over several batches: not divided, or not to the end."""

from __future__ import annotations

import statistics
from itertools import pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.windows import Window

_UNDIVIDED = 0.6
_ADAPTIVE = ("Adam", "RMSprop", "Adagrad", "Adadelta", "Rprop", "NAdam", "RAdam", "Lion", "Adamax")
_FALLEN = 0.9


def accumulation_is_not_divided(facts: Facts) -> Finding | None:
    """G10: gradients of k batches were added up for each step, of means that nobody divided by k.

    Sums over a batch are meant to add up; several losses of one forward, or of different lines,
    are terms of one loss. It is advice where training went well, for the rate may be meant so.
    """
    for optimizer, thing in facts.optimizers.items():
        windows = [each for each in facts.close_windows(optimizer) if each.backwards]
        added = [each for each in windows if _adds_means(facts, each)]
        if len(added) < SETTLED or len(added) < len(windows):
            continue
        calls = round(statistics.median(len(each.backwards) for each in added))
        harmful = not thing.name.startswith(_ADAPTIVE) and not facts.loss_fell(_FALLEN)
        return finding(
            "G10",
            "Accumulated gradients are not divided",
            line_of([event for each in added for event in each.backwards]),
            evidence=f"backward() ran {calls} times per step on mean losses that were not divided "
            f"by {calls}, in all {len(added)} steps that were looked at",
            why=f"Gradients add up, so each step is about {calls} times as large as the rate says.",
            change=f"Divide the loss by the number of batches per step, here {calls}, before "
            "backward().",
            severity=ERROR if harmful else ADVICE,
            backwards_per_step=calls,
        )
    return None


def _adds_means(facts: Facts, window: Window) -> bool:
    """Say whether a window adds gradients of undivided mean losses, each of its own forward."""
    backwards = window.backwards
    if len(backwards) < 2 or len({each.line for each in backwards}) > 1:
        return False
    scale = max((each.numbers.get("scale", 1.0) for each in window.of_kind("scale")), default=1.0)
    means = all(
        each.numbers.get("mean") and each.numbers.get("factor", 0.0) / scale > _UNDIVIDED
        for each in backwards
    )
    alike = len({each.numbers.get("reached_sum") for each in backwards}) == 1
    added = all(window.found_gradients(each) for each in backwards[1:])
    return means and alike and added and (not facts.models or _own_forwards(window))


def _own_forwards(window: Window) -> bool:
    """Say whether a model was called between any two `backward` of a window."""
    places = [window.events.index(each) for each in window.backwards]
    return all(
        any(each.kind == "module" and each.numbers.get("grad") for each in window.events[one:two])
        for one, two in pairwise(places)
    )


def last_batches_are_lost(facts: Facts) -> Finding | None:
    """G11: steps come after every k-th batch, and what is over at an epoch's end goes wrong.

    Either it is cleared unused, or it is carried into the next epoch's first step, which is larger.
    Windows that run on over the ends of epochs are all of one size.
    """
    for optimizer in facts.optimizers:
        windows = [each for each in facts.windows.get(optimizer, ()) if each.backwards]
        sizes = [len(each.backwards) for each in windows]
        if len(sizes) < SETTLED or (usual := min(sizes)) < 2:
            continue
        odd = [each for each in windows if len(each.backwards) != usual]
        left = {len(each.backwards) - usual for each in odd}
        if len(odd) < 2 or len(left) != 1 or not 0 < max(left) < usual:
            continue
        dropped = [each for each in odd if _is_cleared_within(facts, each)]
        if len(dropped) in {0, len(odd)} and len(odd) <= 0.7 * len(sizes):
            return _lost(windows, odd, max(left), dropped=bool(dropped))
    return None


def _is_cleared_within(facts: Facts, window: Window) -> bool:
    start, end = (window.events.index(window.backwards[each]) for each in (0, -1))
    found = [window.found_gradients(each) for each in window.backwards[1:]]
    by_call = any(facts.clears(each, window.optimizer) for each in window.events[start:end])
    return by_call or (window.is_whole and not all(found))


def _lost(windows: list[Window], odd: list[Window], left: int, *, dropped: bool) -> Finding:
    usual = min(len(each.backwards) for each in windows)
    what = "cleared unused" if dropped else "added to the first step of the next epoch"
    return finding(
        "G11",
        "The last batches of an epoch are left over",
        line_of([each.step for each in windows]),
        evidence=f"a step came after every {usual} backward(), but {len(odd)} times the gradients "
        f"of {left} batches were over and were {what}",
        why="The number of batches is no multiple of the window, so the last window is not full.",
        change="Step once more at the end of the epoch if batches are left, or choose a window "
        "that divides their number.",
        severity=ADVICE,
        window=usual,
        left_over=left,
    )
