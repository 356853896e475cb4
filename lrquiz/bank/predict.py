"""Predict items: which of four measured curves belongs to this setting?

An author names four arms, whose curves are the options, and the arm that the stem asks about. Each
option claims that runs of the asked arm look like the curve of its own arm. So a key is derived
here as everywhere else, and curves that cannot be told apart have none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.schema import Name, ScoredFile, Strict
from lrquiz.bank.tomlfile import Fault, Location, parse
from lrquiz.model.item import Claim, Experiment, Item, ItemType, Option

CURVES = 4
"""options of such an item"""
_PREDICATES = {"loss": "loss_looks_like", "lr": "rate_looks_like"}
_OTHERS = ("other", "another", "last")


class CurveFile(Strict):
    """An option: the curve that is recorded with an arm."""

    arm: Name
    feedback: str = ""


class PredictFile(ScoredFile):
    """An item that asks which curve belongs to a setting. No text of an option is written."""

    asked: Name = Field(description="Arm whose curve the stem asks for.")
    quantity: Literal["loss", "lr"] = "loss"
    curve: Annotated[list[CurveFile], Field(min_length=CURVES, max_length=CURVES)]


def curves(file: PredictFile) -> tuple[Option, ...]:
    """Return one option for each curve: that runs of the asked arm look like it."""
    arms = [each.arm for each in file.curve]
    return tuple(
        Option(
            option_id(file.id, each.arm),
            f"the curve of {each.arm}",
            _claim(_PREDICATES[file.quantity], file.asked, each.arm, arms),
            each.feedback,
        )
        for each in file.curve
    )


def option_id(item: str, arm: str) -> str:
    """Return what responses call a curve: it tells a reader of a page neither arm nor place."""
    return f"curve-{hashlib.sha256(f'{item} {arm}'.encode()).hexdigest()[:6]}"


def curve_of(option: Option) -> str:
    """Return the arm whose curve an option is."""
    return str(option.claim.parameters["like"])


def _claim(predicate: str, asked: str, arm: str, arms: Sequence[str]) -> Claim:
    others = [each for each in arms if each != arm]
    given = {"arm": asked, "like": arm, **dict(zip(_OTHERS, others, strict=False))}
    return Claim(predicate, given)


def curve_faults(data: dict[str, Any], experiment: Experiment) -> Iterator[Fault]:
    """Yield what is wrong with the curves of a predict item's file."""
    file, _ = parse(PredictFile, data)
    if file is None:
        return
    arms = [each.arm for each in file.curve]
    yield from _arm_faults(file, arms, experiment)
    need = f"epoch.{file.quantity}"
    info = recipe_info(experiment.recipe)
    if need not in info.records:
        yield Fault(("quantity",), f"{info.name} does not record {need}; see: lrquiz bank recipes")


def _arm_faults(file: PredictFile, arms: Sequence[str], experiment: Experiment) -> Iterator[Fault]:
    known = ", ".join(sorted(experiment.arms))
    for index, arm in enumerate(arms):
        place: Location = ("curve", index, "arm")
        if arm not in experiment.arms:
            yield Fault(place, f"there is no arm {arm!r}; the arms are {known}")
        elif arm in arms[:index]:
            yield Fault(place, f"arm {arm!r} has a curve already; give each curve its own arm")
    if file.asked not in arms:
        message = f"asked = {file.asked!r} is none of the curves; they are of {', '.join(arms)}"
        yield Fault(("asked",), message)


def predict_faults(item: Item) -> Iterator[str]:
    """Yield what keeps the item's options from being curves that its stem asks about."""
    if item.type is not ItemType.PREDICT:
        return
    first = item.options[0].claim
    asked, predicate = str(first.parameters.get("arm")), str(first.predicate)
    if f"arms.{asked}." not in item.stem:
        yield f"runs of arm {asked} are asked for; show {{{{ arms.{asked}.FIELD }}}} in the stem"
    if "curve" not in item.stem.lower():
        yield 'the stem does not ask for a "curve", which is what its options are'
    arms = [str(each.claim.parameters.get("like")) for each in item.options]
    for option, arm in zip(item.options, arms, strict=True):
        own = _claim(predicate, asked, arm, arms)
        if option.id != option_id(item.id, arm) or option.claim != own:
            yield f"option {option.id}: its claim is not that runs of {asked} look like its curve"
