"""Item-writing rules that a program can check, as advice: an item that breaks one still loads.

Haladyna, Downing and Rodriguez (2002), "A review of multiple-choice item-writing guidelines for
classroom assessment", doi:10.1207/s15324818ame1503_5; the rules' numbers are theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lrquiz.model.item import Item, ItemType

ABSOLUTE_WORDS = ("always", "never", "immediately", "completely", "impossible")
_ABSOLUTE = re.compile(rf"\b({'|'.join(ABSOLUTE_WORDS)})\b", re.IGNORECASE)
_CATCH_ALL = re.compile(r"\b(all|none) of (the above|these)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(NOT|EXCEPT)\b|\*\*not\*\*")
_LONG = 2.5


def advice(item: Item, objectives: Mapping[str, str]) -> Iterator[str]:
    """Yield what could be better about `item`, one sentence each."""
    if objectives and item.objective not in objectives:
        yield f"objective {item.objective!r} is not in objectives.toml"
    if _NEGATED.search(item.stem):
        yield "the stem is negated (rule 17): ask for what is true"
    for option in item.options:
        if _CATCH_ALL.search(option.text):
            yield f"option {option.id}: all or none of the above (rules 25, 26)"
        if word := _ABSOLUTE.search(option.text):
            yield f"option {option.id}: the absolute word {word[0]!r} gives it away (rule 28)"
        if not option.feedback:
            yield f"option {option.id} has no feedback"
    for mistake in item.value.mistakes if item.value else ():
        if not mistake.feedback:
            yield f'mistake "{mistake.says}" has no feedback'
    if item.order and not item.order.feedback:
        yield "a right order has no feedback"
    yield from _length(item)


def _length(item: Item) -> Iterator[str]:
    if not item.options or item.type is ItemType.FILL_IN:  # responses are not shown to choose from
        return
    lengths = {option.id: len(option.text) for option in item.options}
    longest = max(lengths, key=lambda name: lengths[name])
    rest = [length for name, length in lengths.items() if name != longest]
    if lengths[longest] > _LONG * sum(rest) / len(rest):
        yield f"option {longest} is far longer than the others (rule 24)"
