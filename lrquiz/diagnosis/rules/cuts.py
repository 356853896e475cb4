"""Mistakes with graphs that are cut: between layers, at a term of the loss, or by a misspelling."""

from __future__ import annotations

from lrquiz.diagnosis.facts import SETTLED, Facts, line_of
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.rules.gradients import never_has_gradients
from lrquiz.model.trace import Event


def loss_is_cut_off(facts: Facts) -> Finding | None:
    """A1: `backward` ran, no step ever found a gradient, and nothing that could have got one did.

    So the loss has a graph that leads to no parameter, such as a new tensor made of its value. An
    optimizer of another model, or of frozen parameters, is told before.
    """
    held = facts.held
    alive = any(facts.says(each, "requires_grad", 1.0) for each in held)
    if facts.count("backward") < SETTLED or not never_has_gradients(facts):
        return None
    if not alive or any(_lasts(facts, each) for each in facts.trained):
        return None
    return finding(
        "A1",
        "The loss is cut off from the model",
        line_of(facts.of_kind("backward")),
        evidence=f"backward() ran {facts.count('backward')} times and no parameter got a gradient; "
        f"{facts.count('step')} steps moved nothing",
        why="The loss that backward() is called on was made anew of a value (detach(), item(), "
        "torch.tensor()), so it leads to no weight.",
        change="Call backward() on the loss as it was computed.",
        parameters=len(held),
        whole=1,
    )


def _lasts(facts: Facts, parameter: int) -> bool:
    """Say whether a tensor that got gradients is more than a value made anew for one `backward`."""
    own = parameter in facts.held or facts.says(parameter, "registered") > 0
    return own or facts.arrivals(parameter) > 1


def graph_is_cut(facts: Facts) -> Finding | None:
    """A1: layers that an optimizer holds were used, and what lies after them gets no graph.

    Either they were called where gradients are off, while the program trains; or a later layer that
    is trained was given an input without a graph. Teachers and targets are in no optimizer; a
    generator's step trains what the discriminator's leaves out.
    """
    cut, unseen = layers_cut_off(facts), _never_with_gradients(facts)
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
    cut = layers_cut_off(facts) or _tensors_cut_off(facts)
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
        else "Parameters take no part in the loss",
        line_of(at) or line_of(facts.of_kind("backward")),
        evidence=f"an optimizer holds {len(cut)} parameter{'s' * (len(cut) > 1)}"
        f"{_names(facts, cut)} that could be trained and never got a gradient in "
        f"{facts.count('backward')} backward()"
        + ("; a loss was computed each time that backward() did not reach" if certain else ""),
        why=".item() or float() turns a term of the loss into a number, which has no gradient."
        if certain
        else "Their output is not used, or its term of the loss was made a number by .item().",
        change="Add the loss tensors themselves, and call .item() only to print them.",
        severity=ERROR if certain else ADVICE,
        parameters=len(cut),
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


def layers_cut_off(facts: Facts) -> list[int]:
    """Return the used parameters that a stepping optimizer holds and that got no gradient."""
    return sorted(each for each in _held_without_gradient(facts) if facts.says(each, "used"))


def _tensors_cut_off(facts: Facts) -> list[int]:
    """Return the same of tensors that belong to no module, of which no use is seen."""
    held = _held_without_gradient(facts)
    return sorted(each for each in held if not facts.says(each, "registered"))


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
