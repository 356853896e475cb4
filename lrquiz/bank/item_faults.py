"""What an item file's schema cannot say: what it names must be there, and fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lrquiz.bank.fill_in import FillInFile, blank_faults
from lrquiz.bank.finding import find_predicate, find_recipe, recipe_info
from lrquiz.bank.item_types import model_of, prompt_faults, value_faults
from lrquiz.bank.ordering import order_faults
from lrquiz.bank.predict import PredictFile, curve_faults
from lrquiz.bank.schema import ClaimFile, ExperimentFile
from lrquiz.bank.tomlfile import Fault, parse
from lrquiz.bank.variants import variant_faults
from lrquiz.errors import LocalCodeError, RecipeError
from lrquiz.evidence.claims import faults
from lrquiz.model.item import NO_EXPERIMENT, Claim, Experiment


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item file lies, and whether code beside it may be executed."""

    path: Path
    allow_local: bool

    def experiment(self, file: ExperimentFile | None) -> Experiment:
        """Return the experiment of a file, its recipe found."""
        if file is None:
            return NO_EXPERIMENT
        return Experiment(find_recipe(file.recipe, self.path.parent), file.epochs, file.arms)

    def claim(self, file: ClaimFile) -> Claim:
        """Return a claim, its predicate found."""
        predicate = find_predicate(file.predicate, self.path.parent, allow_local=self.allow_local)
        return Claim(predicate, file.parameters, file.quantifier, file.says)


def file_faults(data: dict[str, Any], place: Place) -> Iterator[Fault]:
    """Yield what the schema cannot say, from whichever parts of the file are well-formed.

    Parts are looked at one by one, so that a fault of one hides none of another.
    """
    name = place.path.stem
    if "id" in data and data["id"] != name:
        yield Fault(("id",), f"id {data['id']!r} must equal the file's name {name!r}")
    for table in ("option", "response"):
        ids = [entry.get("id") for _, entry in _entries(data, table)]
        for index, each in enumerate(ids):
            if each is not None and each in ids[:index]:
                yield Fault((table, index, "id"), f"{table} id {each!r} is used twice")
    yield from prompt_faults(data)
    file, _ = parse(ExperimentFile, data.get("experiment"))
    if file is None:
        return
    try:
        experiment = place.experiment(file)
    except (RecipeError, LocalCodeError) as error:
        yield Fault(("experiment", "recipe"), str(error))
        return
    yield from _experiment_faults(experiment, data.get("variants"))
    yield from _claim_faults(experiment, data, place)
    yield from value_faults(data, experiment)
    yield from _blank_faults(data, experiment, place)
    if model_of(data) is PredictFile:
        yield from curve_faults(data, experiment)
    yield from order_faults(data, experiment)


def _blank_faults(data: dict[str, Any], experiment: Experiment, place: Place) -> Iterator[Fault]:
    blank = data.get("blank")
    file, _ = parse(ClaimFile, blank.get("claim") if isinstance(blank, dict) else None)
    if file is None or model_of(data) is not FillInFile:
        return
    try:
        yield from blank_faults(data, place.claim(file), experiment)
    except LocalCodeError as error:
        yield Fault(("blank", "claim"), str(error))


def _entries(data: dict[str, Any], table: str) -> list[tuple[int, dict[str, Any]]]:
    entries = data.get(table)
    listed = enumerate(entries if isinstance(entries, list) else [])
    return [(index, entry) for index, entry in listed if isinstance(entry, dict)]


def _experiment_faults(experiment: Experiment, variants: object) -> Iterator[Fault]:
    for name, settings in experiment.arms.items():
        for fault in recipe_info(experiment.recipe).faults(settings):
            yield Fault(("experiment", "arms", name), fault)
    if isinstance(variants, dict) and all(isinstance(each, list) for each in variants.values()):
        for fault in variant_faults(variants, experiment):
            yield Fault(("variants",), fault)


def _claim_faults(experiment: Experiment, data: dict[str, Any], place: Place) -> Iterator[Fault]:
    for table in ("premise", "option"):
        for index, entry in _entries(data, table):
            file, _ = parse(ClaimFile, entry.get("claim"))
            for fault in _faults_of_claim(file, experiment, place) if file else ():
                yield Fault((table, index, "claim"), fault)


def _faults_of_claim(file: ClaimFile, experiment: Experiment, place: Place) -> list[str]:
    try:
        claim = place.claim(file)
    except LocalCodeError as error:
        return [str(error)]
    return list(faults(claim, experiment, recipe_info(experiment.recipe).records))
