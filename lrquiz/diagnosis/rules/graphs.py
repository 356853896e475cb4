"""Mistakes with the autograd graph: cut, cut to a number, or growing from step to step."""

from __future__ import annotations

from itertools import pairwise

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.model.trace import Event

_GROWN = 2.5
_LEAST_NODES = 40


def graph_is_cut(facts: Facts) -> Finding | None:
    """A1: layers that an optimizer holds were used, and what lies after them gets no graph.

    Either they were called where gradients are off, while the program trains; or a later layer that
    is trained was given an input without a graph. Teachers and targets are in no optimizer; a
    generator's step trains what the discriminator's leaves out.
    """
    cut, unseen = _cut(facts), _never_with_gradients(facts)
    later = [each for each in facts.trained if _is_fed_without_graph(facts, each, cut)]
    inside = [each for each in cut if facts.says(each, "used_with_grad", 1.0) == 0]
    if inside:
        line = int(facts.says(inside[0], "used_at")) or None
    elif cut and later:
        line = int(facts.says(min(later, key=lambda e: facts.says(e, "used")), "used_at")) or None
    elif unseen:
        cut, line = unseen
    else:
        return None
    return _cut_off(facts, cut, line)


def _cut_off(facts: Facts, cut: list[int], line: int | None) -> Finding:
    return finding(
        "A1",
        "Part of the model is cut off from the loss",
        line,
        evidence=f"{len(cut)} parameters{_names(facts, cut)} were used in forward and are in an "
        f"optimizer, but in {facts.count('backward')} backward() never got a gradient",
        why="detach(), .data, numpy or no_grad() between two layers ends the graph there, so no "
        "gradient flows back further.",
        change="Pass the tensor on as it is; detach only what is to be logged.",
        parameters=len(cut),
    )


def _never_with_gradients(facts: Facts) -> tuple[list[int], int | None] | None:
    """Return the parameters of a model that is only called where gradients are off, and where.

    It is called at least as often as there is a `backward`, so not just to validate.
    """
    held = _held_without_gradient(facts)
    for number, model in facts.models.items():
        calls = [each for each in facts.of_kind("module") if each.of == number]
        idle = [each for each in model.parts if each in held]
        off = [each for each in calls if each.numbers.get("grad") == 0]
        often = len(off) >= len(facts.of_kind("backward")) >= SETTLED
        if idle and often and len(off) == len(calls) and len(idle) == len(model.parts):
            return idle, line_of(off)
    return None


def loss_term_is_a_number(facts: Facts) -> Finding | None:
    """A2: layers got no gradient, and a loss that they lead to took no part in `backward`.

    Terms that are only logged lead to nothing that is not trained anyway. Where no such loss was
    seen, an output may simply not be used: advice.
    """
    cut = _cut(facts)
    looked = [each for each in facts.of_kind("backward") if "left_out" in each.numbers]
    left = [each for each in looked if each.numbers["left_out"]]
    if not cut or graph_is_cut(facts) is not None:
        return None
    certain = SETTLED <= len(left) == len(looked)
    at = [Event("", 0, int(each.numbers.get("left_out_at", 0))) for each in left]
    return finding(
        "A2",
        "A term of the loss is a number, without a graph"
        if certain
        else "Layers take no part in the loss",
        line_of(at) or line_of(facts.of_kind("backward")),
        evidence=f"{len(cut)} parameters{_names(facts, cut)} were used in forward and are in an "
        f"optimizer, but in {facts.count('backward')} backward() never got a gradient"
        + ("; a loss was computed each time that backward() did not reach" if certain else ""),
        why=".item() or float() turns a term of the loss into a number, which has no gradient."
        if certain
        else "Their output is not used, or its term of the loss was made a number by .item().",
        change="Add the loss tensors themselves, and call .item() only to print them.",
        severity=ERROR if certain else ADVICE,
        parameters=len(cut),
    )


def history_accumulates(facts: Facts) -> Finding | None:
    """A3: a variable holds a graph that grows from step to step.

    A loss that is added up for one `backward` is gone after it; averages of detached values have no
    graph.
    """
    held: dict[str, list[Event]] = {}
    for event in facts.of_kind("history"):
        held.setdefault(event.words.get("name", ""), []).append(event)
    for events in held.values():
        sizes = [each.numbers.get("nodes", 0.0) for each in events]
        if _grows([(each.step, size) for each, size in zip(events, sizes, strict=True)]):
            return finding(
                "A3",
                "The history of all steps is kept",
                line_of(events),
                evidence=f"a variable holds a graph of {sizes[0]:g} operations after "
                f"{events[0].step} steps and of {sizes[-1]:g} after {events[-1].step}",
                why="A sum of loss tensors keeps every step's graph, so memory grows until it is "
                "used up.",
                change="Add loss.item(), or loss.detach(), to what is only reported.",
                first=sizes[0],
                last=sizes[-1],
            )
    return None


def graph_grows(facts: Facts) -> Finding | None:
    """A4: each `backward` goes through all earlier batches too, so its graph grows steadily.

    Several losses on one trunk, or second derivatives, retain graphs of the same size. Without
    retain_graph, the second batch ends with an error.
    """
    seen = [each for each in facts.of_kind("backward") if each.numbers.get("nodes")]
    if not _grows([(each.step, each.numbers["nodes"]) for each in seen]):
        return None
    first, last = seen[0], seen[-1]
    return finding(
        "A4",
        "The graph of each batch hangs on all batches before",
        line_of(seen),
        evidence=f"backward() went through {first.numbers['nodes']:g} operations after "
        f"{first.step} steps and through {last.numbers['nodes']:g} after {last.step}",
        why="A state that is carried from batch to batch carries its graph along, so each step "
        "takes longer and needs more memory than the last.",
        change="Detach the state between batches: state = state.detach().",
        first=first.numbers["nodes"],
        last=last.numbers["nodes"],
    )


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


def attribute_is_misspelt(facts: Facts) -> Finding | None:
    """A6: an attribute that torch does not know was set where `requires_grad` was meant.

    On a module `requires_grad` is such an attribute too: there it is `requires_grad_()`.
    """
    for thing in facts.trace.things.values():
        typo = thing.words.get("typo")
        if typo:
            return finding(
                "A6",
                "An attribute other than requires_grad is set",
                thing.line,
                evidence=f"a {thing.kind} has an attribute '{typo}', which PyTorch never reads",
                why="Python lets any attribute be set, so nothing is frozen and nothing thawed.",
                change="Write requires_grad on tensors, and requires_grad_() on modules.",
            )
    return None


def _cut(facts: Facts) -> list[int]:
    """Return the used parameters that a stepping optimizer holds and that got no gradient."""
    return sorted(each for each in _held_without_gradient(facts) if facts.says(each, "used"))


def _held_without_gradient(facts: Facts) -> frozenset[int]:
    """Return what a stepping optimizer holds that never got a gradient, though it could have."""
    stepping = [each for n, each in facts.optimizers.items() if len(facts.steps_of(n)) >= SETTLED]
    held = {part for each in stepping for part in each.parts}
    if facts.count("backward") < SETTLED or not held & facts.trained:
        return frozenset()
    could = (each for each in held if facts.says(each, "requires_grad", 1.0))
    return frozenset(could) - facts.trained


def _is_fed_without_graph(facts: Facts, number: int, cut: list[int]) -> bool:
    """Say whether a trained layer, called after all that is cut off, was given no graph."""
    used = facts.says(number, "used")
    after = bool(cut) and used > max(facts.says(each, "used") for each in cut)
    return after and facts.says(number, "input_grad", 1.0) == 0


def _names(facts: Facts, numbers: list[int]) -> str:
    names = [facts.parameters[each].name for each in numbers if facts.parameters[each].name]
    return f" ({', '.join(names[:3])}{', ...' if len(names) > 3 else ''})" if names else ""


def _grows(sizes: list[tuple[int, float]]) -> bool:
    """Say whether sizes grow with every look, about as fast as the steps do."""
    if len(sizes) < SETTLED or any(two[1] <= one[1] for one, two in pairwise(sizes)):
        return False
    (first, least), (last, most) = sizes[0], sizes[-1]
    return most > _LEAST_NODES and most / max(least, 1.0) > min(_GROWN, 0.6 * last / max(first, 1))
