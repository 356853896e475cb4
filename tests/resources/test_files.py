"""Files are written whole or not at all, with the mode that was asked for."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from lrquiz.errors import InternalError, OutputError
from lrquiz.resources.files import (
    PRIVATE,
    PUBLIC,
    make_folder,
    write_bytes,
    write_text,
)
from lrquiz.resources.locate import shipped, shipped_bank, shipped_templates


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("mode", [PRIVATE, PUBLIC])
@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_file_has_the_mode_that_was_asked_for(tmp_path: Path, mode: int, umask: int) -> None:
    """Neither the umask nor the mode of an older file changes who may read the new one."""
    path = tmp_path / "file"
    path.touch()
    path.chmod(0o666)
    before = os.umask(umask)
    try:
        write_bytes(path, b"x", mode)
    finally:
        os.umask(before)
    assert mode_of(path) == mode


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    """A shorter content leaves no rest of the longer one, and no temporary file stays."""
    path = tmp_path / "file"
    write_bytes(path, b"a long content")
    write_text(path, "n\u00e4he\n")
    assert path.read_bytes() == "n\u00e4he\n".encode()
    assert list(tmp_path.iterdir()) == [path]


def test_a_reader_of_the_old_file_keeps_the_old_content(tmp_path: Path) -> None:
    """The new file takes the old one's place in one step; the old one is never written to."""
    path = tmp_path / "file"
    write_bytes(path, b"old")
    with path.open("rb") as reader:
        write_bytes(path, b"new")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


def test_a_folder_in_the_way_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    """A write that fails at its last step changes nothing and cleans up."""
    target = tmp_path / "file"
    target.mkdir()
    (target / "inner").write_text("kept")
    with pytest.raises(OutputError, match=r"cannot write .*file"):
        write_bytes(target, b"x")
    assert (target / "inner").read_text() == "kept"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told_with_a_remedy(tmp_path: Path) -> None:
    """The message says which path, why, and what to do."""
    with pytest.raises(OutputError, match=r"(?s)absent.*no such file.*give --out a folder"):
        write_bytes(tmp_path / "absent" / "file", b"x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write to any folder")
def test_a_folder_without_permission_keeps_its_file(tmp_path: Path) -> None:
    """The old content stays when the folder cannot be written to."""
    folder = tmp_path / "locked"
    folder.mkdir()
    write_bytes(folder / "file", b"old")
    folder.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="permission denied"):
            write_bytes(folder / "file", b"new")
        assert (folder / "file").read_bytes() == b"old"
    finally:
        folder.chmod(0o700)


def test_content_that_is_no_content_leaves_the_old_file(tmp_path: Path) -> None:
    """Whatever goes wrong while writing, the old file is whole and no part file is left."""
    path = tmp_path / "file"
    write_bytes(path, b"old")
    with pytest.raises(TypeError):
        write_bytes(path, "text")  # type: ignore[arg-type]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_folders_are_made_with_their_parents(tmp_path: Path) -> None:
    """Making a folder twice is fine; a file in its place is an error of output."""
    folder = tmp_path / "a" / "b"
    assert make_folder(folder) == make_folder(folder) == folder
    assert folder.is_dir()
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="file exists"):
        make_folder(tmp_path / "file")
    with pytest.raises(OutputError, match="not a directory"):
        make_folder(tmp_path / "file" / "b")


def test_what_ships_is_found() -> None:
    """The bank and the templates are where they are looked for."""
    assert (shipped_bank() / "items").is_dir()
    assert any(shipped_templates().rglob("*"))


def test_an_installation_that_lacks_a_folder_says_so() -> None:
    """What should have shipped and did not is a fault of ours."""
    with pytest.raises(InternalError, match="install it again"):
        shipped("no_such_folder")
