"""A claim as text: the sentence that it makes, and the TOML that an item file holds."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from lrquiz.evidence.predicates import Predicate, find
from lrquiz.evidence.predicates.predicate import CLOCKS
from lrquiz.model.item import Claim, Quantifier

_EXAMPLES: Mapping[str, Any] = {
    "arm": "too_high",
    "than": "reference",
    "value": 0.9,
    "within": 3,
    "times": 0.5,
    "epoch": 5,
    "clock": CLOCKS[0],
    "level": 0.5,
    "factor": 10.0,
    "rate": 0.01,
    "error": "TypeError",
}
_ARMS_OF_EXAMPLES = {"too_high": "learning rate 10", "reference": "learning rate 0.1"}


def sentence_of(claim: Claim, arms: Mapping[str, str]) -> str:
    """Return a sentence that says what `claim` claims, as text for an option.

    Args:
        claim: of the quantifier `usually` or `sometimes`.
        arms: what each arm is called in a text, by its name.

    Raises:
        ValueError: the quantifier is `never`, for which predicates have no words.
    """
    if claim.quantifier is Quantifier.NEVER:
        message = f"there is no sentence for {claim.predicate} with the quantifier never"
        raise ValueError(message)
    may = claim.quantifier is Quantifier.SOMETIMES
    return find(claim.predicate).say(claim.parameters, arms, may=may)


def toml_of(claim: Claim) -> str:
    """Return `claim` as an item file would write it; `usually` goes without saying."""
    parts = {"predicate": str(claim.predicate), **claim.parameters}
    if claim.quantifier is not Quantifier.USUALLY:
        parts["quantifier"] = str(claim.quantifier)
    if claim.says is not None:
        parts["says"] = claim.says
    return f"claim = {{ {', '.join(f'{name} = {toml_value(parts[name])}' for name in parts)} }}"


def toml_value(value: object) -> str:
    """Return a number, a text or a list of them as TOML."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def example_of(predicate: Predicate) -> str:
    """Return a claim on `predicate` as an item file would write it."""
    return toml_of(_example(predicate))


def example_sentence(predicate: Predicate) -> str:
    """Return what the example says."""
    return sentence_of(_example(predicate), _ARMS_OF_EXAMPLES)


def _example(predicate: Predicate) -> Claim:
    required = (
        name
        for name, parameter in predicate.parameters.items()
        if parameter.default is inspect.Parameter.empty
    )
    return Claim(predicate.name, {name: _EXAMPLES[name] for name in required})
