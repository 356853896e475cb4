"""`kill -9` at any moment, then the same command again: nothing lost, nothing graded twice."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

from lrquiz.grade.gradebook import read_gradebook

PROGRAM = Path(__file__).with_name("grade_a_class.py")
STUDENTS = 300
KILLS, EARLY = 15, 4


def grading(environment: dict[str, str], folder: Path) -> subprocess.Popen[bytes]:
    arguments = [folder / "gradebook.sqlite", folder / "log", STUDENTS]
    return subprocess.Popen(
        [sys.executable, "-W", "error", str(PROGRAM), *map(str, arguments)], env=environment
    )


def content(path: Path) -> list[tuple[object, ...]]:
    """Return all that a gradebook holds, apart from times."""
    with closing(sqlite3.connect(path)) as book:
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        query = "SELECT student, submission, score, json FROM result JOIN record ON id = result"
        attempts = book.execute("SELECT student, submission FROM attempt ORDER BY student")
        return [*book.execute(f"{query} ORDER BY student"), *attempts]


def results_in(path: Path) -> int:
    if not path.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=1)) as book:
            return int(book.execute("SELECT count(*) FROM result").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet
        return 0


def test_a_killed_batch_loses_nothing(environment: dict[str, str], tmp_path: Path) -> None:
    """Killed fifteen times, some while the file is made, a batch ends as an undisturbed one.

    What a killed process had in hand, graded and not yet kept, is the only thing graded again.
    """
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    assert grading(environment, whole).wait(timeout=60) == 0
    chance, kept = random.Random(6), 0  # noqa: S311 - when to kill is no secret
    for kill in range(KILLS):
        running = grading(environment, killed)
        wanted = 0 if kill < EARLY else max(1, min(kept + 1, kill * STUDENTS // KILLS))
        while results_in(killed / "gradebook.sqlite") < wanted and running.poll() is None:
            time.sleep(0.002)
        time.sleep(chance.uniform(0.1, 0.5) if kill < EARLY else chance.uniform(0, 0.01))
        running.kill()
        running.wait(timeout=10)
        before, kept = kept, results_in(killed / "gradebook.sqlite")
        assert kept >= before
    assert grading(environment, killed).wait(timeout=60) == 0
    assert content(killed / "gradebook.sqlite") == content(whole / "gradebook.sqlite")
    with read_gradebook(killed / "gradebook.sqlite") as book:
        assert len(book.attempts("task")) == STUDENTS
    lines = [line.split() for line in (killed / "log").read_text().splitlines()]
    times = Counter(student for _, student in lines)
    assert len(times) == STUDENTS
    last_of_its_process = dict(lines)
    again = {student for student, count in times.items() if count > 1}
    assert again <= set(last_of_its_process.values())
