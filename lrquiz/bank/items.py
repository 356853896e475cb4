"""Item files to items: the schema first, then what the schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lrquiz.bank.fill_in import FillInFile, responses, with_responses
from lrquiz.bank.item_faults import Place, file_faults
from lrquiz.bank.item_types import (
    AnyItemFile,
    FlashcardFile,
    NumericFile,
    OpenPromptFile,
    model_of,
)
from lrquiz.bank.ordering import OrderFile
from lrquiz.bank.predict import PredictFile, curves
from lrquiz.bank.schema import ItemFile, ScoredFile
from lrquiz.bank.stem_faults import stem_faults
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.bank.translations import load_translations
from lrquiz.bank.variants import text_faults
from lrquiz.errors import ItemError
from lrquiz.model.item import LEVELS, Item, Option, Premise


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
    place = Place(path, allow_local)
    refuse(text, [*wrong, *file_faults(data, place)], ItemError)
    assert file is not None, "without faults there is a model"
    item = _item(file, place)
    refuse(text, _text_faults(item), ItemError)
    return _with_translations(item)


def _with_translations(item: Item) -> Item:
    """Add the translations that lie beside the item's file; their texts must render as well."""
    found = load_translations(item)
    for each in found:
        for location, error in text_faults(each.item):
            place = ".".join(map(str, location))
            message = (
                f"{item.path}: in language {each.language}, {place} cannot be rendered: {error}"
            )
            raise ItemError(message)
    return replace(item, translations=found)


def _item(file: AnyItemFile, place: Place) -> Item:
    """Return the item of a file without faults."""
    common = _common(file, place)
    points = file.points if isinstance(file, ScoredFile) else common.points
    return replace(_with_own(common, file, place), points=points)


def _with_own(common: Item, file: AnyItemFile, place: Place) -> Item:
    """Add to an item what only items of its type have."""
    own: dict[str, Any] = {}
    match file:
        case ItemFile():
            own["options"] = tuple(
                Option(each.id, each.text, place.claim(each.claim), each.feedback)
                for each in file.option
            )
        case FillInFile():
            claim = place.claim(file.blank.claim)
            own["options"] = responses(claim, file)
            own["experiment"] = with_responses(common.experiment, claim, file)
        case PredictFile():
            own["options"] = curves(file)
        case OrderFile():
            own["order"] = file.order.order()
        case NumericFile():
            own["value"] = file.value.value()
        case FlashcardFile():
            own["back"] = file.back
        case OpenPromptFile():
            own["checklist"] = tuple(file.checklist)
    return replace(common, **own)


def _common(file: AnyItemFile, place: Place) -> Item:
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


def _text_faults(item: Item) -> Iterator[Fault]:
    for location, error in text_faults(item):
        yield Fault(location, f"a text cannot be rendered: {error}")
    yield from stem_faults(item)
