"""What is wrong with a pipeline that its schema cannot say: settings, claims, numbers in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.pipeline_texts import filled_in, stand_in
from lrquiz.bank.tomlfile import Fault, Location
from lrquiz.evidence.claims import faults, unsaid_numbers, unspoken
from lrquiz.model.item import Premise
from lrquiz.model.pipeline import Pipeline

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]|\.\d)")
_ALWAYS = frozenset({0.0, 1.0})  # where counting and grey values start and end
_NEEDED = frozenset({"epoch.loss", "epoch.accuracy"})


def experiment_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield what is wrong with the arms, or with the recipe for a page."""
    info = recipe_info(pipeline.experiment.recipe)
    for name, settings in pipeline.experiment.arms.items():
        for fault in info.faults(settings):
            yield Fault(("experiment", "arms", name), fault)
    lacking = ", ".join(sorted(_NEEDED - info.records))
    if lacking:
        message = f"{info.name} records no {lacking}, which the table of epochs needs"
        yield Fault(("experiment", "recipe"), message)


def claim_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield what is wrong with claims, or with the words beside them."""
    records = recipe_info(pipeline.experiment.recipe).records
    for location, each in statements(pipeline):
        wrong = list(faults(each.claim, pipeline.experiment, records))
        yield from (Fault((*location, "claim"), fault) for fault in wrong)
        if not wrong:
            yield from (Fault((*location, "says"), fault) for fault in _word_faults(each, pipeline))


def statements(pipeline: Pipeline) -> Iterator[tuple[Location, Premise]]:
    """Yield every statement with a claim, comparisons before what supports the insight."""
    yield from ((("comparison", i), each) for i, each in enumerate(pipeline.comparisons))
    yield from ((("support", i), each) for i, each in enumerate(pipeline.support))


def text_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield texts that cannot be filled in, and numbers that a run could contradict."""
    facts = stand_in(pipeline)
    known = _settings(pipeline) | _claimed(pipeline) | _ALWAYS
    for location, text in texts_of(pipeline):
        try:
            filled_in(text, facts)
        except ValueError as error:
            yield Fault(location, f"a text cannot be rendered: {error}")
        if location[-1] == "page":
            continue  # what another page says are its own numbers
        for number in _typed(text):
            if number not in known:
                message = (
                    f"the text says {number:g}, which no run was asked about; write measured "
                    "numbers as {{ last.loss }} and the like"
                )
                yield Fault(location, message)


def texts_of(pipeline: Pipeline) -> Iterator[tuple[Location, str]]:
    """Yield every text with its place in the file."""
    yield from (((name,), getattr(pipeline, name)) for name in ("summary", "impact", "insight"))
    for index, stage in enumerate(pipeline.stages):
        yield ("stage", index, "text"), stage.text
    for location, each in statements(pipeline):
        yield (*location, "says"), each.says
    for index, difference in enumerate(pipeline.differences):
        yield ("difference", index, "page"), difference.page
        yield ("difference", index, "here"), difference.here


def _word_faults(statement: Premise, pipeline: Pipeline) -> Iterator[str]:
    counted = statement.says.replace("{{ epochs }}", str(pipeline.experiment.epochs))
    says = _EXPRESSION.sub(" ", counted)
    expected = unspoken(statement.claim, says)
    if expected:
        yield f'"{statement.says}" does not contain {expected}'
    for number in unsaid_numbers(statement.claim, says):
        yield f'"{statement.says}" does not say the {number} of its claim'


def _typed(text: str) -> list[float]:
    bare = _CODE.sub(" ", _EXPRESSION.sub(" ", text))
    return [float(each) for each in _NUMBER.findall(bare)]


def _settings(pipeline: Pipeline) -> set[float]:
    """Return numbers that are true of what is trained, whatever a run shows."""
    info = recipe_info(pipeline.experiment.recipe)
    arms = [info.complete(settings) for settings in pipeline.experiment.arms.values()]
    values = [value for settings in arms for value in settings.values()]
    numbers = {float(value) for value in values if isinstance(value, int | float)}
    return numbers | {float(pipeline.experiment.epochs)} | {float(fact) for fact in info.facts}


def _claimed(pipeline: Pipeline) -> set[float]:
    """Return the numbers of all claims, shares in per cent too; each claim is decided by runs."""
    given = [v for _, each in statements(pipeline) for v in each.claim.parameters.values()]
    numbers = {float(value) for value in given if isinstance(value, int | float)}
    return numbers | {100 * number for number in numbers}
