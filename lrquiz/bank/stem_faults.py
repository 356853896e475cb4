"""What a stem must say for its claims to be about what it shows, and what its claims must be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lrquiz.bank.clock_faults import clock_faults
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.tomlfile import Fault, Location
from lrquiz.evidence.claims import arms_of, faults
from lrquiz.evidence.predicates import find
from lrquiz.model.item import Claim, Item, ItemType

_ARM_IN_TEXT = re.compile(r"\barms\.(\w+)")


def stem_faults(item: Item) -> Iterator[Fault]:
    """Yield what the stem does not say, or says with no premise to check it."""
    yield from _uncovered_arms(item)
    yield from _unsaid_clocks(item)


def faults_of_claims(item: Item) -> Iterator[str]:
    """Yield what loading would find wrong if a file made these claims with these words."""
    if not item.premises and item.type is not ItemType.OPEN_PROMPT:
        yield "an item needs at least one [[premise]]"
    records = recipe_info(item.experiment.recipe).records
    for table, _, claim in _claims(item):
        if item.type is ItemType.PREDICT and table == "option":
            continue  # its curves make claims that no file writes
        yield from faults(claim, item.experiment, records)
    yield from (fault.message for fault in stem_faults(item))


def _uncovered_arms(item: Item) -> Iterator[Fault]:
    """An arm that the stem speaks of and no premise covers is a stem nobody checks."""
    covered = {arm for premise in item.premises for arm in arms_of(premise.claim)}
    named = set(_ARM_IN_TEXT.findall(told(item))) & set(item.experiment.arms)
    for arm in sorted(named - covered):
        message = f"the stem speaks of arm {arm!r}, but no [[premise]] says what holds of it"
        yield Fault(("premise",), message)


def _unsaid_clocks(item: Item) -> Iterator[Fault]:
    """What counts epochs by a clock needs a stem that counts the same way."""
    says = [each.says for each in item.premises] + [each.text for each in item.options]
    counted: list[tuple[Location, Mapping[str, Any], str]] = [
        ((table, index, "claim"), claim.parameters, f"{told(item)}\n{text}")
        for (table, index, claim), text in zip(_claims(item), says, strict=True)
        if find(claim.predicate).takes_clock
    ]
    if item.type is ItemType.FILL_IN:  # all of its options make the claim of its blank
        first = next((each for each in counted if each[0][0] == "option"), None)
        counted = [each for each in counted if each[0][0] != "option"]
        counted += [(("blank", "claim"), *first[1:])] if first else []
    if item.value is not None:
        counted.append((("value", "measure"), item.value.measurement.parameters, told(item)))
    for place, given, text in counted:
        if given.get("clock") is not None:
            for fault in clock_faults(str(given["clock"]), given.get("epoch"), text):
                yield Fault(place, fault)


def told(item: Item) -> str:
    """Return what an item tells before it asks: its stem, and of a card the back as well."""
    return f"{item.stem}\n{item.back}"


def _claims(item: Item) -> Iterator[tuple[str, int, Claim]]:
    """Yield every claim with its table and its place there."""
    yield from (("premise", index, each.claim) for index, each in enumerate(item.premises))
    yield from (("option", index, each.claim) for index, each in enumerate(item.options))
