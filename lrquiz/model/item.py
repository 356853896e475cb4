"""Items as authors write them: a stem, options, and claims that experiments decide.

There is no field for a key. What is right follows from evidence alone (see `lrquiz.verify`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from lrquiz.model.translation import Translation

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
    FILL_IN = "fill_in"
    """code for a blank; each response that was run is an option, and several may be right"""
    PREDICT = "predict"
    """single choice among recorded curves: each option claims that runs asked for look like its"""
    NUMERIC = "numeric"
    """a number, which is measured"""
    ORDER = "order"
    """lines of a loop to put in order; every order was run, and several may be right"""
    FLASHCARD = "flashcard"
    """a front and a back; what the back says is claimed by premises"""
    OPEN_PROMPT = "open_prompt"
    """a text of one's own, compared with a checklist by its writer and never scored"""

    @property
    def has_options(self) -> bool:
        """Whether a response chooses among options."""
        return self not in {
            ItemType.NUMERIC,
            ItemType.ORDER,
            ItemType.FLASHCARD,
            ItemType.OPEN_PROMPT,
        }


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


LEVELS = {"beginner": "easy", "intermediate": "medium", "advanced": "hard"}
"""what flashcards and open prompts call their difficulty"""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number that is read off traces, as a measure with its arms and numbers."""

    measure: str
    parameters: Mapping[str, Any]
    """arms and numbers by parameter name"""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong number that a common mistake leads to."""

    value: Measurement | float
    says: str
    """what the mistake is"""
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """The number that an item asks for: measured, never typed in."""

    measurement: Measurement
    tolerance: float
    """how far a response may lie from the measured value, in its unit"""
    unit: str = ""
    feedback: str = ""
    mistakes: tuple[Mistake, ...] = ()

    @property
    def measurements(self) -> tuple[Measurement, ...]:
        """Everything that is to be measured: the value, then what mistakes lead to."""
        values = (each.value for each in self.mistakes)
        return self.measurement, *(each for each in values if isinstance(each, Measurement))


@dataclass(frozen=True, slots=True)
class OrderMistake:
    """Lines that must not run in this order, whatever runs between them."""

    lines: tuple[str, ...]
    """two ids of lines or more"""
    feedback: str


@dataclass(frozen=True, slots=True)
class Order:
    """What an item asks of an order of lines: which orders are right is for runs to show."""

    says: str
    """words of the stem that ask for it"""
    reference: str
    """the arm that a right order trains like"""
    feedback: str = ""
    """on a right order"""
    mistakes: tuple[OrderMistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Experiment:
    """One recipe run with several settings, each an arm."""

    recipe: Code
    epochs: int
    arms: Mapping[str, Settings]


NO_EXPERIMENT = Experiment("", 0, {})
"""of an item that claims nothing, so that nothing is run for it"""


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
    value: Value | None = None
    """what a numeric item asks for"""
    back: str = ""
    """the back of a flashcard, Markdown with expressions as in the stem"""
    checklist: tuple[str, ...] = ()
    """the concepts that a response to an open prompt should name"""
    order: Order | None = None
    """what an order item asks for"""
    translations: tuple[Translation, ...] = ()


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
    value: Value | None = None
    back: str = ""
    checklist: tuple[str, ...] = ()
    order: Order | None = None
