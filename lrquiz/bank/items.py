"""Item files to items: the schema first, then what the schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

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
from lrquiz.bank.schema import ItemFile
from lrquiz.bank.stem_faults import stem_faults
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
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
    return item


def _item(file: AnyItemFile, place: Place) -> Item:
    """Return the item of a file without faults."""
    common = _common(file, place)
    match file:
        case ItemFile():
            options = (
                Option(each.id, each.text, place.claim(each.claim), each.feedback)
                for each in file.option
            )
            return replace(common, options=tuple(options), points=file.points)
        case FillInFile():
            claim = place.claim(file.blank.claim)
            experiment = with_responses(common.experiment, claim, file)
            return replace(
                common,
                options=responses(claim, file),
                points=file.points,
                experiment=experiment,
            )
        case OrderFile():
            return replace(common, order=file.order.order(), points=file.points)
        case NumericFile():
            return replace(common, value=file.value.value(), points=file.points)
        case FlashcardFile():
            return replace(common, back=file.back)
        case OpenPromptFile():
            return replace(common, checklist=tuple(file.checklist))


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
