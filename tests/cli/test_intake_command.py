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
from lrquiz.cli.grading.intake_text import intake_json, take_in
from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake import collect
from lrquiz.model.course import NOBODY, Roster, Student

ROSTER = Roster((Student("101", "Ada Lovelace", "ada@uni.example"),))


def _told(path: Path, roster: Roster) -> str:
    out = io.StringIO()
    take_in(path, roster, Console(file=out, markup=False, highlight=False, soft_wrap=True))
    return out.getvalue()


def _canvas(path: Path, strangers: int) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("lovelaceada_1_10_train.py", "x = 1")
        archive.writestr("lovelaceada_1_11_notes.pdf", "%PDF")
        for number in range(strangers):
            archive.writestr(f"stranger{number}x_{number}_5_train.py", "x = 1")
    return path


def test_few_lines_tell_what_was_matched_and_what_was_not(tmp_path: Path) -> None:
    """A long list is cut, and its count is whole."""
    told = _told(_canvas(tmp_path / "class.zip", 30), ROSTER)
    assert "1 submissions matched to the roster: 1 by name" in told
    assert "unmatched, not graded: 30" in told
    assert "files ignored: 1" in told
    assert "and 22 more; --json lists all" in told
    assert len(told.splitlines()) < 16


def test_a_plain_folder_needs_no_words(tmp_path: Path) -> None:
    """Where everything is what it should be, nothing is told."""
    (tmp_path / "ada.py").write_text("x = 1")
    assert not _told(tmp_path, NOBODY)


def test_nothing_to_grade_is_an_error(tmp_path: Path) -> None:
    """Where nobody's work can be told apart, that is the answer, after the list of reasons."""
    (tmp_path / "stranger.py").write_text("x = 1")
    with pytest.raises(SubmissionsError, match="nothing that can be graded"):
        _told(tmp_path, ROSTER)


def test_programs_get_every_place(tmp_path: Path) -> None:
    """The JSON lists what was matched by what, and all that was not."""
    values = intake_json(collect(_canvas(tmp_path / "class.zip", 30), ROSTER))
    assert json.loads(json.dumps(values)) == values
    assert values["matched"] == [
        {"student": "101", "place": "lovelaceada_1", "by": "name", "notes": []}
    ]
    assert len(values["unmatched"]) == 30


def test_help_says_what_may_be_handed_in() -> None:
    """The help of `grade` names archives and exports."""
    told = CliRunner().invoke(lrquiz_group, ["grade", "--help"]).output
    assert "Canvas, Moodle and Gradescope" in " ".join(told.split())
