"""An item in another language: the same claims, other texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrquiz.model.item import Item


@dataclass(frozen=True, slots=True)
class Translation:
    """What an item says in one language."""

    language: str
    item: Item
    """with its texts in that language; its claims and its experiment are the item's own"""
    measured: Mapping[str, str]
    """what was measured of each option, by its id"""
