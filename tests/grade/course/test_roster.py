"""Rosters: our own, Canvas's and Moodle's, as people save them; every fault at once."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import RosterError
from lrquiz.grade.course.handed_in import read_handed_in
from lrquiz.grade.course.roster import parse_roster, read_roster
from lrquiz.model.course import Student, folded

BERLIN = ZoneInfo("Europe/Berlin")
OWN = """id,name,email,section,group,extra_time,due,late_days,language
ada,"Lovelace, Ada",ada@example.org,A,team 1,1.25,2026-12-03 23:59,2,de
bob,,,,,,,,
"""
CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (123)
    Points Possible,,,,,10.00
"Lovelace, Ada",1001,u0001,ada1,Section A,7.5
"Student, Test",1003,,t3st,Section A,
"Babbage, Charles",1002,u0002,cb,Section A,
"""
MOODLE = """First name,Surname,ID number,Email address,Username,Groups
Ada,Lovelace,,ada@example.org,ada1,Team 1
Charles,Babbage,,cb@example.org,cb,
"""


def parsed(text: str) -> tuple[Student, ...]:
    return parse_roster(text, UTC, "roster.csv")[0].students


def test_every_column_is_read() -> None:
    """All columns, and what their absence means; a date stands in the course's zone."""
    roster, notices = parse_roster(OWN, BERLIN, "roster.csv")
    due = datetime(2026, 12, 3, 23, 59, tzinfo=BERLIN)
    address = "ada@example.org"
    ada = Student("ada", "Lovelace, Ada", address, "A", "team 1", 1.25, due, 2, "de")
    assert roster.students == (ada, Student("bob"))
    assert notices == ()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-12-03", "2026-12-03T23:59:59+00:00"),
        ("2026-12-03T10:00", "2026-12-03T10:00:00+00:00"),
        ("2026-12-03 10:00+02:00", "2026-12-03T10:00:00+02:00"),
    ],
)
def test_a_day_lasts_to_its_end(text: str, moment: str) -> None:
    """A date alone is a deadline at the end of that day; an offset of its own holds."""
    (student,) = parsed(f"id,due\nada,{text}\n")
    assert student.due is not None
    assert student.due.isoformat() == moment


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_as_spreadsheets_save_it(tmp_path: Path, separator: str, end: str, mark: str) -> None:
    """Commas, semicolons or tabs, either line end, with or without a byte order mark: the same."""
    path, text = tmp_path / "roster.csv", io.StringIO()
    rows = csv.reader(io.StringIO(OWN))
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    path.write_bytes((mark + text.getvalue()).encode())
    assert read_roster(path, UTC)[0].students == parsed(OWN)


def test_canvas_exports_are_taken() -> None:
    """The SIS user id is the id; the points possible and Canvas's test student are nobody."""
    roster, notices = parse_roster(CANVAS, UTC, "g.csv")
    assert [(each.id, each.name, each.section) for each in roster.students] == [
        ("u0001", "Lovelace, Ada", "Section A"),
        ("u0002", "Babbage, Charles", "Section A"),
    ]
    assert "ids are taken from 'SIS User ID'" in notices[0]
    assert "'SIS Login ID', 'Homework 1 (123)'" in notices[1]


def test_an_id_column_with_gaps_is_passed_over() -> None:
    """Of the columns that could be the id, the first that names everybody is taken."""
    roster, notices = parse_roster(CANVAS.replace("u0002", ""), UTC, "g.csv")
    assert [each.id for each in roster.students] == ["ada1", "cb"]
    assert "'SIS Login ID'" in notices[0]
    roster, _ = parse_roster(MOODLE, UTC, "p.csv")
    assert [each.id for each in roster.students] == ["ada1", "cb"]


def test_moodle_exports_are_taken() -> None:
    """Both halves of a name, the address, the group, and the id number where all have one."""
    filled = MOODLE.replace("Lovelace,,", "Lovelace,11,").replace("Babbage,,", "Babbage,12,")
    roster, notices = parse_roster(filled.replace("Surname", "Last name"), UTC, "p.csv")
    assert roster.students == (
        Student("11", "Ada Lovelace", "ada@example.org", group="Team 1"),
        Student("12", "Charles Babbage", "cb@example.org"),
    )
    assert "an export of Moodle; ids are taken from 'ID number'" in notices[0]


def test_unknown_columns_are_kept_out_and_told() -> None:
    """A column that nobody asked for is left out, with a notice."""
    roster, notices = parse_roster("id,phone,Extra Time\nada,555,1.5\n", UTC, "r.csv")
    assert roster.students == (Student("ada", extra_time=1.5),)
    assert notices == ("r.csv: left out the columns 'phone'",)


def test_every_fault_is_told_with_its_line() -> None:
    """All faults at once, each with the line that its row begins on, quoted line ends counted."""
    text = (
        'id,name,extra_time,due,late_days\nada,"two\nlines",0.5,,\n'
        ",Bob,,tomorrow,\nADA ,,nan,,-1\ncy,,1e99,2026-13-01,2.5\n"
    )
    with pytest.raises(RosterError) as told:
        parse_roster(text, UTC, "r.csv")
    faults = str(told.value).splitlines()
    assert [fault.split(" ", 1)[0] for fault in faults] == [
        f"r.csv:{line}:" for line in (2, 4, 4, 5, 5, 5, 6, 6, 6)
    ]
    for words in ("extra_time '0.5'", "the id is empty", "due 'tomorrow'", "on line 2 already"):
        assert words in str(told.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"\n \n", "is empty"),
        (b"name,email\nAda,x\n", "r.csv:1: no column is called id"),
        (b"id,ID\nada,1\n", "two columns are called 'id'"),
        (b"id\n\xff\n", "not UTF-8 at byte 3"),
        (b'id\n"ada', "no table of values"),
        (b"id\nad\x01a\n", "characters that cannot be seen"),
    ],
)
def test_what_is_no_roster_is_told(tmp_path: Path, content: bytes, sentence: str) -> None:
    """A sentence says what is wrong and where."""
    path = tmp_path / "r.csv"
    path.write_bytes(content)
    with pytest.raises(RosterError, match=sentence):
        read_roster(path, UTC)
    with pytest.raises(RosterError, match="cannot be read"):
        read_roster(tmp_path / "none", UTC)


names = st.text(st.characters(categories=["L", "N", "P"]), min_size=1).map(str.strip).filter(bool)


@given(st.lists(st.tuples(names, st.text()), unique_by=lambda each: folded(each[0]), min_size=1))
def test_whatever_students_are_called(rows: list[tuple[str, str]]) -> None:
    """Any ids and names that a program wrote as CSV come back, in order."""
    text = io.StringIO()
    csv.writer(text).writerows([("id", "name"), *rows])
    try:
        students = parsed(text.getvalue())
    except RosterError as error:
        assert "no table of values" in str(error)  # noqa: PT017 - a NUL is no character of CSV
        assert "\0" in text.getvalue()
    else:
        assert [(each.id, each.name) for each in students] == [(a, b.strip()) for a, b in rows]


@given(st.text())
def test_any_text_is_a_roster_or_a_sentence(text: str) -> None:
    """No text makes the reader fail otherwise than by telling what is wrong."""
    try:
        students = parsed(f"id,extra_time,due,late_days\n{text}")
    except RosterError as error:
        assert str(error).startswith("roster.csv:")  # noqa: PT017 - which error is the point
    else:
        assert all(each.id for each in students)
        assert len({folded(each.id) for each in students}) == len(students)


def test_moments_of_handing_in_are_read(tmp_path: Path) -> None:
    """By id however it is spelled, in the course's zone; an empty cell is not known."""
    path = tmp_path / "times.csv"
    path.write_text("handed_in;id;file\n2026-12-03 10:00;ADA;a.py\n;bob;b.py\n")
    moment = datetime(2026, 12, 3, 10, tzinfo=BERLIN)
    assert read_handed_in(path, BERLIN) == {"ada": moment}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no table with the columns id and handed_in"),
        ("id,when\nada,2026-12-03\n", "no table with the columns id and handed_in"),
        ("id,handed_in\nada,late\n,2026-12-03\n", "t.csv:2: 'late' is no moment(.|\n)*t.csv:3:"),
        ("id,handed_in\nada,2026-12-03\nADA,2026-12-04\n", "t.csv:3: the id 'ADA' is empty or"),
    ],
)
def test_moments_that_cannot_be_read_are_told(tmp_path: Path, text: str, sentence: str) -> None:
    """Every fault at once with its line."""
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(RosterError, match=sentence):
        read_handed_in(tmp_path / "t.csv", UTC)
