"""Item files to items: the schema first, then what the schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lrquiz.bank.finding import find_predicate, find_recipe, recipe_info
from lrquiz.bank.item_types import (
    AnyItemFile,
    FlashcardFile,
    NumericFile,
    OpenPromptFile,
    model_of,
    prompt_faults,
    value_faults,
)
from lrquiz.bank.schema import ClaimFile, ExperimentFile, ItemFile
from lrquiz.bank.stem_faults import stem_faults
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.bank.variants import text_faults, variant_faults
from lrquiz.errors import ItemError, LocalCodeError, RecipeError
from lrquiz.evidence.claims import faults
from lrquiz.model.item import LEVELS, NO_EXPERIMENT, Claim, Experiment, Item, Option, Premise


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item file lies, and whether code beside it may be executed."""

    path: Path
    allow_local: bool

    def experiment(self, file: ExperimentFile | None) -> Experiment:
        if file is None:
            return NO_EXPERIMENT
        return Experiment(find_recipe(file.recipe, self.path.parent), file.epochs, file.arms)

    def claim(self, file: ClaimFile) -> Claim:
        predicate = find_predicate(file.predicate, self.path.parent, allow_local=self.allow_local)
        return Claim(predicate, file.parameters, file.quantifier, file.says)


def load_item(path: Path, *, allow_local: bool = False) -> Item:
    """Read one item file.

    Args:
        path: of the file.
        allow_local: execute the Python files whose predicates it claims; without, an item that
            claims any is at fault. A recipe in a Python file is read and never executed here.

    Raises:
        ItemError: the file has faults; the message lists all of them, each with its line.
    """
    data, text = read(path, ItemError)
    file, wrong = parse(model_of(data), data)
    place = _Place(path, allow_local)
    refuse(text, [*wrong, *_faults(data, place)], ItemError)
    assert file is not None, "without faults there is a model"
    item = _item(file, place)
    refuse(text, _text_faults(item), ItemError)
    return item


def _item(file: AnyItemFile, place: _Place) -> Item:
    """Return the item of a file without faults."""
    common = _common(file, place)
    match file:
        case ItemFile():
            options = (
                Option(each.id, each.text, place.claim(each.claim), each.feedback)
                for each in file.option
            )
            return replace(common, options=tuple(options), points=file.points)
        case NumericFile():
            return replace(common, value=file.value.value(), points=file.points)
        case FlashcardFile():
            return replace(common, back=file.back)
        case OpenPromptFile():
            return replace(common, checklist=tuple(file.checklist))


def _common(file: AnyItemFile, place: _Place) -> Item:
    return Item(
        id=file.id,
        path=str(place.path),
        type=file.type,
        title=file.title or file.id.replace("-", " "),
        objective=file.objective,
        bloom=file.bloom,
        difficulty=_difficulty(file),
        points=0.0,
        stem=file.stem,
        hint=file.hint,
        solution=tuple(file.solution),
        common_mistakes=tuple(file.common_mistakes),
        source=file.source,
        note=file.note,
        options=(),
        premises=tuple(Premise(each.says, place.claim(each.claim)) for each in file.premise),
        experiment=place.experiment(file.experiment),
        variants={name: tuple(values) for name, values in file.variants.items()},
    )


def _difficulty(file: AnyItemFile) -> str:
    if isinstance(file, FlashcardFile | OpenPromptFile):
        return LEVELS[file.level]
    return file.difficulty


def _faults(data: dict[str, Any], place: _Place) -> Iterator[Fault]:
    """Yield what the schema cannot say, from whichever parts of the file are well-formed.

    Parts are looked at one by one, so that a fault of one hides none of another.
    """
    name = place.path.stem
    if "id" in data and data["id"] != name:
        yield Fault(("id",), f"id {data['id']!r} must equal the file's name {name!r}")
    ids = [entry.get("id") for _, entry in _entries(data, "option")]
    for index, each in enumerate(ids):
        if each is not None and each in ids[:index]:
            yield Fault(("option", index, "id"), f"option id {each!r} is used twice")
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


def _claim_faults(experiment: Experiment, data: dict[str, Any], place: _Place) -> Iterator[Fault]:
    for table in ("premise", "option"):
        for index, entry in _entries(data, table):
            file, _ = parse(ClaimFile, entry.get("claim"))
            for fault in _faults_of_claim(file, experiment, place) if file else ():
                yield Fault((table, index, "claim"), fault)


def _faults_of_claim(file: ClaimFile, experiment: Experiment, place: _Place) -> list[str]:
    try:
        claim = place.claim(file)
    except LocalCodeError as error:
        return [str(error)]
    return list(faults(claim, experiment, recipe_info(experiment.recipe).records))


def _text_faults(item: Item) -> Iterator[Fault]:
    for location, error in text_faults(item):
        yield Fault(location, f"a text cannot be rendered: {error}")
    yield from stem_faults(item)
