"""What `lrquiz grade` tells of what was handed in."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from lrquiz.cli.app import lrquiz_group
from lrquiz.cli.grading.finding import find_subject
from lrquiz.cli.grading.intake_text import TakenIn, intake_json, take_in
from lrquiz.cli.grading.naming import Names
from lrquiz.cli.grading.work import Work
from lrquiz.errors import SubmissionsError
from lrquiz.grade.gradebook import open_gradebook, read_gradebook
from lrquiz.model.course import NOBODY, Roster, Student

ROSTER = Roster((Student("101", "Ada Lovelace", "ada@uni.example"),))
TASK = "train-with-schedule"


def _taken(path: Path, roster: Roster, *, anonymous: bool = False) -> tuple[TakenIn, str]:
    out = io.StringIO()
    work = Work(find_subject(TASK), path, path.parent / "out", roster=roster, anonymous=anonymous)
    console = Console(file=out, markup=False, highlight=False, soft_wrap=True)
    return take_in(work, console), out.getvalue()


def _canvas(path: Path, strangers: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lovelaceada_1_10_train.py", "x = 1")
        archive.writestr("lovelaceada_1_11_notes.pdf", "%PDF")
        for number in range(strangers):
            archive.writestr(f"stranger{number}x_{number}_5_train.py", "x = 1")
    return path


def test_few_lines_tell_what_was_matched_and_what_was_not(tmp_path: Path) -> None:
    """A long list is cut, and its count is whole."""
    _, told = _taken(_canvas(tmp_path / "class.zip", 30), ROSTER)
    assert "1 submissions matched to the roster: 1 by name" in told
    assert "unmatched, not graded: 30" in told
    assert "files ignored: 1" in told
    assert "and 22 more; --json lists all" in told
    assert len(told.splitlines()) < 16


def test_a_plain_folder_needs_no_words(tmp_path: Path) -> None:
    """Where everything is what it should be, nothing is told."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text("x = 1")
    assert not _taken(tmp_path / "in", NOBODY)[1]


def test_nothing_to_grade_is_an_error(tmp_path: Path) -> None:
    """Where nobody's work can be told apart, that is the answer, after the list of reasons."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "stranger.py").write_text("x = 1")
    with pytest.raises(SubmissionsError, match="nothing that can be graded"):
        _taken(tmp_path / "in", ROSTER)


def test_programs_get_every_place(tmp_path: Path) -> None:
    """The JSON lists what was matched by what, and all that was not."""
    found, _ = _taken(_canvas(tmp_path / "class.zip", 30), ROSTER)
    values = intake_json(found, Names())
    assert json.loads(json.dumps(values)) == values
    assert values["matched"] == [
        {"student": "101", "place": "lovelaceada_1_11_notes.pdf", "by": "name", "notes": []}
    ]
    assert len(values["unmatched"]) == 30


def test_where_names_are_hidden_so_are_places(tmp_path: Path) -> None:
    """What a place is called is somebody's name, so only counts are told."""
    found, told = _taken(_canvas(tmp_path / "class.zip", 2), ROSTER, anonymous=True)
    assert "unmatched, not graded: 2" in told
    values = json.dumps(intake_json(found, Names({"101": "KDF-RTW"})))
    for name in ("lovelace", "stranger", "101"):
        assert name not in told
        assert name not in values
    assert "KDF-RTW" in values


def test_a_person_may_say_whose_a_place_is(tmp_path: Path) -> None:
    """What the gradebook was told by a person counts before every match, and is told as such."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "stranger.py").write_text("x = 1")
    (tmp_path / "in" / "101.py").write_text("x = 2")
    (tmp_path / "out" / "staff").mkdir(parents=True)
    with open_gradebook(tmp_path / "out" / "staff" / "gradebook.sqlite") as book:
        book.assign(TASK, [("stranger.py", "101")], "me")
    found, told = _taken(tmp_path / "in", ROSTER)
    assert [(e.student, e.place, e.by) for e in found.taken.entries] == [
        ("101", "stranger.py", "person")
    ]
    assert "101.py: a person said that stranger.py is 101's" in told


def test_what_nobody_can_match_is_noted_even_where_nothing_is_graded(tmp_path: Path) -> None:
    """A gradebook that is there keeps the list, so that a person can say whose it is."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "stranger.py").write_text("x = 1")
    (tmp_path / "out" / "staff").mkdir(parents=True)
    path = tmp_path / "out" / "staff" / "gradebook.sqlite"
    with open_gradebook(path):
        pass
    with pytest.raises(SubmissionsError):
        _taken(tmp_path / "in", ROSTER)
    with read_gradebook(path) as book:
        assert [each.place for each in book.unmatched(TASK)] == ["stranger.py"]


def test_help_says_what_may_be_handed_in() -> None:
    """The help of `grade` names archives and exports."""
    told = CliRunner().invoke(lrquiz_group, ["grade", "--help"]).output
    assert "Canvas, Moodle and Gradescope" in " ".join(told.split())
