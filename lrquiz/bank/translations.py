"""Translations of items: sibling files that hold texts only, so that none can change a key.

`ID.de.toml` beside `ID.toml` says in German what the item says. It has no field for a claim, a
setting or a point; options are named by their ids; and every expression and every number of a text
must stand in its translation as well, since they are what the evidence decides about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from pydantic import Field

from lrquiz.bank.schema import Slug, Strict, Words
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import ItemError
from lrquiz.model.item import Item, ItemType, Option, Premise
from lrquiz.model.translation import Translation

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class TranslatedOption(Strict):
    """An option in another language."""

    text: str = ""
    """not of code, which is the same in every language"""
    feedback: str = ""
    measured: Words
    """what was measured of it, as its predicate says in English"""


class TranslationFile(Strict):
    """An item in another language: texts, and nothing that a key could follow from."""

    item: Slug
    language: _Language
    title: Words
    stem: Words
    hint: str = ""
    solution: list[Words] = Field(default_factory=list)
    common_mistakes: list[Words] = Field(default_factory=list)
    premise: list[Words] = Field(default_factory=list)
    option: dict[Slug, TranslatedOption] = Field(default_factory=dict)
    back: str = ""
    checklist: list[Words] = Field(default_factory=list)


def is_translation(path: Path) -> bool:
    """Say whether a file is the sibling of an item's: ids have no dots."""
    return "." in path.stem


def load_translations(item: Item) -> tuple[Translation, ...]:
    """Read every translation that lies beside an item's file.

    Raises:
        ItemError: one has faults; the message lists all of them, each with its line.
    """
    path = Path(item.path)
    return tuple(_load(each, item) for each in sorted(path.parent.glob(f"{path.stem}.*.toml")))


def _load(path: Path, item: Item) -> Translation:
    data, text = read(path, ItemError)
    file, wrong = parse(TranslationFile, data)
    refuse(text, [*wrong, *(_faults(file, item, path) if file else ())], ItemError)
    assert file is not None, "without faults there is a model"
    return Translation(file.language, _translated(file, item), _measured(file))


def _translated(file: TranslationFile, item: Item) -> Item:
    """Return the item with its texts in the file's language; its claims are its own."""
    premises = zip(item.premises, file.premise, strict=True)
    return replace(
        item,
        title=file.title,
        stem=file.stem,
        hint=file.hint,
        solution=tuple(file.solution),
        common_mistakes=tuple(file.common_mistakes),
        premises=tuple(Premise(says, each.claim) for each, says in premises),
        options=tuple(_option(each, file.option[each.id]) for each in item.options),
        back=file.back,
        checklist=tuple(file.checklist),
        translations=(),
    )


def _option(option: Option, file: TranslatedOption) -> Option:
    return replace(option, text=file.text or option.text, feedback=file.feedback)


def _measured(file: TranslationFile) -> Mapping[str, str]:
    return {name: each.measured for name, each in file.option.items()}


def _faults(file: TranslationFile, item: Item, path: Path) -> Iterator[Fault]:
    if path.name != f"{file.item}.{file.language}.toml" or file.item != item.id:
        yield Fault(("item",), f"this file is to be called {item.id}.{file.language}.toml")
    ids = {each.id for each in item.options}
    for name in sorted(ids ^ file.option.keys()):
        fault = "is missing here" if name in ids else f"is no option of {item.id}"
        yield Fault(("option",), f"option {name} {fault}")
    for name in ("solution", "common_mistakes", "checklist"):
        yield from _counts(name, getattr(item, name), getattr(file, name))
    yield from _counts("premise", item.premises, file.premise)
    if item.value is not None:
        yield Fault(("item",), "items that ask for a number cannot be translated yet")
    yield from _differences(file, item)


def _counts(name: str, own: tuple[object, ...], other: list[str]) -> Iterator[Fault]:
    if len(own) != len(other):
        yield Fault((name,), f"the item has {len(own)} of these, and here are {len(other)}")


def _differences(file: TranslationFile, item: Item) -> Iterator[Fault]:
    """Yield the texts whose expressions or numbers are not those of the item's own text."""
    for place, own, other in _pairs(file, item):
        if _decided(own) != _decided(other):
            missing = ", ".join((_decided(own) - _decided(other)) or ["none"])
            more = ", ".join((_decided(other) - _decided(own)) or ["none"])
            message = (
                f"{place}: its expressions and numbers are to be those of the item's text; "
                f"missing: {missing}; too many: {more}"
            )
            yield Fault((place.split(".", maxsplit=1)[0],), message)


def _pairs(file: TranslationFile, item: Item) -> Iterator[tuple[str, str, str]]:
    """Yield the place of each text that evidence decides about, with its translation."""
    yield "stem", item.stem, file.stem
    yield "back", item.back, file.back
    options = () if item.type is ItemType.FILL_IN else item.options
    for each in options:
        if each.id in file.option:
            yield f"option.{each.id}.text", each.text, file.option[each.id].text
    for number, (premise, says) in enumerate(zip(item.premises, file.premise, strict=False)):
        yield f"premise.{number}", premise.says, says


def _decided(text: str) -> Counter[str]:
    """Return the expressions and numbers of a text, which evidence decides about."""
    expressions = [" ".join(each.split()) for each in _EXPRESSION.findall(text)]
    numbers = [each.replace(",", ".") for each in _NUMBER.findall(_EXPRESSION.sub(" ", text))]
    return Counter([*expressions, *numbers])
