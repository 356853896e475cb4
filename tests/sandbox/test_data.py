"""Folders of data that a box may read: under their names, and read-only."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from boxes import ENTRIES, ENTRY, LIMITS, run_source  # type: ignore[import-not-found]

from lrquiz.errors import ScriptError
from lrquiz.model.run import Ending
from lrquiz.sandbox import Sandbox
from lrquiz.sandbox.data import readable_data
from lrquiz.sandbox.ordinary import OrdinaryProcess

READ_AND_WRITE = """
import os
refused = []
for path in ("rows/new.csv", "rows/train.csv", "rows/inner/deep.csv"):
    try:
        open(path, "a").write("mine")
    except OSError as error:
        refused.append(path)
for change in (lambda: os.remove("rows/train.csv"), lambda: os.chmod("rows/train.csv", 0o777)):
    try:
        change()
    except OSError:
        refused.append("change")
open("own.txt", "w").write("written")
result = [open("rows/train.csv").read(), open("rows/inner/deep.csv").read(), refused]
"""
EXPECTED = [
    "1,2",
    "3",
    ["rows/new.csv", "rows/train.csv", "rows/inner/deep.csv", "change", "change"],
]


def rows(folder: Path) -> Path:
    """Make a folder of data that is its owner's alone."""
    (folder / "rows" / "inner").mkdir(parents=True)
    (folder / "rows" / "train.csv").write_text("1,2")
    (folder / "rows" / "inner" / "deep.csv").write_text("3")
    (folder / "rows").chmod(0o700)
    (folder / "rows" / "train.csv").chmod(0o600)
    return folder / "rows"


@pytest.mark.parametrize("tier", ["full", "reduced"])
def test_a_box_reads_data_and_cannot_change_them(
    tier: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """It finds them under the folder's name in its working directory; every change is refused."""
    request.getfixturevalue(f"{tier}_tier")
    folder = rows(tmp_path)
    with (
        readable_data(folder) as data,
        Sandbox(ENTRY, path=[ENTRIES], tier=tier, data=data) as sandbox,
    ):
        run = run_source(sandbox, READ_AND_WRITE)
    assert run.ending is Ending.OK, run
    assert json.loads(run.reply or b"") == EXPECTED
    assert sorted(each.name for each in folder.iterdir()) == ["inner", "train.csv"]
    assert (folder / "train.csv").read_text() == "1,2"


def test_a_box_without_data_sees_none(sandbox: Sandbox, tmp_path: Path) -> None:
    """What is not given is not there, by its name or by its path."""
    folder = rows(tmp_path)
    source = f"import os\nresult = [os.path.exists('rows'), os.path.exists({str(folder)!r})]"
    assert json.loads(run_source(sandbox, source).reply or b"") == [False, False]


def test_an_ordinary_process_finds_data_under_their_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no box, a link leads to the folder."""
    folder = rows(tmp_path)
    monkeypatch.syspath_prepend(ENTRIES)
    source = "result = open('rows/train.csv').read()"
    with OrdinaryProcess(ENTRY, [str(folder)]) as process:
        run = process.run(source.encode(), LIMITS)
    assert run.ending is Ending.OK, run
    assert json.loads(run.reply or b"") == "1,2"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's boxes belong to somebody else")
def test_roots_private_data_are_copied_for_the_box(tmp_path: Path) -> None:
    """A copy has the folder's name and can be read by all; the folder keeps its modes."""
    folder = rows(tmp_path)
    with readable_data(folder) as (shown,):
        copy = Path(shown)
        assert (copy.name, copy != folder) == ("rows", True)
        assert (copy / "train.csv").stat().st_mode & 0o777 == 0o644
    assert not copy.exists()
    assert (folder / "train.csv").stat().st_mode & 0o777 == 0o600


def test_data_that_all_may_read_are_shown_in_place(tmp_path: Path) -> None:
    """A large data set is not copied."""
    folder = rows(tmp_path)
    folder.chmod(0o755)
    (folder / "train.csv").chmod(0o644)
    with readable_data(folder) as data:
        assert data == (str(folder),)


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    """A file, or nothing at all, is told as the wrong input that it is."""
    (tmp_path / "file").write_text("")
    for wrong in (tmp_path / "file", tmp_path / "absent", Path("/")):
        with pytest.raises(ScriptError, match="is no folder"), readable_data(wrong):
            pass
