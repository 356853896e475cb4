"""Intake: who wrote what, from the place of a file alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake import MAX_SOURCE_BYTES, collect


def test_files_and_folders_are_submissions(tmp_path: Path) -> None:
    """`<student>.py` and `<student>/submission.py` both count; hidden files do not."""
    (tmp_path / "ada.py").write_text("a = 1")
    (tmp_path / "bob").mkdir()
    (tmp_path / "bob" / "submission.py").write_text("b = 2")
    (tmp_path / "bob" / "helper.py").write_text("c = 3")
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    found = collect(tmp_path)
    assert [(each.student, each.source, each.fault) for each in found] == [
        ("ada", "a = 1", ""),
        ("bob", "b = 2", ""),
    ]


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("ada.docx", b"PK", "not a Python file"),
        ("ada.py", b"x = '\xff\xfe'", "not UTF-8"),
        ("ada.py", b"#" * (MAX_SOURCE_BYTES + 1), "larger than"),
    ],
)
def test_what_cannot_be_run_says_why(tmp_path: Path, name: str, content: bytes, fault: str) -> None:
    """A file that is no Python, no UTF-8 or too large is kept as a submission with its fault."""
    (tmp_path / name).write_bytes(content)
    (submission,) = collect(tmp_path)
    assert submission.student == "ada"
    assert fault in submission.fault


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    """A link to a secret of the host, or a pipe that would block, is refused and not read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "eve.py").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(tmp_path / "in" / "fifi.py")
    assert [each.fault for each in collect(tmp_path / "in")] == [
        "eve.py is not a regular file",
        "fifi.py is not a regular file",
    ]


def test_a_folder_without_submissions_is_an_error(tmp_path: Path) -> None:
    """A missing or empty folder, and one with a student twice, is told in a sentence."""
    with pytest.raises(SubmissionsError, match="no such folder"):
        collect(tmp_path / "none")
    with pytest.raises(SubmissionsError, match="holds no submissions"):
        collect(tmp_path)
    (tmp_path / "ada.py").write_text("")
    (tmp_path / "ada.txt").write_text("")
    with pytest.raises(SubmissionsError, match="two submissions of 'ada'"):
        collect(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_code(tmp_path: Path) -> None:
    """A file saved by Windows editors as UTF-8 with a mark is read as it was meant."""
    (tmp_path / "ada.py").write_bytes(b"\xef\xbb\xbfx = 1")
    assert collect(tmp_path)[0].source == "x = 1"


def test_odd_names_become_text(tmp_path: Path) -> None:
    """Names that are no UTF-8, or hold control characters, are spelled out and stay apart."""
    for name in (b"n\xff.py", b"n\xfe.py", b"red\x1b[31m.py", b"two\nlines.py"):
        (tmp_path / os.fsdecode(name)).write_text("x = 1")
    students = [each.student for each in collect(tmp_path)]
    assert len(set(students)) == 4
    assert all(student.isprintable() for student in students)
    assert "red\\x1b[31m" in students
