"""The catalogue: every coded mistake, and items that exist."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.diagnosis.catalogue import catalogue, entry_of
from lrquiz.errors import UnknownMistakeError

COUNTS = {"G": 15, "O": 13, "S": 12, "H": 3, "L": 12, "M": 7, "A": 7, "D": 9}


def test_every_mistake_of_the_table_has_an_entry() -> None:
    """All 78 codes, counted from 1 in each group."""
    codes = [f"{group}{number}" for group, most in COUNTS.items() for number in range(1, most + 1)]
    assert list(catalogue()) == codes
    assert Counter(code[0] for code in catalogue()) == COUNTS


def test_every_entry_says_what_to_change_and_shows_code() -> None:
    """An example is Python as far as it goes."""
    for entry in catalogue().values():
        assert entry.title, entry.code
        assert entry.what.endswith("."), entry.code
        assert entry.change.endswith("."), entry.code
        ast.parse(entry.example, entry.code)


def test_every_named_item_is_in_the_bank() -> None:
    """A student who makes a mistake is sent to items that there are."""
    known = {item.id for item in load_bank(Path("question_bank")).items}
    named = {item for entry in catalogue().values() for item in entry.items}
    assert named
    assert named <= known


def test_codes_are_found_however_they_are_written() -> None:
    """G1 and g1 are the same, and what is none says how to find one."""
    assert entry_of("g1") is entry_of("G1")
    with pytest.raises(UnknownMistakeError, match="lrquiz explain"):
        entry_of("Q1")
