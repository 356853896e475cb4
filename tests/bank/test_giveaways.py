"""What gives keys away over a bank: counted here on banks made for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.bank.giveaways import Keyed, giveaways
from lrquiz.model.item import Claim, Option

CLAIM = Claim("training_learns", {"arm": "given"})


def keyed(key: int, *texts: str) -> Keyed:
    """Return an item whose options have these texts; the key is the one at this place."""
    options = tuple(Option(str(place), text, CLAIM) for place, text in enumerate(texts))
    return Keyed(f"item-{key}", options, (str(key),))


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40))
def test_every_key_stands_somewhere(keys: list[int]) -> None:
    """Places add up to the keys there are, each counted where it stands."""
    found = giveaways([keyed(key, "a", "b", "c", "d") for key in keys])
    assert found.places == tuple(keys.count(place) for place in range(4))
    assert found.items == len(keys)


def test_a_place_is_overused_when_chance_would_hardly_do_it() -> None:
    """Three keys of three in one place may be chance, ten of ten are not; even keys never are."""
    first = keyed(0, "a", "b", "c", "d")
    assert giveaways([first] * 3).overused == ()
    assert giveaways([first] * 10).overused == (1,)
    even = [keyed(place, "a", "b", "c", "d") for place in range(4)] * 10
    assert giveaways(even).overused == ()


def test_lengths_compare_the_key_with_its_distractors() -> None:
    """The longest option, how many times as long, and which keys stand out by it."""
    found = giveaways([keyed(0, "12345678", "1234", "1234"), keyed(1, "1234", "1234", "1234")])
    assert found.longest == 1
    assert found.mean_ratio == pytest.approx(1.5)
    assert found.far_longer == ("item-0",)


def test_absolute_words_are_counted_once_an_option() -> None:
    """A word counts for each option that has it, in any case, and not inside other words."""
    found = giveaways([keyed(0, "Always, always the same", "It must fall", "Musty, not all")])
    assert found.absolute_in_keys == {"always": 1}
    assert found.absolute_in_distractors == {"all": 1, "must": 1}


def test_an_item_without_key_or_distractor_tells_nothing() -> None:
    """A rejected item has no key whose place or length could be counted."""
    none = Keyed("none", (Option("a", "a", CLAIM),), ())
    assert giveaways([none]).items == giveaways([]).items == 0
    assert giveaways([none]).mean_ratio is None
