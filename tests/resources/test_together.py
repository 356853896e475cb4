"""Writing many files together: all or nothing, private, and never over something else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from lrquiz.errors import OutputError
from lrquiz.resources.together import write_together

FILES = {"pages/a.html": b"a", "pages/b.html": b"b", "all.json": b"{}"}


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_files_are_written_for_their_owner(tmp_path: Path) -> None:
    """They hold what was given, no other user can read them, and nothing else is left behind."""
    write_together(tmp_path / "out", FILES)
    assert held(tmp_path / "out") == FILES
    assert stat.S_IMODE((tmp_path / "out" / "all.json").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "out" / "pages").stat().st_mode) == 0o700


def test_the_same_files_may_be_written_again(tmp_path: Path) -> None:
    """What is there already counts, so an interrupted run can be repeated."""
    write_together(tmp_path, {"pages/a.html": b"a"})
    write_together(tmp_path, FILES)
    assert held(tmp_path) == FILES


def test_other_files_are_never_replaced(tmp_path: Path) -> None:
    """One that differs refuses all, unless replacing was asked for."""
    (tmp_path / "all.json").write_bytes(b"other")
    with pytest.raises(OutputError, match=r"all\.json: is there already"):
        write_together(tmp_path, FILES)
    assert held(tmp_path) == {"all.json": b"other"}
    write_together(tmp_path, FILES, replacing=True)
    assert held(tmp_path) == FILES


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """When one file fails, none of the others appears."""
    with pytest.raises(OutputError):
        write_together(tmp_path / "out", {"a": b"a", "a/b": b"b"})
    assert held(tmp_path / "out") == {}
