"""Exports of Canvas, Moodle and Gradescope, with the names that they give and students choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.grade.intake import Intake, MatchedBy, collect
from lrquiz.grade.intake.gradescope import Submitter, submitters_of
from lrquiz.model.course import Roster, Student
from tests.grade.intake.archives_made import CODE, tarred, zipped

ROSTER = Roster(
    (
        Student("s1", "Ada King Lovelace", "ada@uni.example"),
        Student("s2", "Jos\u00e9 N\u00fa\u00f1ez-Garc\u00eda", "jose@uni.example"),
        Student("s3", "John Smith", "jsmith@uni.example"),
        Student("s4", "John Smith", "jsmith2@uni.example"),
        Student("77", "Eve Moneypenny", "eve@uni.example"),
    )
)


def _collected(folder: Path, members: dict[str, bytes | str], roster: Roster | None) -> Intake:
    (folder / "export.zip").write_bytes(zipped(members))
    return collect(folder / "export.zip", roster)


def test_a_canvas_export_comes_to_its_students(tmp_path: Path) -> None:
    """Prefixes go, late or not; of what was handed in again the highest number counts."""
    intake = _collected(
        tmp_path,
        {
            "lovelaceadaking_LATE_11_901_train.py": "old = 1",
            "lovelaceadaking_LATE_11_905_train-2.py": "new = 3",
            "lovelaceadaking_LATE_11_903_train-1.py": "mid = 2",
            "n\u00fa\u00f1ezgarc\u00edajos\u00e9_12_906_hw.zip": zipped({"hw/train.py": CODE}),
            "n\u00fa\u00f1ezgarc\u00edajos\u00e9_12_907_report.pdf": b"%PDF",
            "smithjohn_13_908_train.py": CODE,
            "stranger_14_909_train.py": CODE,
        },
        ROSTER,
    )
    assert [(each.student, each.by) for each in intake.submissions] == [
        ("s1", MatchedBy.NAME),
        ("s2", MatchedBy.NAME),
    ]
    assert intake.submissions[0].source == "new = 3"
    assert {each.place: each.reason for each in intake.ignored} == {
        "lovelaceadaking_11: train.py": "handed in again as train-2.py",
        "lovelaceadaking_11: train-1.py": "handed in again as train-2.py",
        "núñezgarcíajosé_12: report.pdf": "no Python file, notebook or response file",
    }
    assert {each.place: each.reason for each in intake.unmatched} == {
        "smithjohn_13": "smithjohn fits several on the roster: s3, s4",
        "stranger_14": "nobody on the roster is stranger",
    }


def test_a_file_cannot_be_named_into_another_students_place(tmp_path: Path) -> None:
    """What Canvas wrote stands first; a file name that imitates it changes nothing."""
    intake = _collected(
        tmp_path,
        {
            "moneypennyeve_15_910_lovelaceadaking_11_999_train.py": CODE,
            "lovelaceadaking_11_905_train.py": CODE,
        },
        ROSTER,
    )
    assert [each.student for each in intake.submissions] == ["77", "s1"]


def test_an_archive_in_a_place_names_nobody(tmp_path: Path) -> None:
    """A student's archive may look like an export: all of it stays that student's."""
    forged = zipped({"lovelaceadaking_11_905_train.py": CODE})
    intake = _collected(tmp_path, {"moneypennyeve_15_910_hw.zip": forged}, ROSTER)
    assert [each.student for each in intake.submissions] == ["77"]


def test_a_number_of_canvas_is_no_id_of_another(tmp_path: Path) -> None:
    """Canvas's number may be somebody's id by chance: it counts where the name agrees."""
    chance = _collected(tmp_path, {"stranger_77_910_train.py": CODE}, ROSTER)
    assert not chance.submissions
    other = _collected(tmp_path, {"lovelaceadaking_77_910_train.py": CODE}, ROSTER)
    assert not other.submissions
    agreed = _collected(tmp_path, {"moneypennyeve_77_910_train.py": CODE}, ROSTER)
    assert [(each.student, each.by) for each in agreed.submissions] == [("77", MatchedBy.ID)]


def test_without_a_roster_namesakes_stay_apart(tmp_path: Path) -> None:
    """The system's number keeps two students of one name apart."""
    members: dict[str, bytes | str] = {
        "smithjohn_13_908_train.py": CODE,
        "smithjohn_14_909_train.py": CODE,
        "John Smith_5_assignsubmission_file_/train.py": CODE,
    }
    found = _collected(tmp_path, members, None).submissions
    assert [each.student for each in found] == ["John Smith_5", "smithjohn_13", "smithjohn_14"]


@pytest.mark.parametrize("end", ["_/train.py", "/train.py", "_train.py", "_/hw.zip"])
def test_a_moodle_export_comes_to_its_students(tmp_path: Path, end: str) -> None:
    """Folders of new and old releases, and flat files, are told apart from online text."""
    content = zipped({"a/train.py": CODE}) if end.endswith("zip") else CODE
    intake = _collected(
        tmp_path,
        {
            f"Ada King Lovelace_4711_assignsubmission_file{end}": content,
            "Ada King Lovelace_4711_assignsubmission_onlinetext/onlinetext.html": "<p>hello",
            f"Nobody Else_4712_assignsubmission_file{end}": content,
            f"John Smith_77_assignsubmission_file{end}": content,
        },
        ROSTER,
    )
    assert [(each.student, each.source) for each in intake.submissions] == [("s1", CODE)]
    assert len(intake.unmatched) == 2


def test_one_moodle_folder_is_no_wrapper(tmp_path: Path) -> None:
    """An export of one student's folder stays that student's, whatever is in it."""
    inside = "Ada King Lovelace_4711_assignsubmission_file_"
    members: dict[str, bytes | str] = {f"{inside}/moneypennyeve_77_1_train.py": CODE}
    assert [each.student for each in _collected(tmp_path, members, ROSTER).submissions] == ["s1"]


METADATA = """\
---
submission_900:
  :submitters:
  - :name: Ada Lovelace
    :sid: S1
    :email: other@uni.example
  :created_at: 2026-01-02 03:04:05.000000000 Z
  :score: 1.0
  :results:
    :output: "a text
      submission_901:

      submission_901:"
submission_901:
  :submitters:
  - :name: 'Jos\u00e9 O''Neil'
    :sid: ''
    :email: jose@uni.example
  - :name: "Eve \\u004d"
    :sid: '77'
submission_902:
  :submitters:
  - :name: Who
    :sid: '5'
"""


@pytest.mark.parametrize("extracted", [True, False])
def test_a_gradescope_export_comes_to_its_submitters(tmp_path: Path, *, extracted: bool) -> None:
    """Who handed in together each get it, by sid, else email; a folder alone names nobody."""
    root = "assignment_42_export/"
    members: dict[str, bytes | str] = {f"{root}submission_metadata.yml": METADATA}
    for number in (900, 901, 902, 903):
        members[f"{root}submission_{number}/train.py"] = f"x = {number}"
    if extracted:
        for name, content in members.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(str(content))
        intake = collect(tmp_path, ROSTER)
    else:
        intake = _collected(tmp_path, members, ROSTER)
    assert [(each.student, each.source, each.by) for each in intake.submissions] == [
        ("77", "x = 901", MatchedBy.ID),
        ("s1", "x = 900", MatchedBy.ID),
        ("s2", "x = 901", MatchedBy.EMAIL),
    ]
    assert [each.place for each in intake.unmatched] == ["submission_902", "submission_903"]


def test_submitters_are_read_from_their_lines_alone() -> None:
    """Quoted names are understood, and what students printed is not."""
    assert submitters_of(METADATA)["submission_901"] == (
        Submitter("Jos\u00e9 O'Neil", "", "jose@uni.example"),
        Submitter("Eve M", "77", ""),
    )
    assert submitters_of("") == {}
    assert submitters_of("submission_1:\n  :submitters: []\n") == {}


@pytest.mark.parametrize("name", ["class.zip", "class.tar", "class.tar.gz", "class.tgz"])
def test_one_archive_of_archives_in_a_folder_of_its_own(tmp_path: Path, name: str) -> None:
    """A zip of zips, or a tar of them, wrapped in a folder as systems do, is a class."""
    inner = zipped({"ada/train.py": CODE, "__MACOSX/._train.py": b"\0"})
    members = {"class/ada.zip": inner, "class/bob.py": CODE.encode(), "__MACOSX/._x": b"\0"}
    made = zipped(members) if name.endswith("zip") else tarred(members, mode=name[-2:])
    (tmp_path / name).write_bytes(made)
    intake = collect(tmp_path / name)
    assert [(each.student, each.source) for each in intake.submissions] == [
        ("ada", CODE),
        ("bob", CODE),
    ]
    assert not intake.ignored
