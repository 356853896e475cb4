"""How epochs are counted: what a text must say for the clock of a claim, and must not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.bank.clock_faults import clock_faults
from lrquiz.evidence.predicates.predicate import CLOCKS

START, END = "0-based, start of epoch", "0-based, end of epoch"


def stem(clock: str, epoch: int) -> str:
    base, moment = clock.split(", ")
    return f"Counting epochs from {base[0]}, what is the rate at the {moment} {epoch}?"


@given(st.sampled_from(CLOCKS), st.sampled_from(CLOCKS), st.integers(0, 99), st.integers(0, 99))
def test_a_text_fixes_the_one_clock_it_names(clock: str, other: str, one: int, two: int) -> None:
    """A stem made for a clock and an epoch fits claims of that clock and that epoch alone."""
    fits = (clock.split(",", maxsplit=1)[0], clock, one) == (
        other.split(",", maxsplit=1)[0],
        other,
        two,
    )
    assert (not list(clock_faults(other, two, stem(clock, one)))) is fits


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        (END, "Counting from 0, `step()` runs after every epoch. What at the start of epoch 4?"),
        (START, "The rate decays from 0.1. What is it at the start of epoch 4?"),
        (START, "Counting epochs from 1 (rates fall from 0.1): the rate at the start of epoch 4?"),
        (START, "Counting epochs from 1, as the rate from 0 rises: at the start of epoch 4?"),
        (START, "Counting from 0, others counting from 1: the rate at the start of epoch 4?"),
        (START, "Counting from 0: the rate at the start of epoch 4, that is at the end of epoch 4"),
        (START, "Counting from 0: the rate at the start of training, in epoch 4?"),
        (START, "Counting from 0: the rate at the start of epoch 40?"),
        (START, "Not counting from 0: the rate at the start of epoch 4?"),
    ],
)
def test_words_of_another_sense_fix_no_clock(clock: str, text: str) -> None:
    """The same words about something else, or beside their opposite, leave the clock open."""
    assert list(clock_faults(clock, 4, text))


@pytest.mark.parametrize(
    ("clock", "text"),
    [
        (START, "Epochs count from 0. The rate falls from 0.1; at the beginning of epoch 4?"),
        (START, "Numbering epochs from zero rather than from one: before epoch 4?"),
        (START, "0-based, not counting from 1: when epoch 4 begins?"),
        (START, "Counting from 0: at the end of epoch 3, or the start of epoch 4?"),
        (END, "Counting epochs\nfrom 0: what is the rate at the end of\nepoch 4?"),
        (END, "Counting epochs from 0: the rate after epoch 4?"),
    ],
)
def test_clocks_are_said_in_many_ways(clock: str, text: str) -> None:
    """Sound words are not refused."""
    assert not list(clock_faults(clock, 4, text))
