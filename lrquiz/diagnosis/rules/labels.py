"""Mistakes with labels that do not fit their loss."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, Finding, finding
from lrquiz.diagnosis.rules.losses import looked_at
from lrquiz.model.trace import Event

_BINARY = ("binary_cross_entropy_with_logits", "binary_cross_entropy")
_OUTSIDE = 0.01
_MOST_CLASSES = 20


def classes_do_not_fit_the_loss(facts: Facts) -> Finding | None:
    """L8: cross_entropy has one column of scores only, or a binary loss has targets below 0.

    The softmax of one score is 1, so that loss is 0 always. Probabilities, one-hot and smoothed
    targets lie between 0 and 1.
    """
    for events in looked_at(facts, "cross_entropy").values():
        if all(each.numbers["columns"] == 1 and each.numbers["dims"] > 1 for each in events):
            return _one_column(events)
    for events in looked_at(facts, *_BINARY).values():
        low, high = _range(events)
        if (low < -_OUTSIDE or high > 1 + _OUTSIDE) and not _are_classes(events, low):
            return finding(
                "L8",
                "The targets are no 0 and 1",
                line_of(events),
                evidence=f"in {len(events)} batches that were looked at, they went from {low:g} to "
                f"{high:g}",
                why="A binary cross-entropy of other targets can fall without end.",
                change="Map the labels to 0.0 and 1.0.",
                low=low,
                high=high,
            )
    return None


def _one_column(events: list[Event]) -> Finding:
    return finding(
        "L8",
        "Cross-entropy has one score per row",
        line_of(events),
        evidence=f"scores had 1 column in all {len(events)} batches that were looked at; the loss "
        f"was {events[-1].numbers['loss']:.3g}",
        why="The softmax of a single score is always 1, so the loss and its gradients are zero or "
        "say nothing.",
        change="Use two outputs and class indices, or binary_cross_entropy_with_logits.",
        looked_at=len(events),
    )


def _range(events: list[Event]) -> tuple[float, float]:
    lows = [each.numbers["target_low"] for each in events if "target_low" in each.numbers]
    highs = [each.numbers["target_high"] for each in events if "target_high" in each.numbers]
    return min(lows, default=0.0), max(highs, default=1.0)


def _are_classes(events: list[Event], low: float) -> bool:
    several = max(each.numbers.get("labels", 0.0) for each in events) > 2
    whole = all(each.numbers.get("whole_labels") for each in events)
    return low >= 0 and several and whole


def binary_loss_on_classes(facts: Facts) -> Finding | None:
    """L11: a binary cross-entropy is given numbers of three classes or more as its targets.

    Several labels per row are columns of 0 and 1. A squared error on numbers of classes is lawful.
    """
    for events in looked_at(facts, *_BINARY).values():
        low, high = _range(events)
        if high > 1 + _OUTSIDE and _are_classes(events, low):
            return finding(
                "L11",
                "A binary loss is given numbers of classes",
                line_of(events),
                evidence=f"targets were whole numbers from {low:g} to {high:g} in "
                f"{len(events)} batches that were looked at",
                why="Of a target above 1 this loss falls without end.",
                change="Use one output per class and cross_entropy, with numbers of classes.",
                low=low,
                high=high,
            )
    return None


def distance_between_classes(facts: Facts) -> Finding | None:
    """L11, advice: a squared or absolute error on few whole numbers from 0 on, one per row.

    They may be numbers of classes, whose order means nothing, or counts and grades, which is
    lawful.
    """
    for events in looked_at(facts, "mse_loss", "l1_loss").values():
        low, high = _range(events)
        whole = all(each.numbers.get("whole_labels") for each in events)
        if whole and low == 0 and 2 <= high <= _MOST_CLASSES and all(_same(e) for e in events):
            return finding(
                "L11",
                "A distance is taken between numbers of classes",
                line_of(events),
                severity=ADVICE,
                evidence=f"targets were whole numbers from {low:g} to {high:g} in "
                f"{len(events)} batches that were looked at",
                why="If they are classes, class 2 is no nearer to class 1 than class 0 is.",
                change="For classes use one output per class and cross_entropy.",
                low=low,
                high=high,
            )
    return None


def _same(each: Event) -> bool:
    return bool(each.numbers.get("same_shape"))
