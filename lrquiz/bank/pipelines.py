"""Pipeline files: the schema first, then what the schema cannot say."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from lrquiz.bank.finding import find_predicate, find_recipe
from lrquiz.bank.pipeline_faults import claim_faults, experiment_faults, text_faults
from lrquiz.bank.schema import ClaimFile, ExperimentFile, Name, PremiseFile, Slug, Strict, Words
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import LocalCodeError, PipelineError, RecipeError
from lrquiz.model.item import Claim, Experiment, Premise
from lrquiz.model.pipeline import Difference, Pipeline, Stage

FOLDER = "pipelines"
ITEMS_OF_A_PAGE = 3


class StageFile(Strict):
    """One stage of the data's way."""

    shows: Literal[
        "raw", "scaled", "flattened", "split", "normalised", "model", "training", "evaluation"
    ]
    name: Words
    text: Words


class DifferenceFile(Strict):
    """What the page that this one replaces said, and what is measured here."""

    page: Words
    here: Words


class PipelineFile(Strict):
    """One pipeline."""

    id: Slug
    title: Words
    summary: Words
    source: str = ""
    arm: Name
    seed: Annotated[int, Field(ge=0)] = 0
    items: Annotated[list[Slug], Field(min_length=ITEMS_OF_A_PAGE, max_length=ITEMS_OF_A_PAGE)]
    experiment: ExperimentFile
    stage: Annotated[list[StageFile], Field(min_length=1)]
    impact: Words
    comparison: list[PremiseFile] = Field(default_factory=list)
    insight: Words
    support: Annotated[list[PremiseFile], Field(min_length=1)]
    difference: list[DifferenceFile] = Field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pipelines:
    """Every pipeline of a bank, in order of their ids, and every file that could not be read."""

    folder: Path
    found: tuple[Pipeline, ...]
    broken: Mapping[Path, PipelineError]

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all files, those that could not be read included."""
        return frozenset(each.id for each in self.found) | {path.stem for path in self.broken}

    def select(self, names: Sequence[str]) -> tuple[Pipeline, ...]:
        """Return the pipelines of these ids; all of them when none is named.

        Raises:
            PipelineError: an id names none, there is none at all, or a wanted file has faults.
        """
        wrong = [str(e) for path, e in self.broken.items() if not names or path.stem in names]
        if wrong:
            raise PipelineError("\n".join(wrong))
        by_id = {each.id: each for each in self.found}
        listed = ", ".join(sorted(by_id)) or "none"
        for name in names:
            if name not in by_id:
                message = f"{self.folder}: there is no pipeline {name!r}; there are: {listed}"
                raise PipelineError(message)
        if not by_id:
            message = f"{self.folder}: there is no pipeline; pipelines are files <id>.toml in it"
            raise PipelineError(message)
        return tuple(by_id[name] for name in names) if names else self.found


def load_pipelines(bank: Path, items: Collection[str], *, allow_local: bool = False) -> Pipelines:
    """Read every pipeline file of a bank; a bank without any is fine.

    Args:
        bank: its folder.
        items: ids of the items that a pipeline may name.
        allow_local: execute the Python files whose predicates are claimed.
    """
    found, broken = [], {}
    for path in sorted((bank / FOLDER).glob("*.toml")):
        try:
            found.append(load_pipeline(path, items, allow_local=allow_local))
        except PipelineError as error:
            broken[path] = error
    return Pipelines(bank / FOLDER, tuple(found), broken)


def load_pipeline(path: Path, items: Collection[str], *, allow_local: bool = False) -> Pipeline:
    """Read one pipeline file.

    Raises:
        PipelineError: it has faults; the message lists all of them, each with its line.
    """
    data, text = read(path, PipelineError)
    file, wrong = parse(PipelineFile, data)
    refuse(text, wrong, PipelineError)
    assert file is not None, "without faults there is a model"
    refuse(text, _reference_faults(file, path, items), PipelineError)
    try:
        made = _pipeline(file, path, allow_local=allow_local)
    except (RecipeError, LocalCodeError) as error:
        refuse(text, [Fault(("experiment", "recipe"), str(error))], PipelineError)
        raise
    refuse(text, experiment_faults(made), PipelineError)
    refuse(text, [*claim_faults(made), *text_faults(made)], PipelineError)
    return made


def _reference_faults(file: PipelineFile, path: Path, items: Collection[str]) -> list[Fault]:
    """Return what the file names and is not there."""
    arms = file.experiment.arms
    faults = []
    if file.id != path.stem:
        faults.append(Fault(("id",), f"id {file.id!r} must equal the file's name {path.stem!r}"))
    if file.arm not in arms:
        message = f"arm = {file.arm!r} names no arm; the arms are {', '.join(arms)}"
        faults.append(Fault(("arm",), message))
    for each in file.items:
        if each not in items:
            message = f"there is no item {each!r} in the bank; see: lrquiz bank list"
            faults.append(Fault(("items",), message))
    if len(set(file.items)) < len(file.items):
        faults.append(Fault(("items",), "an item is named twice"))
    return faults


def _pipeline(file: PipelineFile, path: Path, *, allow_local: bool) -> Pipeline:
    def claim(each: ClaimFile) -> Claim:
        predicate = find_predicate(each.predicate, path.parent, allow_local=allow_local)
        return Claim(predicate, each.parameters, each.quantifier, each.says)

    def statements(given: Sequence[PremiseFile]) -> tuple[Premise, ...]:
        return tuple(Premise(each.says, claim(each.claim)) for each in given)

    experiment = file.experiment
    recipe = find_recipe(experiment.recipe, path.parent)
    return Pipeline(
        id=file.id,
        path=str(path),
        title=file.title,
        summary=file.summary,
        source=file.source,
        experiment=Experiment(recipe, experiment.epochs, experiment.arms),
        arm=file.arm,
        seed=file.seed,
        stages=tuple(Stage(each.shows, each.name, each.text) for each in file.stage),
        impact=file.impact,
        comparisons=statements(file.comparison),
        insight=file.insight,
        support=statements(file.support),
        items=tuple(file.items),
        differences=tuple(Difference(each.page, each.here) for each in file.difference),
    )
