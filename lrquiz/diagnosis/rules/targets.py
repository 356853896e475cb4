"""Mistakes with what a loss compares scores with: shapes, values, and whose targets they are."""

from __future__ import annotations

import statistics

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.rules.losses import looked_at
from lrquiz.model.trace import Event

_REGRESSIONS = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
_BINARY = ("binary_cross_entropy_with_logits", "binary_cross_entropy")
_OUTSIDE = 0.01
_SEEN_AGAIN, _MOST_CLASSES = 8, 20
_CHANCE, _MANY_CLASSES = 0.95, 0.95


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


def is_at_chance(facts: Facts) -> bool:
    """Say whether a cross-entropy ended no lower than the shares of the classes alone allow."""
    data, events = data_of(facts), looked_at(facts, "cross_entropy", "nll_loss")
    losses = facts.losses
    if data is None or not losses or not events or data["at_random"] > _MANY_CLASSES:
        return False
    last = losses[-(len(losses) // 3 or 1) :]
    return not statistics.fmean(last) < _CHANCE * data["entropy"]
