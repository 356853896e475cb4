"""What gives keys away across a bank: their place, their length, and absolute words.

Rules 20, 24 and 28 of Haladyna, Downing and Rodriguez (2002); see `lrquiz.bank.advice`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from lrquiz.bank.advice import ABSOLUTE_WORDS
from lrquiz.model.item import Option

_WORDS = (*ABSOLUTE_WORDS, "all", "every", "none", "only", "must", "entirely", "cannot")
_ABSOLUTE = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_FAR_LONGER = 1.5
"""times the mean length of its distractors, from which a key stands out"""
_RARE = 0.05
"""chance, over all places together, under which a place counts as overused"""


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item's options as a student reads them, and its key."""

    item: str
    options: tuple[Option, ...]
    key: tuple[str, ...]

    @property
    def keys(self) -> tuple[Option, ...]:
        """The options that are the key."""
        return tuple(each for each in self.options if each.id in self.key)

    @property
    def distractors(self) -> tuple[Option, ...]:
        """The other options."""
        return tuple(each for each in self.options if each.id not in self.key)

    @property
    def ratio(self) -> float:
        """Mean length of the keys, as a multiple of that of the distractors."""
        lengths = [[len(each.text) for each in part] for part in (self.keys, self.distractors)]
        return fmean(lengths[0]) / fmean(lengths[1])

    @property
    def is_longest(self) -> bool:
        """Whether a key is longer than every distractor."""
        return max(map(_length, self.keys)) > max(map(_length, self.distractors))


@dataclass(frozen=True, slots=True)
class Giveaways:
    """How keys differ from distractors over a bank."""

    items: int
    places: tuple[int, ...]
    """how many keys stand first, second and so on in their files"""
    overused: tuple[int, ...]
    """places, counted from 1, that hold more keys than chance would put there"""
    longest: int
    """items whose key is longer than every distractor"""
    mean_ratio: float | None
    """mean over items of the key's length as a multiple of its distractors'; None without any"""
    far_longer: tuple[str, ...]
    """items whose key is more than 1.5 times as long as its distractors are on average"""
    absolute_in_keys: Mapping[str, int]
    """absolute words by how many keys have them"""
    absolute_in_distractors: Mapping[str, int]


def giveaways(bank: Sequence[Keyed]) -> Giveaways:
    """Return how keys differ from distractors; items without either are left out."""
    items = [each for each in bank if each.keys and each.distractors]
    most = max((len(each.options) for each in items), default=0)
    places = tuple(sum(_has_key_at(each, place) for each in items) for place in range(most))
    return Giveaways(
        items=len(items),
        places=places,
        overused=tuple(_overused(items, places)),
        longest=sum(each.is_longest for each in items),
        mean_ratio=fmean(each.ratio for each in items) if items else None,
        far_longer=tuple(each.item for each in items if each.ratio > _FAR_LONGER),
        absolute_in_keys=_absolute(option for each in items for option in each.keys),
        absolute_in_distractors=_absolute(option for each in items for option in each.distractors),
    )


def _length(option: Option) -> int:
    return len(option.text)


def _has_key_at(keyed: Keyed, place: int) -> bool:
    return place < len(keyed.options) and keyed.options[place].id in keyed.key


def _overused(items: Sequence[Keyed], places: Sequence[int]) -> Iterable[int]:
    for place, keys in enumerate(places):
        chances = [len(each.key) / len(each.options) for each in items if place < len(each.options)]
        if _at_least(keys, chances) * len(places) < _RARE:
            yield place + 1


def _at_least(count: int, chances: Sequence[float]) -> float:
    """Return the chance of `count` or more successes in independent trials with these chances."""
    exactly = [1.0]
    for chance in chances:
        shifted = zip([*exactly, 0.0], [0.0, *exactly], strict=True)
        exactly = [(1 - chance) * stays + chance * rises for stays, rises in shifted]
    return sum(exactly[count:])


def _absolute(options: Iterable[Option]) -> dict[str, int]:
    """Count options by the absolute words in their texts."""
    words = Counter(
        word for option in options for word in {each.lower() for each in _said(option.text)}
    )
    return dict(sorted(words.items()))


def _said(text: str) -> list[str]:
    return [match[0] for match in _ABSOLUTE.finditer(text)]
