"""From a pipeline's file, its shape checked, to the pipeline: recipes and predicates found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lrquiz.bank.finding import find_predicate, find_recipe
from lrquiz.bank.pipeline_files import PipelineFile
from lrquiz.bank.schema import ClaimFile, ExperimentFile, PremiseFile
from lrquiz.bank.tomlfile import Fault, Location
from lrquiz.errors import LocalCodeError, RecipeError
from lrquiz.model.item import Claim, Experiment, Premise
from lrquiz.model.pipeline import IMPACT, Difference, Pipeline, Stage, Study


def recipe_faults(file: PipelineFile, path: Path) -> Iterator[Fault]:
    """Yield a fault for each recipe that is not there."""
    named: list[tuple[Location, ExperimentFile]] = [((), file.experiment)]
    named += [(("study", index), each.experiment) for index, each in enumerate(file.study)]
    for location, experiment in named:
        try:
            find_recipe(experiment.recipe, path.parent)
        except (RecipeError, LocalCodeError) as error:
            yield Fault((*location, "experiment", "recipe"), str(error))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds what a file names: recipes and predicates, of lrquiz or in files beside it."""

    folder: Path
    allow_local: bool

    def experiment(self, file: ExperimentFile) -> Experiment:
        recipe = find_recipe(file.recipe, self.folder)
        return Experiment(recipe, file.epochs, file.arms)

    def statements(self, given: Sequence[PremiseFile]) -> tuple[Premise, ...]:
        return tuple(Premise(each.says, self._claim(each.claim)) for each in given)

    def _claim(self, each: ClaimFile) -> Claim:
        predicate = find_predicate(each.predicate, self.folder, allow_local=self.allow_local)
        return Claim(predicate, each.parameters, each.quantifier, each.says)


def make_pipeline(file: PipelineFile, path: Path, *, allow_local: bool) -> Pipeline:
    """Return the pipeline of a file whose shape is right.

    Raises:
        RecipeError: there is no such recipe.
        LocalCodeError: a recipe or a predicate in a file cannot be loaded, or is not allowed.
    """
    return Pipeline(
        id=file.id,
        path=str(path),
        title=file.title,
        summary=file.summary,
        source=file.source,
        arm=file.arm,
        seed=file.seed,
        stages=tuple(Stage(each.shows, each.name, each.text) for each in file.stage),
        studies=tuple(_studies(file, _Finder(path.parent, allow_local))),
        insight=file.insight,
        items=tuple(file.items),
        differences=tuple(Difference(each.page, each.here) for each in file.difference),
    )


def _studies(file: PipelineFile, find: _Finder) -> Iterator[Study]:
    """Yield the page's own experiment as the first study, then the others."""
    yield Study(
        id=IMPACT,
        name=file.impact_name,
        text=file.impact,
        experiment=find.experiment(file.experiment),
        quantity="loss",
        comparisons=find.statements(file.comparison),
        support=find.statements(file.support),
    )
    for each in file.study:
        yield Study(
            id=each.id,
            name=each.name,
            text=each.text,
            experiment=find.experiment(each.experiment),
            quantity=each.chart,
            comparisons=find.statements(each.comparison),
            support=find.statements(each.support),
        )
