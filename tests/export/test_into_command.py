"""`lrquiz export into` reads a folder of results and fills what Canvas exported."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.export.graded_folders import Done, graded_folder
from tests.export.test_filled_tables import CANVAS

CLASS = (
    Done("lovelaceada_901", 7, "lovelaceada_901_77_train.py"),
    Done("hoppergrace_904", None, "hoppergrace_904_78_train.py"),
)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "gradebook.csv"
    path.write_bytes(CANVAS.encode())
    return path


def test_a_column_is_filled(lrquiz: Command, exported: Path, tmp_path: Path) -> None:
    """One score is written, one waits, and both are said, to people and to programs."""
    graded, out = graded_folder(tmp_path / "graded", CLASS), tmp_path / "filled.csv"
    done = lrquiz("export", "into", graded, exported, "--out", out)
    assert done.code == 0
    wanted = CANVAS.replace("3.00,,30.00", "3.00,7,30.00")
    assert out.read_bytes() == wanted.encode()
    assert "line 7: hoppergrace_904: waits for a person" in done.stderr
    assert out.stat().st_mode & 0o077 == 0
    told = lrquiz("export", "into", graded, exported, "--out", out, "--json").json()
    assert told["filled"] == {"lovelaceada_901": "7"}
    assert [each["line"] for each in told["missing"]] == [5, 6, 8]


def test_the_exported_file_is_never_overwritten(
    lrquiz: Command, exported: Path, tmp_path: Path
) -> None:
    """What Canvas exported stays, to be compared with."""
    graded = graded_folder(tmp_path / "graded", CLASS)
    done = lrquiz("export", "into", graded, exported, "--out", exported)
    assert done.code == 2
    assert "is the exported file itself" in done.stderr
    assert exported.read_bytes() == CANVAS.encode()


def test_a_folder_without_results_is_told(lrquiz: Command, exported: Path, tmp_path: Path) -> None:
    """A folder that was never graded into is named."""
    done = lrquiz("export", "into", tmp_path, exported, "--out", tmp_path / "filled.csv")
    assert done.code == 2
    assert "holds no finished grading" in done.stderr
