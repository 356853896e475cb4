"""The scratch folder of the tier `reduced` goes, and nothing else does."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lrquiz.sandbox import scratch


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let temporary files lie in a folder of the test's own."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def dead() -> int:
    """The process id of somebody who is no more."""
    with subprocess.Popen(["/bin/true"]) as process:
        process.wait()
    return process.pid


def test_removes_whatever_it_holds(tmp_path: Path) -> None:
    """Chains of folders longer than any path, closed ones, links, pipes and odd names all go."""
    folder = scratch.make(os.geteuid())
    deep = os.open(f"{folder}/box", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("inner", dir_fd=deep)
        deep, outer = os.open("inner", os.O_RDONLY, dir_fd=deep), deep
        os.close(outer)
    os.close(deep)
    Path(folder, "tmp", "link").symlink_to("/")
    Path(folder, "tmp", "\n").mkdir()
    os.mkfifo(Path(folder, "tmp", "pipe"))
    Path(folder, "tmp", "closed", "inner").mkdir(parents=True)
    Path(folder, "tmp", "closed").chmod(0)
    scratch.remove(folder)
    assert list(tmp_path.iterdir()) == []


def test_follows_no_link(tmp_path: Path) -> None:
    """What a link in it leads to stays, with its mode."""
    kept = tmp_path / "kept"
    kept.mkdir(mode=0o500)
    folder = scratch.make(os.geteuid())
    for place in ("box/link", "tmp/link", "link"):
        Path(folder, place).symlink_to(kept)
    scratch.remove(folder)
    assert list(tmp_path.iterdir()) == [kept]
    assert kept.stat().st_mode & 0o777 == 0o500


def test_sweeps_only_what_is_ours(tmp_path: Path, dead: int) -> None:
    """A dead supervisor's folder goes; a living one's, a file, and a link with such a name stay.

    Everybody may write to /tmp: a link there, followed by root, would empty any folder.
    """
    kept = tmp_path / "kept"
    (kept / "inner").mkdir(parents=True)
    (tmp_path / f"lrquiz-box-{dead}-left" / "box").mkdir(parents=True)
    (tmp_path / f"lrquiz-box-{os.getpid()}-alive").mkdir()
    (tmp_path / f"lrquiz-box-{dead}-link").symlink_to(kept)
    (tmp_path / f"lrquiz-box-{dead}-file").touch()
    scratch.sweep()
    names = {
        each.name.partition("-box-")[2].partition("-")[2] or each.name
        for each in tmp_path.iterdir()
    }
    assert names == {"kept", "alive", "link", "file"}
    assert (kept / "inner").is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make folders of others")
def test_sweeps_no_folder_of_others(tmp_path: Path, dead: int) -> None:
    """Somebody else's folder with such a name is theirs."""
    theirs = tmp_path / f"lrquiz-box-{dead}-theirs"
    theirs.mkdir()
    os.chown(theirs, 12345, 12345)
    scratch.sweep()
    assert theirs.is_dir()
