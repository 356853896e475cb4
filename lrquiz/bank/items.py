"""Item files to items: the schema first, then what the schema cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lrquiz.bank.catalogue import RECIPES
from lrquiz.bank.schema import ClaimFile, ExperimentFile, ItemFile
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.bank.variants import text_faults, variant_faults
from lrquiz.errors import ItemError
from lrquiz.evidence.claims import arms_of, faults
from lrquiz.evidence.predicates import PREDICATES
from lrquiz.model.item import Claim, Experiment, Item, Option, Premise

_ARM_IN_TEXT = re.compile(r"\barms\.(\w+)")
_CLOCK_WORDS = {
    "0-based": (r"\bfrom 0\b|from zero|0-based|zero-based", "counting epochs from 0"),
    "1-based": (r"\bfrom 1\b|from one|1-based|one-based", "counting epochs from 1"),
    "start of epoch": (r"\bstart|begin", "at the start of epoch ..."),
    "end of epoch": (r"\bend\b|after", "at the end of epoch ..."),
}


def load_item(path: Path) -> Item:
    """Read one item file.

    Raises:
        ItemError: the file has faults; the message lists all of them, each with its line.
    """
    data, text = read(path, ItemError)
    file, wrong = parse(ItemFile, data)
    refuse(text, [*wrong, *_faults(data, path)], ItemError)
    assert file is not None, "without faults there is a model"
    item = _item(file, path)
    refuse(text, _text_faults(item), ItemError)
    return item


def _claim(file: ClaimFile) -> Claim:
    return Claim(file.predicate, file.parameters, file.quantifier, file.says)


def _item(file: ItemFile, path: Path) -> Item:
    return Item(
        id=file.id,
        path=str(path),
        type=file.type,
        title=file.title or file.id.replace("-", " "),
        objective=file.objective,
        bloom=file.bloom,
        difficulty=file.difficulty,
        points=file.points,
        stem=file.stem,
        hint=file.hint,
        solution=tuple(file.solution),
        common_mistakes=tuple(file.common_mistakes),
        source=file.source,
        note=file.note,
        options=tuple(
            Option(each.id, each.text, _claim(each.claim), each.feedback) for each in file.option
        ),
        premises=tuple(Premise(each.says, _claim(each.claim)) for each in file.premise),
        experiment=_experiment(file.experiment),
        variants={name: tuple(values) for name, values in file.variants.items()},
    )


def _experiment(file: ExperimentFile) -> Experiment:
    return Experiment(file.recipe, file.epochs, file.arms)


def _faults(data: dict[str, Any], path: Path) -> Iterator[Fault]:
    """Yield what the schema cannot say, from whichever parts of the file are well-formed.

    Parts are looked at one by one, so that a fault of one hides none of another.
    """
    if "id" in data and data["id"] != path.stem:
        yield Fault(("id",), f"id {data['id']!r} must equal the file's name {path.stem!r}")
    ids = [entry.get("id") for _, entry in _entries(data, "option")]
    for index, each in enumerate(ids):
        if each is not None and each in ids[:index]:
            yield Fault(("option", index, "id"), f"option id {each!r} is used twice")
    experiment, _ = parse(ExperimentFile, data.get("experiment"))
    if experiment is None:
        return
    if experiment.recipe not in RECIPES:
        message = f"there is no recipe {experiment.recipe!r}; there are: {', '.join(RECIPES)}"
        yield Fault(("experiment", "recipe"), message)
        return
    yield from _experiment_faults(experiment, data.get("variants"))
    yield from _claim_faults(experiment, data)


def _entries(data: dict[str, Any], table: str) -> list[tuple[int, dict[str, Any]]]:
    entries = data.get(table)
    listed = enumerate(entries if isinstance(entries, list) else [])
    return [(index, entry) for index, entry in listed if isinstance(entry, dict)]


def _experiment_faults(file: ExperimentFile, variants: object) -> Iterator[Fault]:
    wrong = [
        Fault(("experiment", "arms", name), fault)
        for name, settings in file.arms.items()
        for fault in RECIPES[file.recipe].faults(settings)
    ]
    yield from wrong
    if isinstance(variants, dict) and all(isinstance(each, list) for each in variants.values()):
        for fault in variant_faults(variants, _experiment(file)):
            yield Fault(("variants",), fault)


def _claim_faults(experiment: ExperimentFile, data: dict[str, Any]) -> Iterator[Fault]:
    recorded = RECIPES[experiment.recipe].records
    for table in ("premise", "option"):
        for index, entry in _entries(data, table):
            claim, _ = parse(ClaimFile, entry.get("claim"))
            for fault in faults(_claim(claim), _experiment(experiment), recorded) if claim else ():
                yield Fault((table, index, "claim"), fault)


def _text_faults(item: Item) -> Iterator[Fault]:
    for location, error in text_faults(item):
        yield Fault(location, f"a text cannot be rendered: {error}")
    yield from _uncovered_arms(item)
    yield from _unsaid_clocks(item)


def _uncovered_arms(item: Item) -> Iterator[Fault]:
    """An arm that the stem speaks of and no premise covers is a stem nobody checks."""
    covered = {arm for premise in item.premises for arm in arms_of(premise.claim)}
    named = set(_ARM_IN_TEXT.findall(item.stem)) & set(item.experiment.arms)
    for arm in sorted(named - covered):
        message = f"the stem speaks of arm {arm!r}, but no [[premise]] says what holds of it"
        yield Fault(("premise",), message)


def _unsaid_clocks(item: Item) -> Iterator[Fault]:
    """A claim that counts epochs by a clock needs a stem that counts the same way."""
    for index, option in enumerate(item.options):
        clock = option.claim.parameters.get("clock")
        if not PREDICATES[option.claim.predicate].takes_clock or clock is None:
            continue
        for part in str(clock).split(", "):
            pattern, words = _CLOCK_WORDS[part]
            if not re.search(pattern, item.stem, re.IGNORECASE):
                message = f'clock = {clock!r}, but the stem does not say "{words}"'
                yield Fault(("option", index, "claim"), message)
