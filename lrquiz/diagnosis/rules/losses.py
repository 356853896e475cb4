"""Mistakes with what a loss is given as scores: probabilities, cut-off scores, the wrong axis."""

from __future__ import annotations

from collections.abc import Callable

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event

_ZEROS = 0.15
"""share of scores that are exactly zero, where a ReLU makes them"""
_POSITIVE = 1e-3
"""above it a number is no logarithm of a probability"""
_CLASSES = ("cross_entropy",)
_LOGITS = ("binary_cross_entropy_with_logits",)
_LOGS = ("nll_loss", "kl_div")


def looked_at(facts: Facts, *names: str) -> dict[int | None, list[Event]]:
    """Return by line the losses of some kinds that were looked at and that gradients followed."""
    found: dict[int | None, list[Event]] = {}
    for each in facts.of_kind("forward"):
        if each.words.get("loss") in names and each.numbers.get("grad"):
            found.setdefault(each.line, []).append(each)
    return {line: events for line, events in found.items() if len(events) >= SETTLED}


def _all(
    facts: Facts, names: tuple[str, ...], holds: Callable[[Event], object]
) -> tuple[Event, ...]:
    """Return the losses of one line if something holds for every one of them."""
    for events in looked_at(facts, *names).values():
        if all(map(holds, events)):
            return tuple(events)
    return ()


def softmax_before_cross_entropy(facts: Facts) -> Finding | None:
    """L1: every row of scores that cross_entropy was given is not negative and sums to one.

    Logarithms of probabilities are harmless there; probabilities as targets, and a softmax
    elsewhere in the net, are lawful.
    """
    events = _all(facts, _CLASSES, lambda each: each.numbers.get("rows_sum_to_one"))
    if not events:
        return None
    classes = events[0].numbers["columns"]
    return finding(
        "L1",
        "Softmax is applied before cross-entropy",
        line_of(events),
        evidence=f"in all {len(events)} batches that were looked at, each row of scores was not "
        "negative and summed to 1",
        why="cross_entropy applies log_softmax itself; of probabilities it cannot fall to zero, "
        "and its gradients are weak.",
        change="Give the loss the raw scores; apply softmax only to show probabilities.",
        looked_at=len(events),
        classes=classes,
    )


def sigmoid_before_logits(facts: Facts) -> Finding | None:
    """L2: the scores for binary_cross_entropy_with_logits come from a sigmoid or softmax.

    Raw scores that happen to lie between 0 and 1 come from another operation.
    """
    events = _all(
        facts,
        _LOGITS,
        lambda each: (
            each.words.get("from") in {"Sigmoid", "Softmax"}
            and each.numbers["lowest"] >= 0
            and each.numbers["highest"] <= 1
        ),
    )
    if not events:
        return None
    highest = max(each.numbers["highest"] for each in events)
    return finding(
        "L2",
        "Sigmoid is applied before a loss that has one",
        line_of(events),
        evidence=f"in all {len(events)} batches that were looked at, the scores came from a "
        f"sigmoid and lay between 0 and 1 (highest {highest:.2f})",
        why="The loss applies a sigmoid itself; after two, a positive costs 0.31 at least and a "
        "negative 0.69.",
        change="Give the loss the raw scores, or use binary_cross_entropy (BCELoss).",
        looked_at=len(events),
    )


def no_logarithm_before_nll(facts: Facts) -> Finding | None:
    """L3: what nll_loss (or kl_div) takes for logarithms of probabilities are none.

    They are probabilities (rows that sum to one), or some are positive; in no batch do their
    exponentials sum to one, by rows or, which is another mistake, by columns.
    """

    def is_none(each: Event) -> bool:
        numbers = each.numbers
        logs = numbers.get("exp_sums_to_one") or numbers.get("exp_columns_sum_to_one")
        high = numbers.get("highest", 0.0) > _POSITIVE and each.words.get("loss") == "nll_loss"
        return not logs and bool(numbers.get("rows_sum_to_one") or high)

    events = _all(facts, _LOGS, is_none)
    if not events:
        return None
    highest = max(each.numbers["highest"] for each in events)
    return finding(
        "L3",
        "The loss is given no logarithms of probabilities",
        line_of(events),
        evidence=f"in all {len(events)} batches that were looked at; the highest number was "
        f"{highest:.3g}, and the loss {events[-1].numbers['loss']:.3g}",
        why="This loss expects log-probabilities; of anything else it can fall without end or has "
        "weak gradients, and its value means nothing.",
        change="Give it log_softmax of the scores, or use cross_entropy with the raw scores.",
        looked_at=len(events),
        highest=highest,
    )


def relu_on_scores(facts: Facts) -> Finding | None:
    """L5: the scores of a classification come from a ReLU, and many are exactly zero.

    A ReLU before a regression's loss is lawful: prices are not negative.
    """
    events = _all(facts, _CLASSES + _LOGITS, lambda each: each.words.get("from") == "Relu")
    zeros = [each.numbers["zeros"] for each in events if "zeros" in each.numbers]
    if not zeros or sorted(zeros)[len(zeros) // 2] < _ZEROS:
        return None
    share = sum(zeros) / len(zeros)
    return finding(
        "L5",
        "A ReLU cuts off the scores",
        line_of(events),
        evidence=f"{share:.0%} of the scores were exactly zero in {len(events)} batches that were "
        "looked at",
        why="Scores have to be negative too; those that the ReLU cut get no gradient.",
        change="Leave the last layer without an activation.",
        looked_at=len(events),
        share=share,
    )


def softmax_over_the_batch(facts: Facts) -> Finding | None:
    """L7: probabilities sum to one over the batch, not over the classes, in every batch.

    Shown by what cross_entropy, nll_loss or kl_div is given, with two rows or more.
    """

    def is_over_rows(each: Event) -> bool:
        numbers = each.numbers
        rows = numbers.get("rows_sum_to_one") or numbers.get("exp_sums_to_one")
        columns = numbers.get("columns_sum_to_one") or numbers.get("exp_columns_sum_to_one")
        return bool(columns) and not rows and numbers["rows"] > 1

    events = _all(facts, _CLASSES + _LOGS, is_over_rows)
    if not events:
        return None
    rows = events[0].numbers["rows"]
    return finding(
        "L7",
        "Softmax runs over the batch",
        line_of(events),
        evidence=f"in all {len(events)} batches that were looked at, the probabilities of each "
        f"class summed to 1 over the {rows:g} rows, not those of each row over the classes",
        why="All rows of a batch share one probability, so no row can be sure of its class.",
        change="Use dim=1 (or dim=-1) in softmax or log_softmax.",
        looked_at=len(events),
        rows=rows,
    )
