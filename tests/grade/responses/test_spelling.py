"""Written responses: what is one number or one piece of code, however it is spelled."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.responses.spelling import number_of, spelled


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.05", 0.05),
        (" 0,05 ", 0.05),
        ("5e-2", 0.05),
        ("5E\N{MINUS SIGN}2", 0.05),
        ("\N{MINUS SIGN}1", -1.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("+3", 3.0),
        ("1e999", math.inf),
        ("\N{NO-BREAK SPACE}7\N{ZERO WIDTH NO-BREAK SPACE}", 7.0),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    """A decimal comma, an exponent and the minus sign of typesetters are welcome."""
    assert number_of(text) == number


@pytest.mark.parametrize(
    "text", ["", "1.000,5", "nan", "inf", "1_000", "0x10", "5 %", "\u0665", "e"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    """Nothing is guessed: thousands, units, digits of other scripts and NaN are no numbers here."""
    assert number_of(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_is_printed_is_read_back(number: float) -> None:
    """What Python prints of a number is that number, with a comma as well as with a point."""
    assert number_of(repr(number)) == number
    assert number_of(repr(number).replace(".", ",")) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("0.01", " 1e-2 "),
        ("0.01", ".01"),
        ("0.0", "-0.0"),
        ("'cpu'", '"cpu"'),
        ("loss.backward( )", "loss.backward()"),
        ("0.1 * 0.1", "0.1*0.1"),
        ("a  +   b", "a + b"),
        ("2 ** -1", "2**-1"),
    ],
)
def test_what_python_reads_alike_is_alike(one: str, other: str) -> None:
    """Spaces, quotes and digits of the same float make no other code."""
    assert spelled(one) == spelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", "1.0"),
        ("a b", "ab"),
        ("* *", "**"),
        ("'a\"'", '"a""'),
        ("A", "a"),
        ("0.01", "0.010001"),
    ],
)
def test_what_python_reads_otherwise_is_not_alike(one: str, other: str) -> None:
    """A whole number is no float, and case and the spaces between names matter."""
    assert spelled(one) != spelled(other)


@given(st.text())
def test_spelling_never_raises_and_is_settled(text: str) -> None:
    """Any text has a spelling and maybe a number; spaces around it change neither."""
    assert spelled(f"  {text}\t") == spelled(text)
    assert number_of(f" {text} ") == number_of(text)
