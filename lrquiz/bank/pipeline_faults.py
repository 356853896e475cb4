"""What is wrong with a pipeline that its schema cannot say: settings, claims, numbers in texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.pipeline_texts import Facts, filled_in, stand_in
from lrquiz.bank.tomlfile import Fault, Location
from lrquiz.evidence.claims import faults, unsaid_numbers, unspoken
from lrquiz.model.item import Premise
from lrquiz.model.pipeline import Pipeline, Study

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_CODE = re.compile(r"`[^`]*`")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w]|\.\d)")
_ALWAYS: AbstractSet[float] = frozenset({0.0, 1.0})  # where counting and grey values start and end
_NEEDED = "epoch.loss"


def experiment_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield what is wrong with arms, or with recipes for a page."""
    for location, study in located(pipeline):
        info = recipe_info(study.experiment.recipe)
        for name, settings in study.experiment.arms.items():
            for fault in info.faults(settings):
                yield Fault((*location, "experiment", "arms", name), fault)
        if _NEEDED not in info.records:
            message = f"{info.name} records no {_NEEDED}, which tables and charts of a page need"
            yield Fault((*location, "experiment", "recipe"), message)
        if f"epoch.{study.quantity}" not in info.records | {_NEEDED}:
            message = f"{info.name} records no epoch.{study.quantity}; leave chart = ... out"
            yield Fault((*location, "chart"), message)
    yield from _stage_faults(pipeline)


def _stage_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Without an accuracy there are no held-out rows that a stage of evaluation could show."""
    info = recipe_info(pipeline.experiment.recipe)
    for index, stage in enumerate(pipeline.stages):
        if stage.shows == "evaluation" and "epoch.accuracy" not in info.records:
            why = f"{info.name} records no epoch.accuracy; leave this stage out"
            yield Fault(("stage", index, "shows"), why)


def claim_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield what is wrong with claims, or with the words beside them."""
    for location, study in located(pipeline):
        records = recipe_info(study.experiment.recipe).records
        for place, each in _statements(location, study):
            wrong = list(faults(each.claim, study.experiment, records))
            yield from (Fault((*place, "claim"), fault) for fault in wrong)
            if not wrong:
                yield from (Fault((*place, "says"), fault) for fault in _word_faults(each, study))


def located(pipeline: Pipeline) -> Iterator[tuple[Location, Study]]:
    """Yield every study with its place in the file: the page's own stands at the top."""
    yield (), pipeline.studies[0]
    yield from ((("study", index), each) for index, each in enumerate(pipeline.studies[1:]))


def _statements(location: Location, study: Study) -> Iterator[tuple[Location, Premise]]:
    """Yield every statement with a claim, comparisons before what supports the insight."""
    for name, stated in (("comparison", study.comparisons), ("support", study.support)):
        yield from (((*location, name, index), each) for index, each in enumerate(stated))


def text_faults(pipeline: Pipeline) -> Iterator[Fault]:
    """Yield texts that cannot be filled in, and numbers that a run could contradict."""
    facts = stand_in(pipeline)
    everywhere = set().union(*map(_true_of, pipeline.studies))
    for location, text in _page_texts(pipeline):
        yield from _faults_of_text(location, text, facts, everywhere)
    for location, study in located(pipeline):
        own = facts.of_study(study.id)
        for place, text in _study_texts(location, study):
            yield from _faults_of_text(place, text, own, _true_of(study))


def _faults_of_text(
    location: Location, text: str, facts: Facts, known: AbstractSet[float]
) -> Iterator[Fault]:
    try:
        filled_in(text, facts)
    except ValueError as error:
        yield Fault(location, f"a text cannot be rendered: {error}")
    if location[-1] == "page":
        return  # what another page says are its own numbers
    for number in _typed(text):
        if number not in known:
            message = (
                f"the text says {number:g}, which no run was asked about; write measured "
                "numbers as {{ last.loss }} and the like"
            )
            yield Fault(location, message)


def _page_texts(pipeline: Pipeline) -> Iterator[tuple[Location, str]]:
    yield ("summary",), pipeline.summary
    yield ("insight",), pipeline.insight
    for index, stage in enumerate(pipeline.stages):
        yield ("stage", index, "text"), stage.text
    for index, difference in enumerate(pipeline.differences):
        yield ("difference", index, "page"), difference.page
        yield ("difference", index, "here"), difference.here


def _study_texts(location: Location, study: Study) -> Iterator[tuple[Location, str]]:
    yield (*location, "text") if location else ("impact",), study.text
    for place, each in _statements(location, study):
        yield (*place, "says"), each.says


def _word_faults(statement: Premise, study: Study) -> Iterator[str]:
    counted = statement.says.replace("{{ epochs }}", str(study.experiment.epochs))
    says = _EXPRESSION.sub(" ", counted)
    expected = unspoken(statement.claim, says)
    if expected:
        yield f'"{statement.says}" does not contain {expected}'
    for number in unsaid_numbers(statement.claim, says):
        yield f'"{statement.says}" does not say the {number} of its claim'


def _typed(text: str) -> list[float]:
    bare = _CODE.sub(" ", _EXPRESSION.sub(" ", text))
    return [float(each) for each in _NUMBER.findall(bare)]


def _true_of(study: Study) -> set[float]:
    """Return the numbers that no run of a study could contradict."""
    return _settings(study) | _claimed(study) | _ALWAYS


def _settings(study: Study) -> set[float]:
    """Return numbers that are true of what is trained, whatever a run shows."""
    info = recipe_info(study.experiment.recipe)
    arms = [info.complete(settings) for settings in study.experiment.arms.values()]
    values = [value for settings in arms for value in settings.values()]
    numbers = {float(value) for value in values if isinstance(value, int | float)}
    return numbers | {float(study.experiment.epochs)} | {float(fact) for fact in info.facts}


def _claimed(study: Study) -> set[float]:
    """Return the numbers of all claims, shares in per cent too; each claim is decided by runs."""
    stated = (premise.claim for premise in (*study.comparisons, *study.support))
    given = [value for claim in stated for value in claim.parameters.values()]
    numbers = {float(value) for value in given if isinstance(value, int | float)}
    return numbers | {100 * number for number in numbers}
