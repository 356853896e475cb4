"""The digits practice of the shipped bank: what every item of it brings for a student."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.model.item import Variant
from lrquiz.resources.locate import shipped_bank

_LEADS_TO = re.compile(r'this leads to (?:"([^"]+)"|\S)')


def practice() -> list[str]:
    """Return the ids of the items that the digits blueprint picks."""
    text = (shipped_bank() / "blueprints" / "digits.toml").read_text()
    return [each for pick in tomllib.loads(text)["pick"] for each in pick["items"]]


def first_variant(item: str) -> Variant:
    (path,) = (shipped_bank() / "items").rglob(f"{item}.toml")
    return variants_of(load_item(Path(path)))[0]


def test_practice_goes_from_easy_to_hard() -> None:
    """Ten items, at least three of each difficulty, none easier than the one before it."""
    order = {"easy": 0, "medium": 1, "hard": 2}
    found = [order[str(first_variant(each).item.difficulty)] for each in practice()]
    assert len(found) == 10
    assert found == sorted(found)
    assert min(Counter(found).values()) >= 3


@pytest.mark.parametrize("item", practice())
def test_every_practice_item_is_worked_through(item: str) -> None:
    """A hint, numbered steps, a quick check as the last of them, feedback for every option."""
    variant = first_variant(item)
    *steps, check = variant.solution
    assert variant.hint
    assert [each.partition(":")[0] for each in steps] == [
        f"Step {number}" for number, _ in enumerate(steps, start=1)
    ]
    assert len(steps) >= 2
    assert check.startswith("Quick check: ")
    assert all(option.feedback for option in variant.options)


@pytest.mark.parametrize("item", practice())
def test_every_mistake_names_the_option_it_leads_to(item: str) -> None:
    """By what the option says, never by a letter, so that an option's place may change."""
    variant = first_variant(item)
    texts = [option.text.lower() for option in variant.options]
    for mistake in variant.common_mistakes:
        found = _LEADS_TO.search(mistake)
        assert found, mistake
        if found[1]:
            assert sum(found[1].lower() in text for text in texts) == 1, mistake
    assert len(variant.common_mistakes) >= 3
