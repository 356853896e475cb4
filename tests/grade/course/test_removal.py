"""Taking one student out of a roster."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import RosterError
from lrquiz.grade.course.removal import remove_from_roster, without
from lrquiz.grade.course.roster import parse_roster

CANVAS = (
    '\ufeffStudent,ID,SIS User ID,Section\r\n"    Points Possible",,,\r\n'
    '"Lovelace, Ada",1,ada,A\r\n"Turing,\nAlan",2,alan,"B ""x"""\r\n'
)
cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)


def test_one_row_goes_and_no_other_byte(tmp_path: Path) -> None:
    """Marks, line ends, quotes and rows of several lines stay as they were."""
    path = tmp_path / "roster.csv"
    path.write_bytes(CANVAS.encode())
    assert remove_from_roster(path, "ADA")
    kept = CANVAS.replace('"Lovelace, Ada",1,ada,A\r\n', "")
    assert path.read_bytes() == kept.encode()
    assert remove_from_roster(path, "alan")
    assert b"Alan" not in path.read_bytes()
    assert not remove_from_roster(path, "alan")


@given(st.lists(cells, min_size=1, max_size=5), st.integers(0, 4))
def test_who_is_left_is_everybody_else(names: list[str], index: int) -> None:
    """Whatever names hold, the roster without one student is that of all others."""
    quoted = ['"' + each.replace('"', '""') + '"' for each in names]
    rows = "".join(f"s{number},{each}\n" for number, each in enumerate(quoted))
    text, gone = f"id,name\n{rows}", f"s{index}"
    before, _ = parse_roster(text, UTC, "roster")
    kept = without(text, gone, "roster")
    left = [each for each in before.students if each.id != gone]
    if len(left) == len(before.students):
        assert kept == text
    assert list(parse_roster(kept, UTC, "roster")[0].students) == left


def test_a_roster_that_cannot_be_read_is_not_touched(tmp_path: Path) -> None:
    """Where nobody can be found, nothing is written."""
    path = tmp_path / "roster.csv"
    path.write_text("name\nAda\n")
    with pytest.raises(RosterError, match="no column is called id"):
        remove_from_roster(path, "ada")
    assert path.read_text() == "name\nAda\n"
