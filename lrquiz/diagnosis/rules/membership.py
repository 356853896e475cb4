"""Mistakes about who holds which parameter: optimizers of other objects, layers left out."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.diagnosis.rules.owners import loose_parameters


def layers_are_not_registered(facts: Facts) -> Finding | None:
    """O6: parameters got gradients, and the models that were called do not know them.

    Layers in a plain list, tuple or dict of a module are no part of it. Nets that are written with
    raw tensors have none that belong to modules.
    """
    hidden = [each for each in loose_parameters(facts) if each not in facts.known]
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
    loose = [each for each in loose_parameters(facts) if _counts(facts, each)]
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
    later = [e for n, e in facts.optimizers.items() if n > number and e in nearest]
    return next((each.line for each in (*later, *nearest, *stepping)), None)


def _may_be_meant(facts: Facts, number: int) -> bool:
    """Say whether a parameter was loaded, or is of a net that is fed by a trained one."""
    if facts.says(number, "loaded"):
        return True
    whole = [each.parts for each in facts.models.values() if number in each.parts]
    if not whole or any(set(parts) & facts.held for parts in whole):
        return False
    first = min(whole[0], key=lambda each: facts.says(each, "used", float("inf")))
    return bool(facts.says(first, "input_grad"))
