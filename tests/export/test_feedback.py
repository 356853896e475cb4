"""Pages go back under the names that submissions came with."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lrquiz.errors import ExportError
from lrquiz.export.feedback import pack_feedback
from lrquiz.export.graded import read_graded
from lrquiz.grade.intake import collect
from lrquiz.model.course import Roster, Student
from tests.conftest import Command
from tests.export.graded_folders import Done, graded_folder
from tests.grade.intake.archives_made import CODE, zipped

CLASS = (
    Done("ada", 7, "Ada Lovelace_11_assignsubmission_file_"),
    Done("bob", 5, "Bob Ross_12_assignsubmission_file"),
    Done("cleo", 5, "Cleo_13_assignsubmission_onlinetext_train.py"),
    Done("dan", None, "lovelaceada_LATE_901_77_train-1.py"),
    Done("eve", 3, "eve.py"),
)


def packed(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def places_of(folder: Path) -> dict[str, str]:
    return dict(read_graded(folder).places)


def test_moodle_gets_its_own_folders_back(tmp_path: Path) -> None:
    """Folders of old and new releases, and prefixes of flat files, come back as they were."""
    folder = graded_folder(tmp_path / "graded", CLASS)
    done = pack_feedback(folder, places_of(folder), "moodle")
    assert packed(done.content) == {
        "Ada Lovelace_11_assignsubmission_file_/feedback.html": "<p>ada</p>",
        "Bob Ross_12_assignsubmission_file/feedback.html": "<p>bob</p>",
        "Cleo_13_assignsubmission_onlinetext_feedback.html": "<p>cleo</p>",
    }
    assert done.without_name == ("dan", "eve")
    assert pack_feedback(folder, places_of(folder), "moodle").content == done.content


def test_canvas_gets_the_numbers_of_student_and_upload_back(tmp_path: Path) -> None:
    """The whole name of the upload is kept from intake on, so that Canvas finds its student."""
    export = tmp_path / "submissions.zip"
    members = {
        "lovelaceada_LATE_901_77_train.py": CODE,
        "lovelaceada_LATE_901_79_train-1.py": f"{CODE}# better\n",
        "rossbob_902_78_train.py": CODE,
    }
    export.write_bytes(zipped(members))
    roster = Roster((Student("s1", "Ada Lovelace"), Student("s2", "Bob Ross")))
    found = collect(export, roster).submissions
    assert [each.place for each in found] == [
        "lovelaceada_LATE_901_79_train-1.py",
        "rossbob_902_78_train.py",
    ]
    folder = graded_folder(
        tmp_path / "graded", [Done(each.student, 7, each.place) for each in found]
    )
    done = pack_feedback(folder, places_of(folder), "canvas")
    assert packed(done.content) == {
        "lovelaceada_LATE_901_79_train-1.py.html": "<p>s1</p>",
        "rossbob_902_78_train.py.html": "<p>s2</p>",
    }


def test_nobody_gets_the_page_of_another(tmp_path: Path) -> None:
    """Two students who handed in as one have two pages, and one name: that is refused."""
    place = "Ada Lovelace_11_assignsubmission_file"
    folder = graded_folder(tmp_path / "graded", [Done("ada", 7, place), Done("bob", 7, place)])
    with pytest.raises(ExportError, match="ada and bob handed in as one"):
        pack_feedback(folder, places_of(folder), "moodle")


def test_the_command_lists_who_is_left_out(lrquiz: Command, tmp_path: Path) -> None:
    """The zip is written, and students without a name of that platform are named."""
    folder = graded_folder(tmp_path / "graded", CLASS)
    done = lrquiz("export", "feedback", folder, "--to", "canvas", "--out", tmp_path / "out.zip")
    assert done.code == 0
    assert "1 pages packed" in done.stderr
    assert "ada, bob, cleo, eve" in done.stderr
    listed = lrquiz(
        *("export", "feedback", folder, "--to", "canvas", "--out", tmp_path / "2.zip", "--json")
    )
    assert listed.json()["pages"] == {"dan": "lovelaceada_LATE_901_77_train-1.py.html"}
    assert (tmp_path / "2.zip").read_bytes() == (tmp_path / "out.zip").read_bytes()


def test_where_nothing_came_from_a_platform_nothing_is_written(
    lrquiz: Command, tmp_path: Path
) -> None:
    """Without a single fitting name there is no zip but a sentence that says what to grade."""
    folder = graded_folder(tmp_path / "graded", CLASS[-1:])
    done = lrquiz("export", "feedback", folder, "--to", "moodle", "--out", tmp_path / "out.zip")
    assert done.code == 2
    assert "nothing that was graded came in an export of Moodle" in done.stderr
    assert "LRQ610" in done.stderr
    assert not (tmp_path / "out.zip").exists()
