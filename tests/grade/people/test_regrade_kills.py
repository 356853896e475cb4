"""`kill -9` while a class is regraded: a decision is there with all its results, or not at all."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from lrquiz.grade.gradebook import read_gradebook
from lrquiz.grade.people.deciding import decided_version
from tests.grade.people.exam_made import QUIZ, book_of, mark, responded

PROGRAM = Path(__file__).with_name("regrade_a_class.py")
STUDENTS, KILLS = 60, 6


def decisions(path: Path) -> int:
    with read_gradebook(path) as book:
        return len(book.decisions(QUIZ.id))


def decided(path: Path) -> int:
    """Return how many decisions there are, each of them whole."""
    with read_gradebook(path) as book:
        made, attempts = book.decisions(QUIZ.id), book.attempts(QUIZ.id)
        assert len(book.adjustments(QUIZ.id)) == 1
    assert len(attempts) == STUDENTS
    assert {each.task_version for each in attempts} == {decided_version(QUIZ.id, made)}
    points = 2.0 if not made else made[-1].points or 0.0
    assert {each.points for each in attempts} == {6.0 + points}
    return len(made)


def test_a_killed_regrade_leaves_before_or_after(
    environment: dict[str, str], tmp_path: Path
) -> None:
    """Whenever it is killed, no attempt has a result of another decision than all others."""
    records = [responded(f"s{number:02}", {"rate": "falls"}) for number in range(STUDENTS)]
    with book_of(tmp_path, *records) as book:
        book.adjust([mark("s00", "rate", 1.0)])
    path, chance, before = tmp_path / "gradebook.sqlite", random.Random(6), 0  # noqa: S311
    for _ in range(KILLS):
        running = subprocess.Popen([sys.executable, str(PROGRAM), str(path)], env=environment)
        while decisions(path) == before and running.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.05))
        running.kill()
        running.wait(timeout=10)
        after = decided(path)
        assert after > before
        before = after
