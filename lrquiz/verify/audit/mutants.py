"""What is changed: a mutant of an item or of its experiment, made from the item's first variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from lrquiz.model.item import Settings, Variant


class Kind(StrEnum):
    """How a mutant was made."""

    SWAPPED = "claims exchanged"
    SWAPPED_UNDER_QUOTES = "claims exchanged, quotes kept"
    CLOCK = "clock shifted"
    EPOCH = "epoch shifted"
    NEGATED = "predicate negated"
    DELETED = "premise deleted"
    RATE = "rate changed"
    SCHEDULE = "schedule changed"
    DROPPED = "call dropped"


@dataclass(frozen=True, slots=True)
class ItemMutant:
    """The words of an item with other claims under them."""

    kind: Kind
    what: str
    """what was changed, in words"""
    variant: Variant


@dataclass(frozen=True, slots=True)
class ExperimentMutant:
    """An item as it stands whose arms are trained otherwise than they say."""

    kind: Kind
    what: str
    """what was changed, in words"""
    arms: Mapping[str, Settings]
    """what is trained, by the name of the arm that it is passed off as"""
    without: str = ""
    """a call that does nothing in the loop that trains"""
    changed: tuple[str, str] | None = None
    """arm and setting whose value is another one; None where a call was dropped"""


Mutant = ItemMutant | ExperimentMutant
