"""The gradebook: attempts and results come back as they were, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lrquiz.errors import GradebookError, LrquizError
from lrquiz.grade.gradebook import open_gradebook, read_gradebook
from lrquiz.grade.gradebook.schema import MIGRATIONS, migrate
from lrquiz.grade.records import records_json
from lrquiz.model.record import Record
from tests.grade.gradebook.examples import SECRET, TASK, graded, handed_in

ADA, BOB = handed_in("ada"), handed_in("bob", "y = 2")
MOMENT = datetime(2026, 11, 2, 23, 59, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A gradebook with one result."""
    path = tmp_path / "gradebook.sqlite"
    with open_gradebook(path) as book:
        book.hand_in(TASK.id, [ADA, BOB], {"ada": MOMENT})
        book.add(graded(ADA))
    return path


def test_a_result_comes_back_as_it_was(path: Path) -> None:
    """An attempt has what a class is asked about in columns, and its whole record beside them."""
    with read_gradebook(path) as book:
        (attempt,) = book.attempts(TASK.id)
        assert book.record(attempt) == graded(ADA)
        assert book.newest_task() == TASK.id
    assert (attempt.student, attempt.submission, attempt.score) == ("ada", ADA.digest, 7.0)
    assert (attempt.handed_in, attempt.tier, attempt.task_version) == (MOMENT, "full", "v1")
    assert (attempt.seconds, attempt.memory_mib, attempt.ending) == (0.25, 64.0, "ok")
    assert attempt.graded is not None
    assert attempt.graded.tzinfo is not None


def test_the_gradebook_is_one_private_file(path: Path) -> None:
    """It is its owner's alone, and once closed no log beside it holds a part of it."""
    assert {each.name for each in path.parent.iterdir()} == {path.name, f"{path.name}.lock"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()} == {0o600}


def test_attempts_are_kept(path: Path) -> None:
    """Each new content is an attempt; the last one again is none; an old one again is one more."""
    other = handed_in("ada", "x = 3")
    with open_gradebook(path) as book:
        book.hand_in(TASK.id, [ADA], {})
        book.hand_in(TASK.id, [other], {})
        book.add(graded(other, 3.0))
        book.hand_in(TASK.id, [ADA], {})
        assert [each.score for each in book.attempts(TASK.id, "ada")] == [7.0, 3.0, 7.0]
        assert book.attempts(TASK.id, "bob") == ()
        assert book.attempts("another task") == ()


def test_a_moment_may_be_told_later(path: Path) -> None:
    """The time of handing in is noted when it is known, and stays when it is not told again."""
    later = datetime(2026, 11, 3, tzinfo=UTC)
    with open_gradebook(path) as book:
        book.hand_in(TASK.id, [ADA], {})
        assert [each.handed_in for each in book.attempts(TASK.id)] == [MOMENT]
        book.hand_in(TASK.id, [ADA], {"ada": later})
        assert [each.handed_in for each in book.attempts(TASK.id)] == [later]


def test_the_newest_result_of_a_content_counts(path: Path) -> None:
    """Graded again for a new version of the task, an attempt has the new score."""
    with open_gradebook(path) as book:
        book.add(graded(ADA, 9.0, "v2"))
        (attempt,) = book.attempts(TASK.id)
    assert (attempt.score, attempt.task_version) == (9.0, "v2")


@pytest.mark.parametrize(
    ("record", "is_done"),
    [
        (graded(BOB), True),
        (graded(BOB, None), False),
        (graded(BOB, version="v0"), False),
        (replace(graded(BOB), secret=ADA.digest), False),
        (replace(graded(BOB), versions={"torch": "1"}), False),
        (replace(graded(BOB), student="eve"), False),
        (replace(graded(BOB), task="another"), False),
    ],
)
def test_what_changed_is_graded_again(path: Path, record: Record, *, is_done: bool) -> None:
    """A result holds for its student, content, task, version, secret and releases alone."""
    with open_gradebook(path) as book:
        book.add(record)
        assert (("bob", BOB.digest) in book.graded(TASK.id, TASK.version, SECRET)) is is_done


def test_old_records_are_read_in_once(path: Path, tmp_path: Path) -> None:
    """Records of an older release come in once, in their order, and what is known stays."""
    other = handed_in("ada", "x = 3")
    records = [graded(BOB, 1.0), graded(ADA, 0.0), graded(BOB, 2.0), graded(other, 4.0)]
    old = tmp_path / "records.jsonl"
    old.write_text("".join(json.dumps(each) + "\n" for each in records_json(records)) + '{"torn')
    before = old.read_bytes()
    with open_gradebook(path) as book:
        assert [book.import_records(old), book.import_records(old)] == [2, 0]
        assert [each.score for each in book.attempts(TASK.id, "ada")] == [7.0, 4.0]
        assert [each.score for each in book.attempts(TASK.id, "bob")] == [2.0]
        assert [each.graded for each in book.attempts(TASK.id, "bob")] == [None]
    assert old.read_bytes() == before


def test_readers_read_while_one_writes(path: Path) -> None:
    """A report can be written during a grading and sees whole results only."""
    with open_gradebook(path) as book:
        book.add(graded(BOB))
        with read_gradebook(path) as other:
            assert len(other.attempts(TASK.id)) == 2
            book.add(graded(BOB, 8.0))
    with read_gradebook(path) as again:
        assert [each.score for each in again.attempts(TASK.id)] == [7.0, 8.0]


def test_there_is_one_writer(path: Path) -> None:
    """A second grading into one gradebook is told to wait; a killed one holds nothing."""
    code = (
        "import sys, time; from pathlib import Path\n"
        "from lrquiz.grade.gradebook import open_gradebook\n"
        "with open_gradebook(Path(sys.argv[1])): print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        with pytest.raises(GradebookError, match="another lrquiz is grading"), open_gradebook(path):
            pass
        other.kill()
    with open_gradebook(path) as book:
        assert len(book.attempts(TASK.id)) == 1


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE photos (name)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as book:
        book.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


def no_database(path: Path) -> None:
    path.write_bytes(b"student,score\n" * 100)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)


def held_by(path: Path) -> bytes:
    """Return a file's content after SQLite's header, where opening alone may change a counter."""
    return path.read_bytes()[100:] if path.is_file() else b""


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (other_database, "some other SQLite file"),
        (newer, "was written by a newer lrquiz"),
        (no_database, "is not a gradebook, or is damaged"),
        (a_folder, "cannot be opened|there is no such gradebook"),
        (damaged, "is damaged"),
    ],
)
def test_a_gradebook_that_cannot_be_used_is_told_and_left(
    path: Path, spoil: object, sentence: str
) -> None:
    """To write or to read: one sentence with the place, and the file stays as it is."""
    assert callable(spoil)
    spoil(path)
    before = held_by(path)
    with pytest.raises(GradebookError, match=sentence) as told, open_gradebook(path) as book:
        book.attempts(TASK.id)
    assert str(told.value).startswith(f"{path}: ")
    with pytest.raises(GradebookError, match=sentence), read_gradebook(path) as book_to_read:
        book_to_read.attempts(TASK.id)
    assert held_by(path) == before


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    """A gradebook that is not there, or is empty yet, is no gradebook of zero results."""
    with pytest.raises(GradebookError, match="no such gradebook"), read_gradebook(tmp_path / "no"):
        pass
    (tmp_path / "empty").touch()
    with pytest.raises(GradebookError, match="no results yet"), read_gradebook(tmp_path / "empty"):
        pass


def test_a_full_disk_loses_nothing(path: Path) -> None:
    """Where there is no room for a result, a sentence says so, and all others are still there.

    The room is the largest file that a process may write: full to SQLite as a full disk is.
    """
    code = (
        "import resource, sys; from dataclasses import replace; from pathlib import Path\n"
        "from lrquiz.grade.gradebook import open_gradebook\n"
        "from tests.grade.gradebook.examples import *\n"
        "with open_gradebook(Path(sys.argv[1])) as book:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    for number in range(100):\n"
        "        print(book.add(replace(graded(handed_in(str(number))), stdout='x' * 30_000)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    kept = len(done.stdout.splitlines())
    assert 0 < kept < 100
    assert "GradebookError" in done.stderr
    assert "disk" in done.stderr.splitlines()[-1]
    with open_gradebook(path) as book:
        assert len(book._connection.execute("SELECT id FROM result").fetchall()) == 1 + kept  # noqa: SLF001
        book.add(graded(BOB))


@pytest.mark.parametrize("has_lock", [False, True])
def test_a_gradebook_that_may_not_be_written_is_told(path: Path, *, has_lock: bool) -> None:
    """On a disk mounted for reading only, writing is refused in a sentence; reading works."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small file system needs root")
    folder = path.parent / "mounted"
    folder.mkdir()
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("this machine lets root mount nothing")
    try:
        book = folder / path.name
        book.write_bytes(path.read_bytes())
        if has_lock:
            (folder / f"{path.name}.lock").touch()
        subprocess.run(["/bin/mount", "-o", "remount,ro", folder], check=True)
        with (
            pytest.raises(LrquizError, match=r"may not be written|read-only"),
            open_gradebook(book),
        ):
            pass
        with read_gradebook(book) as read:
            assert len(read.attempts(TASK.id)) == 1
    finally:
        subprocess.run(["/bin/umount", folder], check=True)


STEPS = (
    *MIGRATIONS,
    ("ALTER TABLE result ADD COLUMN remark TEXT NOT NULL DEFAULT 'none'",),
)


def test_an_older_gradebook_is_brought_up(path: Path) -> None:
    """A further step of the schema is applied once to what is there, and loses none of it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert [migrate(connection, path, STEPS), migrate(connection, path, STEPS)] == [1, 0]
        assert connection.execute("SELECT student, remark FROM result").fetchall() == [
            ("ada", "none")
        ]
    with pytest.raises(GradebookError, match="newer"), open_gradebook(path):
        pass


def test_a_step_that_fails_changes_nothing(path: Path) -> None:
    """All steps are one transaction."""
    before = path.read_bytes()
    steps = (*STEPS, ("CREATE TABLE one (a)", "no SQL at all"))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        with pytest.raises(sqlite3.OperationalError):
            migrate(connection, path, steps)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    assert path.read_bytes() == before
