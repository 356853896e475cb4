"""Drawing: what is random about a quiz depends on its seed and on nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.quiz.draw import shuffled

THINGS = st.lists(st.integers(), max_size=12)
SEEDS = st.integers(-(2**40), 2**40)
PURPOSES = st.lists(st.text(max_size=6), max_size=3)


@settings(deadline=None)
@given(THINGS, SEEDS, PURPOSES)
def test_shuffling_loses_and_adds_nothing(things: list[int], seed: int, purpose: list[str]) -> None:
    """The result is a permutation, and the same for the same seed and purpose."""
    once = shuffled(things, seed, *purpose)
    assert sorted(once) == sorted(things)
    assert shuffled(iter(things), seed, *purpose) == once


@settings(deadline=None)
@given(THINGS, SEEDS, PURPOSES)
def test_the_order_is_blind_to_the_things(things: list[int], seed: int, purpose: list[str]) -> None:
    """Where a thing goes depends on its position, never on what it is."""
    positions = shuffled(range(len(things)), seed, *purpose)
    assert shuffled(things, seed, *purpose) == [things[position] for position in positions]


def test_seed_and_purpose_change_the_order() -> None:
    """Another seed or another purpose is another order; joined words are not the same words."""
    orders = {
        tuple(shuffled(range(20), seed, *purpose))
        for seed in (1, 2, 12)
        for purpose in ((), ("options",), ("options", "a"), ("optionsa",), ("2",))
    }
    assert len(orders) == 15
