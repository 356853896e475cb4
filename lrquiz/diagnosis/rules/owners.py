"""Mistakes of optimizers that hold something else than what is trained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from lrquiz.diagnosis.facts import SETTLED, Facts
from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.model.trace import Event, Thing

_NEARLY_ALL, _LEARNS = 0.95, 0.9
"""of what an optimizer holds, the share that is frozen; of the first losses, what the last are"""
_SHARE = 0.8
"""of the gradients of what no optimizer holds, which came where nothing else got any"""


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


def nearly_all_is_frozen(facts: Facts) -> Finding | None:
    """O5: next to nothing of what the only optimizer holds is to get gradients, and nothing learns.

    Where only biases or norms are trained on purpose, the loss falls.
    """
    stepping = [each for n, each in facts.optimizers.items() if len(facts.steps_of(n)) >= SETTLED]
    if len(stepping) != 1 or facts.loss_fell(_LEARNS):
        return None
    (thing,) = stepping
    frozen = [each for each in thing.parts if facts.says(each, "requires_grad", 1.0) == 0]
    numbers = sum(facts.says(each, "size") for each in thing.parts)
    share = sum(facts.says(each, "size") for each in frozen) / numbers if numbers else 0.0
    if share < _NEARLY_ALL:
        return None
    return finding(
        "O5",
        "The optimizer holds mostly frozen parameters",
        thing.line,
        evidence=f"of the {numbers:g} numbers that the {thing.name} holds, {share:.0%} have "
        f"requires_grad=False, and the loss does not fall",
        why="Frozen parameters get no gradients, and without these a step changes nothing.",
        change="Freeze first, and put the layers that are to be trained in after that.",
        parameters=len(thing.parts),
        frozen=len(frozen),
    )


def holds_other_objects(facts: Facts) -> Finding | None:
    """O3: none of an optimizer's parameters got a gradient any more, while others like them did.

    Others like them are as many of the same sizes, or whole models of which no optimizer holds any
    part, trained by themselves; a model beside one that is held gets gradients with it (O4). Target
    networks and averaged copies are in no optimizer; what is frozen cannot get gradients.
    """
    loose = loose_parameters(facts)
    for number, thing in _idle(facts).items():
        sizes, others = _sizes(facts, thing.parts), _sizes(facts, loose)
        if loose and (sizes & others).total() * 2 >= sizes.total():
            return _other_objects(facts, number, thing, len(loose))
    stepping = [each for n, each in facts.optimizers.items() if facts.steps_of(n)]
    for thing in stepping:
        same = loose and _sizes(facts, loose) == _sizes(facts, thing.parts)
        if same or _is_replaced(facts, loose):
            return _other_objects(facts, 0, thing, len(loose))
    return None


def _is_replaced(facts: Facts, loose: list[int]) -> bool:
    """Say whether models that no optimizer holds got all gradients, again and again.

    While they did, nothing that an optimizer holds got any, and optimizers stepped.
    """
    whole = [each.parts for each in facts.models.values() if set(each.parts) & set(loose)]
    if not whole or any(set(parts) & facts.held for parts in whole):
        return False
    alone = [each for each in facts.of_kind("backward") if _misses_all(each)]
    last = max((each.step for each in facts.of_kind("step")), default=0)
    reached = [each for each in alone if each.step <= last]
    return len(reached) >= SETTLED and len(reached) >= _SHARE * facts.arrivals(min(loose))


def _misses_all(backward: Event) -> bool:
    """Say whether a `backward` wrote gradients, and none to what an optimizer holds."""
    held = [value for name, value in backward.numbers.items() if name.startswith("got_")]
    return bool(backward.numbers.get("reached")) and bool(held) and not any(held)


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


def loose_parameters(facts: Facts) -> list[int]:
    """Return the parameters that got gradients, are in no optimizer, and never moved."""
    if not any(facts.steps_of(each) for each in facts.optimizers):
        return []
    found = sorted((facts.trained & facts.still) - facts.held)
    return [each for each in found if facts.arrivals(each) >= SETTLED]


def _sizes(facts: Facts, numbers: Collection[int]) -> Counter[float]:
    return Counter(facts.says(each, "size") for each in numbers)
