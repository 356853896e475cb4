"""`lrquiz cache`: where it is, what it holds, and how it is emptied."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.evidence.store import EvidenceStore
from tests.conftest import Command
from tests.evidence.made_traces import trace_of


@pytest.fixture
def folder(environment: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of this test alone, which the command uses."""
    place = tmp_path / "cache"
    monkeypatch.setitem(environment, "LRQUIZ_CACHE", str(place))
    return place


def fill(folder: Path, entries: int) -> None:
    for number in range(entries):
        EvidenceStore(folder).put(f"{number:064x}", [trace_of([1.0, 0.5])])


def test_info_says_what_is_there(
    lrquiz: Command, folder: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folder, entries, size and limit, for people and for programs; a limit of one's own counts."""
    fill(folder, 2)
    monkeypatch.setitem(environment, "LRQUIZ_CACHE_LIMIT", "500M")
    size = sum(path.stat().st_size for path in folder.rglob("*.blob"))
    told = lrquiz("cache", "info")
    assert (told.code, told.stderr) == (0, "")
    assert told.stdout.splitlines() == [
        f"folder   {folder}",
        "entries  2",
        f"size     {size} bytes",
        "limit    500.0 MiB",
    ]
    assert lrquiz("cache", "info", "--json").json() == {
        "schema": "lrquiz/cache",
        "version": 1,
        "folder": str(folder),
        "entries": 2,
        "bytes": size,
        "limit": 500 << 20,
    }


def test_clear_says_what_was_removed(lrquiz: Command, folder: Path) -> None:
    """Every entry goes, foreign files stay, and clearing again removes nothing."""
    fill(folder, 3)
    (folder / "notes.txt").write_text("mine")
    done = lrquiz("cache", "clear")
    assert (done.code, done.stdout) == (0, "")
    assert done.stderr.startswith("removed 3 entries, ")
    assert str(folder) in done.stderr
    assert not list(folder.rglob("*.blob"))
    assert (folder / "notes.txt").read_text() == "mine"
    fill(folder, 1)
    assert lrquiz("cache", "clear", "--json").json()["entries"] == 1
    assert lrquiz("cache", "clear", "--json").json() == {
        "schema": "lrquiz/cache-cleared",
        "version": 1,
        "folder": str(folder),
        "entries": 0,
        "bytes": 0,
    }


def test_a_cache_that_was_never_used_is_empty(lrquiz: Command, folder: Path) -> None:
    """Asking makes no folder."""
    assert lrquiz("cache", "info", "--json").json()["entries"] == 0
    assert lrquiz("cache", "clear", "--json").json()["entries"] == 0
    assert not folder.exists()


def test_a_folder_that_is_no_cache_is_not_cleared(lrquiz: Command, folder: Path) -> None:
    """A wrong LRQUIZ_CACHE costs nobody a file: a sentence and exit code 2."""
    folder.mkdir()
    (folder / "thesis.tex").write_text("mine")
    done = lrquiz("cache", "clear")
    assert (done.code, done.stdout) == (2, "")
    assert f"nothing was removed: {folder} is a folder in which lrquiz keeps nothing" in done.stderr
    assert (folder / "thesis.tex").exists()


@pytest.mark.parametrize("command", [["cache", "info"], ["cache", "clear"], ["verify"]])
@pytest.mark.usefixtures("folder")
def test_a_limit_that_is_no_size_is_told(
    lrquiz: Command,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """Every command that uses the cache refuses it with a sentence and exit code 2."""
    monkeypatch.setitem(environment, "LRQUIZ_CACHE_LIMIT", "lots")
    done = lrquiz(*command)
    assert (done.code, done.stdout) == (2, "")
    assert "LRQUIZ_CACHE_LIMIT = 'lots' is no size; write 500M" in done.stderr
