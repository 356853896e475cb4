"""Sharing items out among papers: a solution is found wherever there is one, and is fair."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from lrquiz.quiz.assignment import Shortage, counted, dealt

ITEMS = tuple("abcdef")
PLACES = st.lists(st.lists(st.sampled_from(ITEMS), unique=True, max_size=6), min_size=1, max_size=4)
VARIANTS = st.fixed_dictionaries({item: st.integers(1, 4) for item in ITEMS})
PAPERS = st.integers(1, 6)


@given(PLACES, VARIANTS, PAPERS, st.booleans())
def test_every_paper_is_filled_or_the_shortage_is_real(
    places: list[list[str]],
    variants: dict[str, int],
    papers: int,
    share: bool,  # noqa: FBT001 - drawn
) -> None:
    """Each place has one of its items and no paper has one twice; else by Hall there is no way."""
    counts = counted(places, variants, papers, share=share)
    if isinstance(counts, Shortage):
        most = {item: papers if share else min(variants[item], papers) for item in ITEMS}
        assert sum(most[item] for item in counts.items) < counts.needed
        assert counts.needed == len(counts.places) * papers
        assert set(counts.items) == {i for place in counts.places for i in places[place]}
        return
    orders = [sorted(ITEMS, key=lambda item: (n * 7 + ord(item) * 5) % 11) for n in range(papers)]
    hands = list(dealt(counts, orders))
    assert len(hands) == papers
    for hand in hands:
        assert len(set(hand)) == len(hand) == len(places)
        assert all(item in place for item, place in zip(hand, places, strict=True))
    used = Counter(itertools.chain(*hands))
    assert share or all(used[item] <= variants[item] for item in used)


@given(VARIANTS, PAPERS)
def test_variants_are_shared_by_as_few_papers_as_can_be(
    variants: dict[str, int], papers: int
) -> None:
    """Where sharing is asked for, no variant is on more papers than the number makes needed."""
    counts = counted([ITEMS, ITEMS], variants, papers, share=True)
    assert not isinstance(counts, Shortage)
    used = counts[0] + counts[1]
    times = next(
        n
        for n in range(1, papers + 1)
        if sum(min(n * each, papers) for each in variants.values()) >= 2 * papers
    )
    assert all(-(-used[item] // variants[item]) <= times for item in used)


def test_what_only_a_detour_can_fill_is_filled() -> None:
    """An item that another place could do without is left to the place that needs it."""
    places = [["a", "b", "c", "d"], ["d", "e"]]
    variants = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 1}
    counts = counted(places, variants, 3, share=False)
    assert not isinstance(counts, Shortage)
    hands = list(dealt(counts, [("d", "e", "a", "b", "c")] * 3))
    assert Counter(hand[1] for hand in hands) == {"d": 2, "e": 1}
    assert {hand[0] for hand in hands} == {"a", "b", "c"}
