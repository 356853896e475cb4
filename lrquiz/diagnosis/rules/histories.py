"""Mistakes with graphs that hang on earlier batches: they grow, or are used twice."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event

_GROWN = 2.5
_LEAST_NODES, _MOST_NODES = 40, 4000
"""operations of a graph that counts; after so many nobody counts on"""
_OF_A_STEP = (0.4, 1.2)
"""of the graph of a loss, what a sum of losses grows by in a step"""


def history_accumulates(facts: Facts) -> Finding | None:
    """A3: a variable holds a graph that grows from step to step.

    A loss that is added up for one `backward` is gone after it; averages of detached values have no
    graph. A sum that begins anew with each epoch grows by the graph of a step from the first looks
    to the next, while the graph of the loss itself stays as it is.
    """
    held: dict[tuple[str, str], list[Event]] = {}
    for event in facts.of_kind("history"):
        where = event.words.get("name", ""), event.words.get("key", "")
        held.setdefault(where, []).append(event)
    for events in held.values():
        sizes = [each.numbers.get("nodes", 0.0) for each in events]
        looks = [(each.step, size) for each, size in zip(events, sizes, strict=True)]
        if _grows(looks) or _adds_up(looks, _nodes_by_step(facts)):
            return finding(
                "A3",
                "The history of all steps is kept",
                line_of(events),
                evidence=f"a variable holds a graph of {sizes[0]:g} operations after "
                f"{events[0].step} steps and of {max(sizes):g} after "
                f"{events[sizes.index(max(sizes))].step}",
                why="A sum of loss tensors keeps every step's graph, so memory grows until it is "
                "used up.",
                change="Add loss.item(), or loss.detach(), to what is only reported.",
                first=sizes[0],
                last=sizes[-1],
            )
    return None


def _nodes_by_step(facts: Facts) -> dict[int, float]:
    """Return how large the graph of the loss was, by the step before which it was looked at."""
    looked = (each for each in facts.of_kind("backward") if "nodes" in each.numbers)
    return {each.step: each.numbers["nodes"] for each in looked}


def _adds_up(looks: list[tuple[int, float]], losses: dict[int, float]) -> bool:
    """Say whether what is held grew by about a loss's graph per step, between the first looks."""
    if len(looks) < SETTLED:
        return False
    (first, least), (second, more) = looks[:2]
    whole = losses.get(first, 0.0)
    if not whole or whole != losses.get(second):
        return False
    return _OF_A_STEP[0] <= (more - least) / (second - first) / whole <= _OF_A_STEP[1]


def graph_grows(facts: Facts) -> Finding | None:
    """A4: each `backward` goes through all earlier batches too, so its graph grows steadily.

    Several losses on one trunk, or second derivatives, retain graphs of the same size. Without
    retain_graph, the second batch ends with an error.
    """
    seen = [each for each in facts.of_kind("backward") if each.numbers.get("nodes")]
    if not _grows([(each.step, each.numbers["nodes"]) for each in seen]):
        seen = _growing_within_a_step(seen)
    if not seen:
        return None
    first, last = seen[0], seen[-1]
    return finding(
        "A4",
        "The graph of each batch hangs on all batches before",
        line_of(seen),
        evidence=f"backward() went through {first.numbers['nodes']:g} operations "
        f"{_after(first, seen)} and through {last.numbers['nodes']:g} {_after(last, seen)}",
        why="A state that is carried from batch to batch carries its graph along, so each step "
        "takes longer and needs more memory than the last.",
        change="Detach the state between batches: state = state.detach().",
        first=first.numbers["nodes"],
        last=last.numbers["nodes"],
    )


def _after(backward: Event, seen: Sequence[Event]) -> str:
    if seen[0].step != seen[-1].step:
        return f"after {backward.step} steps"
    return f"in call {seen.index(backward) + 1} of {len(seen)} before step {backward.step + 1}"


def _growing_within_a_step(seen: Sequence[Event]) -> list[Event]:
    """Return calls of `backward` before one step whose graphs grow, each by the first's size."""
    for _, each in groupby(seen, key=lambda event: event.step):
        calls = list(each)
        sizes = [call.numbers["nodes"] for call in calls]
        grown = all(
            size >= min(0.8 * (i + 1) * sizes[0], _MOST_NODES) for i, size in enumerate(sizes)
        )
        if len(calls) > SETTLED and grown and all(call.numbers.get("retain") for call in calls):
            return calls
    return []


def carried_state_crashes(facts: Facts) -> Finding | None:
    """A4 and G15: `backward` ended the program, since the graph had been used before.

    With retain_graph=True it is not freed, but steps have changed the weights that it holds. Where
    a model was called between the two, its new loss hangs on an old graph by what was carried
    over (A4); else it is the same loss again (G15).
    """
    stopped = facts.trace.stopped or ""
    retained = any(each.numbers.get("retain") for each in facts.of_kind("backward"))
    changed = retained and "modified by an inplace operation" in stopped
    if not changed and "backward through the graph a second time" not in stopped:
        return None
    places = [i for i, each in enumerate(facts.trace.events) if each.kind == "backward"]
    if len(places) < 2:
        return None
    between = facts.trace.events[places[-2] : places[-1]]
    carried = any(each.kind in {"module", "forward"} for each in between)
    return finding(
        "A4" if carried else "G15",
        "A state carries the graph of the batch before"
        if carried
        else "backward() is called twice for one loss",
        facts.trace.events[places[-1]].line,
        evidence=f"backward() number {len(places)} met a graph that an earlier one had used",
        why="backward() frees the graph it has used.",
        change="Detach what is carried from batch to batch: state = state.detach()."
        if carried
        else "Call backward() once per loss, on the sum of all terms.",
        backwards=len(places),
    )


def _grows(sizes: list[tuple[int, float]]) -> bool:
    """Say whether sizes grow with every look, about as fast as the steps do."""
    if len(sizes) < SETTLED or any(two[1] <= one[1] for one, two in pairwise(sizes)):
        return False
    (first, least), (last, most) = sizes[0], sizes[-1]
    return most > _LEAST_NODES and most / max(least, 1.0) > min(_GROWN, 0.6 * last / max(first, 1))
