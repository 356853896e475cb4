"""Do items without options say what they measure and claim? One sentence for each that does not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lrquiz.evidence.claims import unsaid_numbers, unspoken
from lrquiz.evidence.measurements import arms_measured, unasked
from lrquiz.model.item import Claim, Item, ItemType, Quantifier

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w]|\.\d)")
_POSSIBLY = re.compile(
    r"\b(?:may|might|sometimes|(?:in|for|with) some (?:runs|seeds))\b", re.IGNORECASE
)
_ABLE = re.compile(r"\b(?:can|could|now and then|at times)\b", re.IGNORECASE)
_CERTAINLY = re.compile(
    r"\b(?:always|must|never|cannot|in no run|(?:every|each|any) (?:single )?(?:run|seed|time)"
    r"|all (?:the |of the )?(?:runs|seeds))\b",
    re.IGNORECASE,
)
_EPOCHS = re.compile(r"\{\{\s*epochs\s*\}\}")


def plain(template: str) -> str:
    """Return a text without its expressions."""
    return _EXPRESSION.sub(" ", template)


def with_epochs(template: str, item: Item) -> str:
    """Return a text whose expressions are gone but for the number of epochs."""
    return plain(_EPOCHS.sub(str(item.experiment.epochs), template))


def typed(text: str) -> list[float]:
    """Return the numbers that a text has."""
    return [float(each) for each in _NUMBER.findall(text)]


def numbers_of(claim: Claim) -> set[float]:
    """Return the numbers of a claim, as they are and in per cent."""
    numbers = {float(v) for v in claim.parameters.values() if isinstance(v, int | float)}
    return numbers | {100 * number for number in numbers}


def quantifier_faults(item: Item) -> Iterator[str]:
    """Yield which text says another "how often" than its claim, one sentence each."""
    texts = [(f'premise "{each.says}"', each.claim, each.says) for each in item.premises]
    texts += [(f"option {each.id}: the text", each.claim, each.text) for each in item.options]
    for name, claim, text in texts:
        wrong = _misquantified(claim, plain(text))
        if wrong:
            yield f"{name} {wrong}"


def _misquantified(claim: Claim, text: str) -> str:
    """Return what `text` says of how often, against the claim's quantifier; empty if nothing."""
    sometimes = claim.quantifier is Quantifier.SOMETIMES
    wrong = (_CERTAINLY if sometimes else _POSSIBLY).search(text)
    if wrong:
        fitting = "usually or never" if sometimes else "sometimes"
        return f'says "{wrong[0]}", its claim {claim.quantifier}; write quantifier = {fitting}'
    if sometimes and not (_POSSIBLY.search(text) or _ABLE.search(text)):
        return 'does not say "may", "can" or "in some runs", as its claim of sometimes demands'
    return ""


def unasked_values(item: Item) -> Iterator[str]:
    """A stem must ask for what is measured: in its words, with its numbers, of its arm."""
    if item.value is None:
        return
    measurement = item.value.measurement
    for lacking in unasked(measurement, with_epochs(item.stem, item)):
        yield f"the stem does not contain {lacking}"
    for arm in arms_measured(measurement):
        if f"arms.{arm}" not in item.stem:
            yield f"arm {arm} is measured, but the stem does not show {{{{ arms.{arm}.FIELD }}}}"


def unbacked_premises(item: Item) -> Iterator[str]:
    """What a card's premises claim must be what its back says, or nobody would have checked it."""
    if item.type is not ItemType.FLASHCARD:
        return
    for premise in item.premises:
        lacking = unspoken(premise.claim, plain(item.back))
        if lacking:
            yield f'premise "{premise.says}": the back does not contain {lacking}'
        for number in unsaid_numbers(premise.claim, with_epochs(item.back, item)):
            yield f'premise "{premise.says}": the back does not say the {number} of its claim'
