"""What is known of a recipe: its settings, what it records, and what is wrong with an arm's.

Data that needs no torch. `catalogue` lists the recipes of lrquiz; `local_recipe` reads others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lrquiz.resources.data import digests

_LARGEST = 1e37
"""of any number: float32 ends at 3.4e38, and Adam's first step takes ten times the rate"""


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a recipe's arms."""

    default: Any
    """its type is the setting's type; None stands for the default of `torch.optim`"""
    meaning: str
    choices: tuple[str, ...] = ()
    at_least: float = -math.inf
    per_trial: bool = False
    """trials that differ in it can be trained as one stacked program"""
    is_rate: bool = False
    """it is a learning rate: what an audit changes, whatever its name"""

    @property
    def kind(self) -> type:
        """The setting's type; what defaults to None is a number."""
        return float if self.default is None else type(self.default)


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """What the catalogue knows of one recipe."""

    name: str
    summary: str
    fields: Mapping[str, Field]
    records: frozenset[str]
    deterministic: bool = False
    """no randomness: one run, repeated once to be equal, is the whole evidence"""
    facts: tuple[float, ...] = ()
    """further numbers that are true of it and that a stem may say: rows, columns, layers"""
    reads: tuple[str, ...] = ()
    """files that it reads, relative to its own; their contents are part of its digest"""
    batched: bool = False
    """its trials are trained together, as one stacked tensor program"""
    code: str = ""
    """what it trains: of a fill-in, with a blank for the setting `response`; of an order item, with
    marked lines that the setting `order` puts in order"""
    data_files: Callable[[], tuple[Path, ...]] = tuple
    """finds the files of data that it trains on, wherever they lie"""

    @property
    def data(self) -> dict[str, str]:
        """The digests of its files of data as they are now, by their names.

        Raises:
            DataError: they are missing or cannot be read.
        """
        return digests(self.data_files())

    def complete(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return `settings` with every default filled in, numbers in their field's type."""
        given = {name: settings.get(name, field.default) for name, field in self.fields.items()}
        return {
            name: float(value) if self.fields[name].kind is float and value is not None else value
            for name, value in given.items()
        }

    def shape(self, settings: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return what trials must share to be trained as one stacked program."""
        return tuple(
            value
            for name, value in self.complete(settings).items()
            if not self.fields[name].per_trial
        )

    def faults(self, settings: Mapping[str, Any]) -> Iterator[str]:
        """Yield what is wrong with an arm's settings, with what to write instead."""
        for name, value in settings.items():
            if name in self.fields:
                yield from _value_faults(name, self.fields[name], value)
            else:
                yield f"{self.name} has no setting {name!r}; it has {', '.join(self.fields)}"
        if "momentum" in settings and "optimizer" in self.fields:
            optimizer = settings.get("optimizer", self.fields["optimizer"].default)
            if optimizer != "SGD":
                yield f"momentum is a setting of SGD; {optimizer} has none"
        if self._may_raise_rates(settings):
            yield f"gamma = {settings['gamma']} is refused by ReduceLROnPlateau; write one below 1"

    def _may_raise_rates(self, settings: Mapping[str, Any]) -> bool:
        """Whether torch refuses the factor: a rate on a plateau can only be lowered."""
        gamma = settings.get("gamma")
        plateau = settings.get("schedule") == "ReduceLROnPlateau"
        return plateau and isinstance(gamma, int | float) and gamma >= 1


def _value_faults(name: str, field: Field, value: object) -> Iterator[str]:
    wanted = field.kind
    if not _is_a(wanted, value):
        kind = {float: "a number", int: "a whole number", str: "text", tuple: "a list of names"}
        yield f"{name} = {value!r} is not {kind[wanted]} ({field.meaning})"
        return
    for each in value if isinstance(value, list | tuple) else (value,):
        if field.choices and each not in field.choices:
            yield f"{name}: {each!r} is not one of {', '.join(field.choices)}"
        if isinstance(each, int | float) and not field.at_least <= each < math.inf:
            yield f"{name} = {each!r} must be finite and at least {field.at_least:g}"
        elif isinstance(each, int | float) and abs(each) > _LARGEST:
            yield f"{name} = {each!r} is too large for float32; write {_LARGEST:g} at most"


def _is_a(wanted: type, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if wanted is tuple:
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    return isinstance(value, int | float if wanted is float else wanted)
