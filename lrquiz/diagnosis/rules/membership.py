"""Mistakes about who holds which parameter: optimizers of other objects, layers left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from lrquiz.diagnosis.facts import SETTLED, Facts
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.model.trace import Thing


def frozen_in_the_optimizer(facts: Facts) -> Finding | None:
    """O5: an optimizer stepped, and none of its parameters was ever to get gradients.

    Layers that are unfrozen later get gradients from then on; frozen ones beside others that are
    trained do no harm.
    """
    for number, thing in _idle(facts).items():
        if all(facts.says(each, "requires_grad", 1.0) == 0 for each in thing.parts):
            steps = len(facts.steps_of(number))
            return finding(
                "O5",
                "The optimizer holds only frozen parameters",
                thing.line,
                evidence=f"all {len(thing.parts)} parameters of the {thing.name} made in line "
                f"{thing.line} have requires_grad=False; its step() ran {steps} times and moved "
                "nothing",
                why="Frozen parameters get no gradients, and without these a step changes nothing.",
                change="Give the optimizer the parameters that are to be trained.",
                steps=steps,
                parameters=len(thing.parts),
            )
    return None


def holds_other_objects(facts: Facts) -> Finding | None:
    """O3: none of an optimizer's parameters ever got a gradient, while others like them did.

    Target networks and averaged copies are in no optimizer; what is frozen cannot get gradients.
    """
    loose = _loose(facts)
    for number, thing in _idle(facts).items():
        sizes, others = _sizes(facts, thing.parts), _sizes(facts, loose)
        if loose and (sizes & others).total() * 2 >= sizes.total():
            return _other_objects(facts, number, thing, len(loose))
    stepping = [each for n, each in facts.optimizers.items() if facts.steps_of(n)]
    for thing in stepping:
        if loose and _sizes(facts, loose) == _sizes(facts, thing.parts):
            return _other_objects(facts, 0, thing, len(loose))
    return None


def _other_objects(facts: Facts, number: int, thing: Thing, trained: int) -> Finding:
    steps = len(facts.steps_of(number)) if number else facts.count("step")
    return finding(
        "O3",
        "The optimizer holds the parameters of another model",
        thing.line,
        evidence=f"step() ran {steps} times; the model that was trained has {trained} parameters "
        f"that got gradients, and none of them is among the {len(thing.parts)} that the "
        f"{thing.name} holds",
        why="The model was made anew, or copied, after the optimizer got its parameters.",
        change="Make the optimizer after the model has its final form.",
        steps=steps,
        held=len(thing.parts),
        trained=trained,
    )


def layers_are_not_registered(facts: Facts) -> Finding | None:
    """O6: parameters got gradients, and the models that were called do not know them.

    Layers in a plain list, tuple or dict of a module are no part of it. Nets that are written with
    raw tensors have none that belong to modules.
    """
    hidden = [each for each in _loose(facts) if each not in facts.known]
    hidden = [each for each in hidden if facts.says(each, "registered")]
    if not hidden or not facts.known:
        return None
    return finding(
        "O6",
        "Layers are not registered with the model",
        int(facts.says(min(hidden), "layer_at")) or facts.parameters[min(hidden)].line,
        evidence=f"{len(hidden)} parameters got gradients {facts.arrivals(hidden[0]):g} times and "
        "never moved; model.parameters() does not list them",
        why="Layers in a plain list, tuple or dict are not seen by the model, so no optimizer gets "
        "them.",
        change="Keep the layers in nn.ModuleList or nn.ModuleDict.",
        parameters=len(hidden),
    )


def left_out_of_the_optimizer(facts: Facts) -> Finding | None:
    """O4: parameters got gradients, are in no optimizer, and never moved.

    What is frozen gets no gradients; teachers and targets run without them. Weights that were
    loaded, or a whole net that judges another's output, may be meant to stay: advice.
    """
    loose = [each for each in _loose(facts) if _counts(facts, each)]
    if not loose:
        return None
    first = facts.parameters[min(loose)]
    names = ", ".join(sorted({facts.parameters[e].name for e in loose} - {""})[:4])
    return finding(
        "O4",
        "Some parameters are in no optimizer",
        _made_at(facts, min(loose)) or first.line,
        evidence=f"{len(loose)} parameters{f' ({names})' if names else ''} got gradients "
        f"{facts.arrivals(min(loose)):g} times, are in no optimizer, and never moved",
        why="Only what an optimizer holds is trained; the rest stays as it was drawn.",
        change="Give the optimizer all parameters that are to be trained, or freeze the others "
        "with requires_grad_(False).",
        severity=ADVICE if all(_may_be_meant(facts, each) for each in loose) else ERROR,
        parameters=len(loose),
    )


def _idle(facts: Facts) -> dict[int, Thing]:
    """Return the optimizers that stepped without any of their parameters ever having a gradient."""
    return {
        number: thing
        for number, thing in facts.optimizers.items()
        if thing.parts
        and len(facts.steps_of(number)) >= SETTLED
        and facts.count("backward") >= SETTLED
        and not any(facts.arrivals(each) for each in thing.parts)
        and not any(facts.says(each, "changed") for each in thing.parts)
    }


def _loose(facts: Facts) -> list[int]:
    """Return the parameters that got gradients, are in no optimizer, and never moved."""
    if not any(facts.steps_of(each) for each in facts.optimizers):
        return []
    found = sorted((facts.trained & facts.still) - facts.held)
    return [each for each in found if facts.arrivals(each) >= SETTLED]


def _counts(facts: Facts, number: int) -> bool:
    """Say whether a parameter is of the kind that optimizers hold: of models, or plain tensors.

    Where an optimizer moves an input, the model that it is fed to is meant to stay as it is.
    """
    modular = any(facts.says(each, "registered") or each in facts.known for each in facts.held)
    if number in facts.known or facts.says(number, "registered"):
        return modular
    return not facts.known and not modular


def _made_at(facts: Facts, number: int) -> int | None:
    """Return where an optimizer was made that holds others of a parameter's model, or any was."""
    stepping = [each for n, each in facts.optimizers.items() if facts.steps_of(n)]
    beside = {p for each in facts.models.values() if number in each.parts for p in each.parts}
    nearest = [each for each in stepping if beside.intersection(each.parts)]
    return next((each.line for each in (*nearest, *stepping)), None)


def _may_be_meant(facts: Facts, number: int) -> bool:
    """Say whether a parameter was loaded, or is of a net that is fed by a trained one."""
    if facts.says(number, "loaded"):
        return True
    whole = [each.parts for each in facts.models.values() if number in each.parts]
    if not whole or any(set(parts) & facts.held for parts in whole):
        return False
    first = min(whole[0], key=lambda each: facts.says(each, "used", float("inf")))
    return bool(facts.says(first, "input_grad"))


def _sizes(facts: Facts, numbers: Collection[int]) -> Counter[float]:
    return Counter(facts.says(each, "size") for each in numbers)
