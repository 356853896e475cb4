"""Mistakes with what a loss compares scores with: shapes, values, and whose targets they are."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, Finding, finding
from lrquiz.diagnosis.rules.losses import looked_at
from lrquiz.model.trace import Event

_REGRESSIONS = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
_BINARY = ("binary_cross_entropy_with_logits", "binary_cross_entropy")
_OUTSIDE = 0.01
_SEEN_AGAIN, _MOST_CLASSES = 8, 20


def shapes_broadcast(facts: Facts) -> Finding | None:
    """L4: a column of N scores met a row of N targets, and the loss is over N x N pairs.

    Shown by the shapes that a loss of torch was given, both of which grew; or by a difference in
    the graph whose one side is constant. Targets that spread over several outputs on purpose do
    not make the scores grow.
    """
    for events in looked_at(facts, *_REGRESSIONS).values():
        if all(_both_grow(each) for each in events):
            first = events[0].numbers
            return _broadcast(events, first["elements"], first["pairs"])
    widened = [each for each in facts.of_kind("backward") if each.numbers.get("widened")]
    if len(widened) < SETTLED or len(widened) < len(facts.sampled("backward", "widened")) / 2:
        return None
    rows = widened[0].numbers["widened"]
    return _broadcast(_calls_before(facts, widened) or widened, rows, rows * rows)


def _both_grow(each: Event) -> bool:
    numbers = each.numbers
    return numbers["pairs"] > max(numbers["elements"], numbers["targets"])


def _calls_before(facts: Facts, backwards: list[Event]) -> list[Event]:
    """Return the last call of a model before each `backward`: its loss is computed near there."""
    wanted, found, last = set(map(id, backwards)), [], None
    for event in facts.trace.events:
        last = event if event.kind == "module" else last
        if id(event) in wanted and last is not None:
            found.append(last)
    return found


def _broadcast(events: list[Event], scores: float, pairs: float) -> Finding:
    return finding(
        "L4",
        "The loss broadcasts scores against targets",
        line_of(events),
        evidence=f"{scores:g} scores and as many targets became {pairs:g} pairs, in all "
        f"{len(events)} batches that were looked at",
        why="Shapes (N, 1) and (N,) make N x N pairs: each score is compared with every target, so "
        "only their mean is learned.",
        change="Give both the same shape: scores.squeeze(1), or targets.unsqueeze(1).",
        looked_at=len(events),
        scores=scores,
        pairs=pairs,
    )


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


def targets_are_not_of_the_batch(facts: Facts) -> Finding | None:
    """L10: the same targets in every step, while the inputs change.

    Rows that came again met another target. Targets that are all equal or in order are lawful (a
    GAN's, positions in a batch, domains), and so are the same rows with new noise.
    """
    data = data_of(facts)
    if data is None or data["again"] < _SEEN_AGAIN or data["other"] < data["again"] / 4:
        return None
    inputs = {each.numbers["print"] for each in facts.of_kind("module") if _is_seen(each)}
    for events in looked_at(facts, "cross_entropy", "nll_loss", *_REGRESSIONS, *_BINARY).values():
        seen = {each.numbers["target_print"] for each in events}
        if len(seen) == 1 and len(inputs) > SETTLED and _are_mixed(events[0]):
            return finding(
                "L10",
                "The loss compares with targets of another batch",
                line_of(events),
                evidence=f"the targets were the same in all {len(events)} batches that were looked "
                f"at, the inputs were not; {data['other']:.0f} of {data['again']:.0f} rows that "
                "came again met another target",
                why="Inputs and targets belong to different rows, so there is nothing to learn.",
                change="Use the targets that came with the inputs of the same batch.",
                looked_at=len(events),
            )
    return None


def _is_seen(call: Event) -> bool:
    return bool(call.numbers.get("grad")) and "print" in call.numbers


def _are_mixed(loss: Event) -> bool:
    numbers = loss.numbers
    differ = numbers.get("target_low") != numbers.get("target_high")
    positions = numbers.get("whole_labels") and numbers["labels"] > numbers["rows"] / 2
    return differ and not numbers.get("in_order") and not positions


def data_of(facts: Facts) -> dict[str, float] | None:
    """Return what was counted of the rows that came again."""
    told = [each.numbers for each in facts.things("data").values()]
    return dict(told[0]) if told else None

