"""Response files in what a class handed in: which one of each student counts."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.intake import chosen_responses, collect
from lrquiz.grade.intake.gradescope import times_of
from lrquiz.model.course import Roster, Student

ROSTER = Roster((Student("101", "Ada Lovelace"), Student("102", "Bob Babbage")))
CODE = "x = 1"


def responses(text: str = "") -> str:
    return json.dumps({"quiz": "q", "paper": "p", "responses": {"1": text}})


def archive(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return path


def test_the_newest_upload_counts_where_the_platform_numbers_them(tmp_path: Path) -> None:
    """Canvas numbers every upload, so of two files of other names the later one is known."""
    path = archive(
        tmp_path / "class.zip",
        {
            "lovelaceada_7_11_responses-p.json": responses("old"),
            "lovelaceada_7_12_responses-p (1).json": responses("new"),
            "babbagebob_8_13_r.json": responses("old"),
            "babbagebob_8_14_r-1.json": responses("newest"),
        },
    )
    chosen = chosen_responses(collect(path, ROSTER))
    assert [(e.student, json.loads(e.content)["responses"]["1"]) for e in chosen.files] == [
        ("101", "new"),
        ("102", "newest"),
    ]
    assert not chosen.unsettled
    assert ["(1).json" in each.reason for each in chosen.superseded] == [True]


def test_of_two_files_nobody_can_tell_which_counts(tmp_path: Path) -> None:
    """Both are listed and neither is graded, whether in one place or in two; twins are one."""
    for folder in ("101", "102"):
        (tmp_path / folder).mkdir()
    (tmp_path / "101" / "a.json").write_text(responses("one"))
    (tmp_path / "101" / "b.json").write_text(responses("other"))
    (tmp_path / "102" / "a.json").write_text(responses("same"))
    (tmp_path / "102" / "b.json").write_text(responses("same"))
    chosen = chosen_responses(collect(tmp_path, ROSTER))
    assert [each.student for each in chosen.files] == ["102"]
    assert [each.place for each in chosen.unsettled] == ["101", "101"]
    assert all("keep one of them" in each.reason for each in chosen.unsettled)
    (tmp_path / "102" / "b.json").unlink()
    (tmp_path / "Bob Babbage.json").write_text(responses("other"))
    again = chosen_responses(collect(tmp_path, ROSTER))
    assert not again.files
    assert {each.place for each in again.unsettled} == {"101", "102", "Bob Babbage.json"}


@pytest.mark.parametrize("torn", [responses()[:-3], "", "[]", '{"quiz": 1}'])
def test_a_torn_file_does_not_pass_for_none(tmp_path: Path, torn: str) -> None:
    """Where it is all that a student handed in, it counts, so that somebody looks at it."""
    (tmp_path / "101.json").write_text(torn)
    (tmp_path / "102").mkdir()
    (tmp_path / "102" / "settings.json").write_text(torn)
    (tmp_path / "102" / "responses.json").write_text(responses())
    chosen = chosen_responses(collect(tmp_path, ROSTER))
    assert [(e.student, e.name) for e in chosen.files] == [
        ("101", "101.json"),
        ("102", "responses.json"),
    ]
    assert [each.place for each in chosen.superseded] == ["102: settings.json"]


def test_a_file_too_large_to_read_has_a_fault(tmp_path: Path) -> None:
    """It is nobody's zero: it stands there with the reason."""
    (tmp_path / "101.json").write_text(" " * 1_000_001)
    (only,) = chosen_responses(collect(tmp_path, ROSTER)).files
    assert "is larger than" in only.fault


METADATA = """\
---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '101'
  :created_at: 2026-11-30 22:15:01.842923000 Z
  :score: 7
  :history:
  - :id: 3
    :created_at: 2026-11-01 00:00:00.0 Z
submission_2:
  :history:
  - :id: 4
    :created_at: 2026-11-01 00:00:00.0 Z
  :created_at: 2026-12-01 01:00:00 +02:00
  :submitters:
  - :name: Bob Babbage
    :sid: '102'
"""


def test_gradescope_tells_when_it_was_handed_in(tmp_path: Path) -> None:
    """The time of the submission itself, not that of an earlier one."""
    path = archive(
        tmp_path / "export.zip",
        {
            "assignment_1_export/submission_metadata.yml": METADATA,
            "assignment_1_export/submission_1/train.py": CODE,
            "assignment_1_export/submission_2/r.json": responses(),
        },
    )
    intake = collect(path, ROSTER)
    code = {each.student: each.handed_in for each in intake.submissions}
    assert code["101"] == datetime(2026, 11, 30, 22, 15, 1, tzinfo=UTC)
    assert intake.responses[0].handed_in == datetime(2026, 11, 30, 23, tzinfo=UTC)


@given(st.text(), st.text("0123456789-:. Z+"))
def test_no_list_of_gradescopes_raises(noise: str, time: str) -> None:
    """What cannot be read as a time is no time."""
    text = f"submission_1:\n  :created_at: {time}\n{noise}\n  :created_at: 2026-02-31 00:00:00 Z"
    assert set(times_of(text)) <= {"submission_1"}
    assert times_of("submission_1:\n  :created_at: 2026-02-31 00:00:00 Z") == {}


def test_canvas_tells_who_was_late_and_not_when(tmp_path: Path) -> None:
    """The flag in a name is kept, for a late rule that would need a time."""
    path = archive(
        tmp_path / "class.zip",
        {"lovelaceada_LATE_7_11_t.py": CODE, "babbagebob_8_12_t.py": CODE},
    )
    intake = collect(path, ROSTER)
    assert intake.late == ("101",)
    assert all(each.handed_in is None for each in intake.submissions)
