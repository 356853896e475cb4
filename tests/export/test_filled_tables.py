"""Marks go into one column of an exported table; every other byte of it stays."""

from __future__ import annotations

import csv
import io
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import ExportError
from lrquiz.export.table.cells import read_table
from lrquiz.export.table.filling import fill
from lrquiz.export.table.wish import Filled, Wish
from lrquiz.model.course import NOBODY, Roster, Student
from lrquiz.model.mark import Mark

CANVAS = (
    "\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Warm-up (11),Task (12),Task Final Score\r\n"
    ',,,,,,"Manual Posting",\r\n'
    "    Points Possible,,,,,5.00,10.00,(read only)\r\n"
    '"Lovelace, Ada",901,s1,ada,"A, B",3.00,,30.00\r\n'
    '"Núñez, José",902,s2,jose,A,4.00,"2.00",40.00\r\n'
    '"Turing, Alan",903,s3,alan,A,5.00,EX,50.00\r\n'
    '"Hopper, Grace",904,s4,grace,A,5.00,,50.00\r\n'
    '"Noether, Emmy",905,s5,emmy,A,5.00,,50.00\r\n'
    '"Student, Test",999,,hash,A,,,\r\n'
)
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Last modified (grade)\n"
    "Participant 501,Ada Lovelace,ada@uni.example,Submitted,,10.00,-\n"
    "Participant 502,John Smith,,Submitted,,10.00,-\n"
    "Participant 503,John Smith,,Submitted,,10.00,-\n"
)
ROSTER = Roster(
    (
        Student("s1", "Ada Lovelace", "ada@uni.example"),
        Student("s2", "José Núñez"),
        Student("s3", "Alan Turing"),
        Student("s4", "Grace Hopper"),
        Student("s6", "Mary Jackson"),
    )
)


def mark(student: str, score: float | None, points: float = 10.0) -> Mark:
    ending = "internal error" if score is None else "ok"
    return Mark(student, score, points, ending, "", "digest")


MARKS = (mark("s1", 7.25), mark("s2", 9 * 0.7), mark("s3", 8), mark("s6", 1))


def filled(text: str, **wish: object) -> Filled:
    whole = {"work": "task", "marks": MARKS, "roster": ROSTER, **wish}
    return fill(text.encode(), Wish(**whole), "exported.csv")  # type: ignore[arg-type]


def test_canvas_gets_one_column_and_keeps_the_rest() -> None:
    """Two cells change; excused and absent students, rows and marks of nobody are listed."""
    done = filled(CANVAS)
    wanted = CANVAS.replace("3.00,,30.00", "3.00,7.25,30.00").replace('"2.00"', '"6.3"')
    assert done.content == wanted.encode()
    assert done.column == "Task (12)"
    assert done.filled == {"s1": "7.25", "s2": "6.3"}
    assert [(each.who, each.line) for each in done.left] == [("s3", 6)]
    assert [(each.who, each.line) for each in done.missing] == [("s4", 7)]
    assert [(each.who, each.line) for each in done.unmatched] == [("Noether, Emmy", 8)]
    assert [each.who for each in done.without_row] == ["s6"]


def test_missing_ones_get_a_number_only_on_demand() -> None:
    """Who is on the roster and handed in nothing gets it; who is unknown or excused does not."""
    done = filled(CANVAS, missing=0.0)
    assert "904,s4,grace,A,5.00,0,50.00" in done.content.decode()
    assert "905,s5,emmy,A,5.00,,50.00" in done.content.decode()
    assert '"Turing, Alan",903,s3,alan,A,5.00,EX,50.00' in done.content.decode()


def test_an_open_score_leaves_its_cell() -> None:
    """What waits for a person is no 0, whatever those get who handed in nothing."""
    done = filled(CANVAS, marks=(mark("s1", None),), missing=0.0)
    assert '901,s1,ada,"A, B",3.00,,30.00' in done.content.decode()
    assert [(each.who, each.why) for each in done.left] == [
        ("s1", "waits for a person: internal error")
    ]


def test_moodle_rows_are_told_apart_by_the_number_in_their_places() -> None:
    """Two students of one name are certain by the number that Moodle wrote into their folders."""
    roster = Roster((ROSTER.students[0], Student("j1", "John Smith"), Student("j2", "John Smith")))
    marks = (mark("s1", 10), mark("j1", 3), mark("j2", 4))
    places = {
        "j1": "John Smith_503_assignsubmission_file",
        "j2": "John Smith_502_assignsubmission_file_a.py",
    }
    done = filled(MOODLE, marks=marks, roster=roster, places=places)
    lines = done.content.decode().splitlines()
    assert [line.split(",")[4] for line in lines] == ["Grade", "10", "4", "3"]
    unsure = filled(MOODLE, marks=marks, roster=roster)
    assert [each.line for each in unsure.unmatched] == [3, 4]
    assert [each.who for each in unsure.without_row] == ["j1", "j2"]


def test_a_number_of_moodle_is_nobodys_id() -> None:
    """A student whose id is another's participant number does not get that one's row."""
    roster = Roster((Student("502", "Ada Lovelace", "ada@uni.example"),))
    done = filled(MOODLE, marks=(mark("502", 6),), roster=roster)
    assert done.filled == {"502": "6"}
    assert done.content.decode().splitlines()[1].split(",")[4] == "6"


def test_without_a_roster_places_speak_for_their_students() -> None:
    """The others are missing once every mark has found its row, and unknown before."""
    marks, places = (mark("lovelaceada_901", 5),), {"lovelaceada_901": "lovelaceada_901_77_a.py"}
    done = filled(CANVAS, marks=marks, places=places, roster=NOBODY, missing=0.0)
    assert done.filled["lovelaceada_901"] == "5"
    assert [each.line for each in done.missing] == [5, 6, 7, 8]
    stray = filled(
        CANVAS, marks=(*marks, mark("nobody", 1)), places=places, roster=NOBODY, missing=0.0
    )
    assert stray.filled == {"lovelaceada_901": "5"}
    assert [each.line for each in stray.unmatched] == [5, 6, 7, 8]


def test_other_points_are_refused_or_scaled() -> None:
    """A column of other points is refused by name; on demand scores become its shares."""
    with pytest.raises(ExportError, match=r"a full mark is 5 in 'Warm-up \(11\)' and 10 here"):
        filled(CANVAS, column="11")
    assert filled(CANVAS, column="warm-up", scale=True).filled["s1"] == "3.625"


def test_a_table_with_decimal_commas_gets_decimal_commas() -> None:
    """Numbers are written as the table writes them, in quotes where they must be."""
    text = CANVAS.replace("10.00", '"10,00"').replace("5.00", '"5,00"')
    assert '"7,25",30.00' in filled(text).content.decode()


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", {}, "holds no table"),
        ("a,b\n1,2\n", {}, "is no table of students"),
        (CANVAS, {"column": "nothing"}, "no column is called 'nothing'"),
        (CANVAS, {"column": "Task Final Score"}, "is read only on Canvas"),
        (CANVAS.replace("Task (12)", "Other (12)"), {}, "it is not certain which column"),
        (CANVAS + '"Lovelace', {}, "exported.csv:10: a quote is opened"),
        (MOODLE, {"scale": True, "marks": ()}, "nothing to scale by"),
    ],
)
def test_what_cannot_be_filled_is_refused(text: str, options: dict[str, object], said: str) -> None:
    """One sentence says what is wrong with the table, or with what was asked for."""
    with pytest.raises(ExportError, match=said):
        filled(text, **options)


def test_another_encoding_is_refused() -> None:
    """A file that is not UTF-8 is refused before a name in it is misread."""
    with pytest.raises(ExportError, match="not UTF-8 at byte"):
        read_table("Student,ID\nNúñez,1\n".encode("latin-1"), "exported.csv")


CELL = st.text(st.sampled_from('ab"ä,;\t\r\n =0'), max_size=6)
ROWS = st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=5)


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t"),
    end=st.sampled_from(["\r\n", "\n", "\r"]),
    quoting=st.sampled_from([0, 1]),
    bom=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    data=st.data(),
)
def test_every_other_byte_stays(  # noqa: PLR0917
    rows: list[list[str]],
    delimiter: str,
    end: str,
    quoting: Literal[0, 1],
    bom: bytes,
    data: st.DataObject,
) -> None:
    """Whatever is in a table, a cell that is replaced is the only one that says something else."""
    head = ["x", "y", "z"]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(
        [head, *rows]
    )
    content = bom + out.getvalue().encode()
    table = read_table(content, "it")
    assert table.replaced([]) == content
    said = [[cell.text for cell in row.cells] for row in table.rows]
    assert said == _read(content, delimiter)
    row = data.draw(st.sampled_from(table.rows))
    cell = data.draw(st.sampled_from(row.cells))
    text = data.draw(st.sampled_from(["7.5", "7,5", 'x"y']))
    new = table.replaced([(cell, text)])
    tail = len(content) - cell.end
    assert new[: cell.start] == content[: cell.start]
    assert new[len(new) - tail :] == content[cell.end :]
    changed = zip(_read(content, delimiter), _read(new, delimiter), strict=False)
    assert sum(one != other for one, other in changed) <= 1


def _read(content: bytes, delimiter: str) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    return [row for row in rows if any(cell.strip() for cell in row)]
