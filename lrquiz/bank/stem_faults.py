"""What a stem must say for its claims to be about what it shows, and what its claims must be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.tomlfile import Fault
from lrquiz.evidence.claims import arms_of, faults
from lrquiz.evidence.predicates import find
from lrquiz.model.item import Claim, Item

_ARM_IN_TEXT = re.compile(r"\barms\.(\w+)")
_CLOCK_WORDS = {
    "0-based": (r"\bfrom 0\b|from zero|0-based|zero-based", "counting epochs from 0"),
    "1-based": (r"\bfrom 1\b|from one|1-based|one-based", "counting epochs from 1"),
    "start of epoch": (r"\bstart|begin", "at the start of epoch ..."),
    "end of epoch": (r"\bend\b|after", "at the end of epoch ..."),
}


def stem_faults(item: Item) -> Iterator[Fault]:
    """Yield what the stem does not say, or says with no premise to check it."""
    yield from _uncovered_arms(item)
    yield from _unsaid_clocks(item)


def faults_of_claims(item: Item) -> Iterator[str]:
    """Yield what loading would find wrong if a file made these claims with these words."""
    if not item.premises:
        yield "an item needs at least one [[premise]]"
    records = recipe_info(item.experiment.recipe).records
    for _, _, claim in _claims(item):
        yield from faults(claim, item.experiment, records)
    yield from (fault.message for fault in stem_faults(item))


def _uncovered_arms(item: Item) -> Iterator[Fault]:
    """An arm that the stem speaks of and no premise covers is a stem nobody checks."""
    covered = {arm for premise in item.premises for arm in arms_of(premise.claim)}
    named = set(_ARM_IN_TEXT.findall(item.stem)) & set(item.experiment.arms)
    for arm in sorted(named - covered):
        message = f"the stem speaks of arm {arm!r}, but no [[premise]] says what holds of it"
        yield Fault(("premise",), message)


def _unsaid_clocks(item: Item) -> Iterator[Fault]:
    """A claim that counts epochs by a clock needs a stem that counts the same way."""
    for table, index, claim in _claims(item):
        clock = claim.parameters.get("clock")
        if not find(claim.predicate).takes_clock or clock is None:
            continue
        for part in str(clock).split(", "):
            pattern, words = _CLOCK_WORDS[part]
            if not re.search(pattern, item.stem, re.IGNORECASE):
                message = f'clock = {clock!r}, but the stem does not say "{words}"'
                yield Fault((table, index, "claim"), message)


def _claims(item: Item) -> Iterator[tuple[str, int, Claim]]:
    """Yield every claim with its table and its place there."""
    yield from (("premise", index, each.claim) for index, each in enumerate(item.premises))
    yield from (("option", index, each.claim) for index, each in enumerate(item.options))
