"""Places of findings: the columns of the statement at a line."""

from __future__ import annotations

import pytest

from lrquiz.diagnosis.place import place_of
from lrquiz.diagnosis.program import Program

SOURCE = """for x in data:
    é = "ü"; loss.backward()
    loss.backward()  # here
    model(
        x,
    )
"""


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        (1, "for x in data:"),
        (2, 'é = "ü"; loss.backward()'),
        (3, "loss.backward()"),
        (4, "model("),
        (5, "x,"),
    ],
)
def test_the_statement_of_a_line_is_marked(line: int, marked: str) -> None:
    """Without indentation and comment; of several statements, and of parts of one, the line."""
    place = place_of(Program("train.py", SOURCE), line)
    assert place is not None
    assert place.text[place.column - 1 : place.end_column - 1] == marked


def test_what_has_no_line_has_no_place() -> None:
    """A trace may name any number as a line."""
    program = Program("train.py", SOURCE)
    assert place_of(program, None) is None
    assert place_of(program, 0) is None
    assert place_of(program, 10**9) is None


def test_a_program_that_does_not_parse_has_places() -> None:
    """A line that Python cannot read is marked as a whole."""
    place = place_of(Program("train.py", "x = (\n"), 1)
    assert place is not None
    assert place.text[place.column - 1 : place.end_column - 1] == "x = ("
