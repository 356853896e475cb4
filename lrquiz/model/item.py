"""Items as authors write them: a stem, options, and claims that experiments decide.

There is no field for a key. What is right follows from evidence alone (see `lrquiz.verify`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any

Settings = Mapping[str, Any]
"""The settings of one arm: field name to value, as its recipe's catalogue entry defines them."""


@dataclass(frozen=True, slots=True)
class LocalCode:
    """A recipe, or a predicate, in a Python file outside lrquiz, pinned to its content.

    What an item file says is text; only who resolved it makes one of these, so that no text alone
    can name code to execute.
    """

    path: str
    digest: str
    """of the file, and of the files that it declares to read"""
    function: str = ""
    """which predicate of the file; empty for a recipe"""

    @property
    def identity(self) -> str:
        """What digests hold of it: its content, wherever it lies."""
        return f"local {self.function} {self.digest}"

    def __str__(self) -> str:
        """Return its name without its folder, for messages and documents."""
        return ":".join(filter(None, [PurePath(self.path).name, self.function]))


Code = str | LocalCode
"""a recipe or a predicate: the name of one of lrquiz, or one of a bank's own"""


def identity_of(code: Code) -> str:
    """Return what digests hold of a recipe or a predicate."""
    return code.identity if isinstance(code, LocalCode) else code


class ItemType(StrEnum):
    """What kind of response an item asks for."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_CHOICE = "multiple_choice"
    FIND_ERROR = "find_error"
    """single choice, proved by repair: each option claims that its repair makes training learn"""


class Quantifier(StrEnum):
    """How often the words of a claim must hold over seeds."""

    USUALLY = "usually"
    SOMETIMES = "sometimes"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an option's words say, as a predicate over evidence."""

    predicate: Code
    parameters: Mapping[str, Any]
    """arms and numbers by parameter name"""
    quantifier: Quantifier = Quantifier.USUALLY
    says: str | None = None
    """words of the text this claim stands for, where the predicate's own vocabulary does not fit"""


@dataclass(frozen=True, slots=True)
class Premise:
    """What the stem takes for granted; if it fails, the stem itself is false."""

    says: str
    claim: Claim


@dataclass(frozen=True, slots=True)
class Option:
    """One option. Responses name its `id`, never a letter."""

    id: str
    text: str
    claim: Claim
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """One recipe run with several settings, each an arm."""

    recipe: Code
    epochs: int
    arms: Mapping[str, Settings]


@dataclass(frozen=True, slots=True)
class Item:
    """One item file."""

    id: str
    path: str
    """where it was read, for messages"""
    type: ItemType
    objective: str
    bloom: str
    difficulty: str
    stem: str
    """Markdown with Jinja expressions over `arms`, `epochs` and `clock`"""
    options: tuple[Option, ...]
    premises: tuple[Premise, ...]
    experiment: Experiment
    variants: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    title: str = ""
    points: float = 1.0
    hint: str = ""
    solution: tuple[str, ...] = ()
    common_mistakes: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """An item with one value chosen for each varied setting and every text rendered."""

    item: Item
    name: str
    """the chosen values, as `arms.too_high.lr=30.0`; empty when nothing varies"""
    stem: str
    premises: tuple[Premise, ...]
    options: tuple[Option, ...]
    experiment: Experiment
    hint: str = ""
    solution: tuple[str, ...] = ()
    common_mistakes: tuple[str, ...] = ()
