"""Fill-in items: code with a blank, and responses to it, of which runs decide which are right.

An author says what a right response must bring about, once, as the blank's claim. Each response
becomes an arm of its own, and an option whose claim is the blank's, of that arm. So a key is
derived here as everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lrquiz.bank.blanks import LONGEST_RESPONSE, response_fault
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.schema import ClaimFile, ScoredFile, Slug, Strict
from lrquiz.bank.tomlfile import Fault, parse
from lrquiz.evidence.claims import arms_of, faults
from lrquiz.model.item import Claim, Experiment, Item, ItemType, Option

RESPONSE = "response"
"""the setting that a blank takes"""
_WORDLESS = {ItemType.FILL_IN: "blank", ItemType.PREDICT: "curve"}
"""types whose options are no words, and what messages call what they claim"""


def _one_line(text: str) -> str:
    line = text.strip()
    if 0 < len(line) <= LONGEST_RESPONSE and line.isascii() and line.isprintable():
        return line
    message = f"a response is one line of 1 to {LONGEST_RESPONSE} plain characters"
    raise PydanticCustomError("one_line", "{message}", {"message": message})


_Code = Annotated[str, AfterValidator(_one_line)]


class BlankFile(Strict):
    """What a right response brings about."""

    claim: ClaimFile


class ResponseFile(Strict):
    """A response that is run, with what to say to who gives it."""

    id: Slug
    text: _Code
    feedback: str = ""


class FillInFile(ScoredFile):
    """An item that asks for what belongs in a blank."""

    blank: BlankFile
    response: Annotated[list[ResponseFile], Field(min_length=2, max_length=12)]


def with_responses(experiment: Experiment, claim: Claim, file: FillInFile) -> Experiment:
    """Return the experiment with an arm for each response, which fills in the claimed arm."""
    (arm,) = arms_of(claim)
    settings = experiment.arms[arm]
    filled = {_arm(arm, each): {**settings, RESPONSE: each.text} for each in file.response}
    return replace(experiment, arms={**experiment.arms, **filled})


def responses(claim: Claim, file: FillInFile) -> tuple[Option, ...]:
    """Return one option for each response: the blank's claim of that response's arm."""
    (arm,) = arms_of(claim)
    return tuple(
        Option(each.id, each.text, _of_arm(claim, arm, _arm(arm, each)), each.feedback)
        for each in file.response
    )


def _arm(arm: str, response: ResponseFile) -> str:
    return f"{arm}_{response.id.replace('-', '_')}"


def _of_arm(claim: Claim, old: str, new: str) -> Claim:
    given = claim.parameters.items()
    return replace(claim, parameters={k: new if v == old else v for k, v in given})


def blank_faults(data: dict[str, Any], claim: Claim, experiment: Experiment) -> Iterator[Fault]:
    """Yield what is wrong with the blank of a fill-in's file."""
    info, place = recipe_info(experiment.recipe), ("blank", "claim")
    if not info.code or RESPONSE not in info.fields:
        message = f"{info.name} has no code with a blank; see: lrquiz bank recipes"
        yield Fault(("experiment", "recipe"), message)
    wrong = list(faults(claim, experiment, info.records))
    yield from (Fault(place, each) for each in wrong)
    if not wrong and len(arms_of(claim)) != 1:
        yield Fault(place, f"{claim.predicate} compares arms; claim what holds of the filled one")
    for arm, settings in experiment.arms.items() if info.code else ():
        if isinstance(settings.get(RESPONSE), str) and response_fault(settings[RESPONSE]):
            yield Fault(("experiment", "arms", arm), response_fault(settings[RESPONSE]))
    file, _ = parse(FillInFile, data)
    responses = file.response if file else []
    for index, each in enumerate(responses):
        if response_fault(each.text):
            yield Fault(("response", index, "text"), response_fault(each.text))
        if not wrong and _arm(arms_of(claim)[0], each) in experiment.arms:
            message = f"arm {_arm(arms_of(claim)[0], each)} is to run this response; rename one"
            yield Fault(("response", index, "id"), message)


def fill_in_faults(item: Item) -> Iterator[str]:
    """Yield what keeps a fill-in's responses from being those that its arms ran."""
    if item.type is not ItemType.FILL_IN:
        return
    if "{{ code }}" not in item.stem:
        yield "the stem does not show the code with its blank; write {{ code }} in it"
    for option in item.options:
        arm = arms_of(option.claim)[0]
        if item.experiment.arms[arm].get(RESPONSE) != option.text:
            yield f"response {option.id}: its claim is of arm {arm}, which ran another response"
        if _blank(option.claim) != _blank(item.options[0].claim):
            yield f"response {option.id}: its claim is not that of the blank, as the others have it"


def _blank(claim: Claim) -> Claim:
    return _of_arm(claim, arms_of(claim)[0], "")


def as_told(item: Item) -> Item:
    """Return the item with its stem in the place of responses: it is the stem that makes a claim.

    One option is enough, since all of them make the same claim. Curves are no words either.
    """
    if item.type not in _WORDLESS:
        return item
    told = (replace(each, id=_WORDLESS[item.type], text=item.stem) for each in item.options[:1])
    return replace(item, options=tuple(told))
