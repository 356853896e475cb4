"""Intake: who wrote what, from the place of a file alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake import MAX_SOURCE_BYTES, MatchedBy, collect, read_submission
from lrquiz.model.course import Roster, Student

ROSTER = Roster(
    (
        Student("101", "Ada Lovelace", "ada@uni.example"),
        Student("102", "Bob Stone", "bstone@uni.example"),
        Student("103", "Zo\u00eb Bell", "zoe@uni.example"),
        Student("104", "Bob Stone", "bob2@uni.example"),
    )
)


def test_files_and_folders_are_submissions(tmp_path: Path) -> None:
    """`<student>.py` and `<student>/submission.py` both count; hidden files do not."""
    (tmp_path / "ada.py").write_text("a = 1")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "submission.py").write_text("b = 2")
    (tmp_path / "bob" / "helper.py").write_text("c = 3")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    found = collect(tmp_path).submissions
    assert [(each.student, each.source, each.fault) for each in found] == [
        ("ada", "a = 1", ""),
        ("bob", "b = 2", ""),
    ]
    assert dict(found[1].modules) == {"helper.py": "c = 3"}
    assert found[1].notes == ("submission.py was run; it may import helper.py",)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("ada.docx", b"PK", "not a Python file; expected ada.py"),
        ("ada.rar", b"Rar!", "an archive of another kind than zip and tar"),
        ("ada.py", b"x = '\xff\xfe'", "not UTF-8"),
        ("ada.py", b"#" * (MAX_SOURCE_BYTES + 1), "larger than"),
        ("ada.ipynb", b"{", "not JSON"),
        ("ada.zip", b"no zip", "no zip archive"),
    ],
)
def test_what_cannot_be_run_says_why(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    """A file that is no Python, no UTF-8 or too large is kept as a submission with its fault."""
    (tmp_path / name).write_bytes(content)
    (submission,) = collect(tmp_path).submissions
    assert submission.student == "ada"
    assert fault in submission.fault


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    """A link to a secret of the host, or a pipe that would block, is refused and not read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "eve.py").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(tmp_path / "in" / "fifi.py")
    (tmp_path / "in" / "linked").symlink_to(tmp_path, target_is_directory=True)
    assert [each.fault for each in collect(tmp_path / "in").submissions] == [
        "eve.py is not a regular file",
        "fifi.py is not a regular file",
        "linked is not a Python file; expected linked.py",
    ]


def test_a_folder_without_submissions_is_an_error(tmp_path: Path) -> None:
    """A missing place, an empty folder, and a file that is no archive are told in a sentence."""
    with pytest.raises(SubmissionsError, match="no such folder"):
        collect(tmp_path / "none")
    with pytest.raises(SubmissionsError, match="holds no submissions"):
        collect(tmp_path)
    (tmp_path / "ada.py").write_text("")
    with pytest.raises(SubmissionsError, match="nor a zip or tar archive"):
        collect(tmp_path / "ada.py")


def test_an_empty_folder_of_a_student_is_a_submission_with_a_fault(tmp_path: Path) -> None:
    """Who handed in nothing that can be run is told so, and is not passed over."""
    (tmp_path / "ada").mkdir()
    (submission,) = collect(tmp_path).submissions
    assert (submission.student, "found no Python file" in submission.fault) == ("ada", True)


def test_what_is_no_code_does_not_stand_in_the_way_of_code(tmp_path: Path) -> None:
    """One place with code counts; what else a student left is listed as ignored."""
    (tmp_path / "ada.py").write_text("x = 1")
    (tmp_path / "ada.txt").write_text("my notes")
    intake = collect(tmp_path)
    assert [each.source for each in intake.submissions] == ["x = 1"]
    assert [each.place for each in intake.ignored] == ["ada.txt"]


@pytest.mark.parametrize(
    "names", [("Ada.py", "ada.py"), ("Zo\u00eb.py", "Zoe\u0308.py"), ("ada.py", "ada.ipynb")]
)
def test_two_places_of_one_identity_are_a_clash(tmp_path: Path, names: tuple[str, str]) -> None:
    """Names that differ by case or encoding alone never take each other's place: none counts."""
    for name in names:
        (tmp_path / name).write_text("{}")
    if len(list(tmp_path.iterdir())) == 1:
        pytest.skip("this file system keeps the two as one")
    (tmp_path / "bob.py").write_text("x = 1")
    intake = collect(tmp_path)
    assert [each.student for each in intake.submissions] == ["bob"]
    assert {each.place for each in intake.unmatched} == set(names)
    assert all("keep one of them" in each.reason for each in intake.unmatched)


def test_a_roster_tells_by_id_then_email_then_name(tmp_path: Path) -> None:
    """However the name of a place is written, it comes to the same student, or to nobody."""
    for name in ("101.py", "BSTONE.py", "bell, zoe.py", "mallory.py"):
        (tmp_path / name).write_text("x = 1")
    intake = collect(tmp_path, ROSTER)
    assert [(each.student, each.by) for each in intake.submissions] == [
        ("101", MatchedBy.ID),
        ("102", MatchedBy.EMAIL),
        ("103", MatchedBy.NAME),
    ]
    assert [(each.place, each.reason) for each in intake.unmatched] == [
        ("mallory.py", "nobody on the roster is mallory")
    ]


def test_a_name_that_fits_several_is_nobodys(tmp_path: Path) -> None:
    """Two students of one name are never told apart by a guess; both are named to staff."""
    (tmp_path / "Bob Stone.py").write_text("x = 1")
    intake = collect(tmp_path, ROSTER)
    assert not intake.submissions
    assert intake.unmatched[0].reason == "Bob Stone fits several on the roster: 102, 104"


def test_two_ways_to_name_one_student_are_a_clash(tmp_path: Path) -> None:
    """A file by id and one by name that come to one student are listed, and neither is graded."""
    for name in ("101.py", "Ada Lovelace.py"):
        (tmp_path / name).write_text("x = 1")
    intake = collect(tmp_path, ROSTER)
    assert not intake.submissions
    assert [each.place for each in intake.unmatched] == ["101.py", "Ada Lovelace.py"]


def test_what_a_file_says_of_its_author_is_not_read(tmp_path: Path) -> None:
    """An unmatched place stays unmatched, whoever its content names."""
    (tmp_path / "x.py").write_text("# student: 101, Ada Lovelace, ada@uni.example")
    assert not collect(tmp_path, ROSTER).submissions


def test_response_files_are_set_aside(tmp_path: Path) -> None:
    """A file of responses to a quiz is no code: it is recognised, and waits for its own grading."""
    (tmp_path / "101").mkdir()
    (tmp_path / "101" / "r.json").write_text('{"quiz": "q", "paper": "7", "responses": {}}')
    (tmp_path / "102.json").write_text('{"quiz": "q"}')
    intake = collect(tmp_path, ROSTER)
    assert [(each.student, each.by) for each in intake.responses] == [("101", MatchedBy.ID)]
    assert [each.student for each in intake.submissions] == ["102"]
    assert "not a Python file" in intake.submissions[0].fault


def test_a_byte_order_mark_is_no_part_of_the_code(tmp_path: Path) -> None:
    """A file saved by Windows editors as UTF-8 with a mark is read as it was meant."""
    (tmp_path / "ada.py").write_bytes(b"\xef\xbb\xbfx = 1")
    assert collect(tmp_path).submissions[0].source == "x = 1"


def test_odd_names_become_text(tmp_path: Path) -> None:
    """Names that are no UTF-8, or hold control characters, are spelled out and stay apart."""
    for name in (b"n\xff.py", b"n\xfe.py", b"red\x1b[31m.py", b"two\nlines.py"):
        (tmp_path / os.fsdecode(name)).write_text("x = 1")
    students = [each.student for each in collect(tmp_path).submissions]
    assert len(set(students)) == 4
    assert all(student.isprintable() for student in students)
    assert "red\\x1b[31m" in students


def test_one_file_of_ones_own_is_read_alike(tmp_path: Path) -> None:
    """A student's own file or folder is read as grading would, and a fault of it is an error."""
    (tmp_path / "train.py").write_text("x = 1")
    assert read_submission(tmp_path / "train.py").source == "x = 1"
    assert read_submission(tmp_path).source == "x = 1"
    with pytest.raises(SubmissionsError, match="cannot be read"):
        read_submission(tmp_path / "none.py")
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(SubmissionsError, match="not a Python file"):
        read_submission(tmp_path / "a.txt")
