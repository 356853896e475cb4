"""What goes into a table for people comes back as it was, and runs nowhere."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import AdjustmentError
from lrquiz.grade.people.adjust_file import parse_marks
from lrquiz.grade.people.cells import active, capped, inert, one_line
from lrquiz.grade.people.points import points_in
from lrquiz.grade.people.todo import Waiting, todo_csv

RISKY = st.text(st.sampled_from("='+-@ ab1,;\t\"\n\x00\uff1d"), max_size=8)
TEXTS = st.one_of(st.text(max_size=12), RISKY)


@given(TEXTS)
def test_a_cell_comes_back_and_is_no_formula(text: str) -> None:
    """What was neutralised is what it was; no cell begins as a formula, spaces before it or not."""
    assert active(inert(text)) == text
    assert not inert(text).lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


@given(TEXTS, TEXTS, TEXTS)
def test_a_table_comes_back(student: str, part: str, comment: str) -> None:
    """A table that is written is read with the same cells, apart from what is not to be seen."""
    row = Waiting(student, "work", part, comment=comment, file="a file")
    text = todo_csv([row]).removeprefix("\ufeff")
    (found,) = parse_marks(text, "t.csv")
    wanted = [one_line(each).strip() for each in (student, part, comment)]
    assert [found.student.strip(), found.part.strip(), found.comment.strip()] == wanted
    assert len(text.splitlines()) == 2
    for cell in list(csv.reader(io.StringIO(text)))[1]:
        assert not cell.lstrip().startswith(("=", "+", "-", "@"))


def test_a_long_text_is_cut_and_says_so() -> None:
    """A cell holds so many characters; what is not to be seen is a space."""
    assert capped("a\x00b\u202ec\nd") == "a b c d"
    assert capped("x" * 12, 10) == "x" * 10 + " [... 2 more characters]"


@pytest.mark.parametrize("heading", ["item", "check", "part", "Item or Check"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_of_spreadsheets_are_read(heading: str, separator: str) -> None:
    """Any separator, any order of columns, any name of the part; a cell may hold line ends."""
    head = separator.join(["points", "student", heading, "extra", "comment"])
    row = separator.join(["2.5", "ada", "rate", "-", '"one\ntwo"'])
    (found,) = parse_marks(f"{head}\n\n{row}\n", "t.csv")
    assert (found.line, found.student, found.part, found.points) == (3, "ada", "rate", "2.5")
    assert found.comment == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        ("student,reason\na,b\n", "no column is called points"),
        ("student,points,item,check\na,1,b,c\n", "'item' and 'check' are one column twice"),
        ('student,points\n"a,1\n', "is no table"),
    ],
)
def test_no_table_of_marks(text: str, sentence: str) -> None:
    """What is no table of marks is refused, with what it lacks."""
    with pytest.raises(AdjustmentError, match=sentence):
        parse_marks(text, "t.csv")


@given(st.floats(0, 1e6))
def test_points_in_either_notation(points: float) -> None:
    """A decimal comma and a decimal point are the same number."""
    assert points_in(repr(points)) == points
    assert points_in(repr(points).replace(".", ",")) == points


@pytest.mark.parametrize("text", ["", "x", "nan", "inf", "1e999", "-1", "1.000,5", "1 2", "1_0"])
def test_what_is_no_number_of_points(text: str) -> None:
    """Not finite, below 0 or in two notations at once: refused."""
    with pytest.raises(ValueError, match=r"number|below 0"):
        points_in(text)
