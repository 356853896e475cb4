"""A course as commands see it: made once, found from below, its gradebook behind every report."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lrquiz.sandbox import probe_tier
from tests.conftest import Command, Finished

NEVER_STEPS = "def train(model, batches, epochs, lr, step_size, gamma):\n    pass\n"


def results(path: Path) -> list[tuple[str, int, float]]:
    """Return who has how many attempts with a result in a gradebook, and the newest score."""
    # Beside max(), SQLite takes the other columns from the row that has it.
    query = "SELECT student, count(*), score, max(attempt) FROM standing GROUP BY student"
    with closing(sqlite3.connect(path)) as book:
        return [row[:3] for row in book.execute(f"{query} ORDER BY student")]


def scores(folder: Path) -> list[list[str]]:
    lines = (folder / "scores.csv").read_text().splitlines()
    return [line.split(",") for line in lines[1:]]


def test_a_course_is_made_once(lrquiz: Command, tmp_path: Path) -> None:
    """`init` makes the folder, a second time it refuses and touches nothing; both say so."""
    done = lrquiz("init", tmp_path / "course", "--json")
    assert (done.code, done.json()["title"]) == (0, "My course")
    secret = (tmp_path / "course" / "secret").read_text()
    again = lrquiz("init", tmp_path / "course")
    assert (again.code, again.stdout) == (2, "")
    assert "holds course.toml, roster.csv, secret" in again.stderr
    assert (tmp_path / "course" / "secret").read_text() == secret


def test_faults_of_a_course_stop_grading(lrquiz: Command, tmp_path: Path) -> None:
    """A malformed roster is told before anything is run: every fault, exit code 2."""
    course = tmp_path / "course"
    assert lrquiz("init", course).code == 0
    (course / "submissions" / "ada.py").write_text(NEVER_STEPS)
    (course / "roster.csv").write_text("id,extra_time\nada,0\nAda,1\n")
    arguments = ("grade", "train-with-schedule", "submissions", "--out", "out")
    done = lrquiz(*arguments, cwd=course)
    assert (done.code, done.stdout) == (2, "")
    assert "roster.csv:2: extra_time '0'" in done.stderr
    assert "roster.csv:3: the id 'Ada' stands on line 2 already" in done.stderr
    assert not (course / "out").exists()


def test_grading_in_a_course(lrquiz: Command, tmp_path: Path) -> None:
    """Its secret, roster and gradebook are used from any folder below; a group shares a score.

    A new file is a further attempt, all attempts are kept, and the report shows what counts.
    """
    if probe_tier().name != "full":
        pytest.skip("no box here")
    course = tmp_path / "course"
    assert lrquiz("init", course).code == 0
    (course / "roster.csv").write_text("id,group\nAda,pair\nbob,pair\n")
    ada, week = course / "submissions" / "ada.py", course / "week"
    ada.write_text(NEVER_STEPS)
    week.mkdir()

    def grade() -> Finished:
        where = ("../submissions", "--out", "out", "--jobs", "1")
        return lrquiz("grade", "train-with-schedule", *where, cwd=week)

    assert grade().code == 0
    assert not (week / "out" / "staff" / "secret").exists()
    assert results(course / "gradebook.sqlite") == [("Ada", 1, 1.0)]
    assert [[row[0], row[1], row[9]] for row in scores(week / "out")] == [
        ["Ada", "1", ""],
        ["bob", "1", "Ada"],
    ]
    ada.write_text("def train(:")
    assert grade().code == 0
    assert results(course / "gradebook.sqlite") == [("Ada", 2, 0.0)]
    page = week / "out" / "students" / "Ada" / "feedback.html"
    assert "def train(:" in page.read_text()
    page.unlink()
    done = lrquiz("report", "out", cwd=week)
    assert done.code == 0, done.stderr
    assert "def train(:" in page.read_text()


def test_results_of_an_older_release_are_read_in(
    lrquiz: Command, repository: Path, tmp_path: Path
) -> None:
    """records.jsonl comes into the gradebook, with a notice, and stays; reports read it too."""
    if probe_tier().name != "full":
        pytest.skip("no box here")
    old = tmp_path / "out" / "staff" / "records.jsonl"
    old.parent.mkdir(parents=True)
    shutil.copyfile(repository / "tests" / "recorded" / "records.jsonl", old)
    before = old.read_bytes()
    students = {json.loads(line)["student"] for line in before.splitlines()}
    assert lrquiz("report", tmp_path / "out").code == 0
    assert {each.name for each in (tmp_path / "out" / "students").iterdir()} == students
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zoe.py").write_text(NEVER_STEPS)
    done = lrquiz("grade", "train-with-schedule", tmp_path / "in", "--out", tmp_path / "out")
    assert done.code == 0, done.stderr
    assert f"read {len(students)} results of an earlier release" in done.stderr
    assert old.read_bytes() == before
    book = tmp_path / "out" / "staff" / "gradebook.sqlite"
    assert {student for student, _, _ in results(book)} == students | {"zoe"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"student,score\n" * 99, "is not a gradebook, or is damaged"), (None, "cannot write")],
)
def test_a_gradebook_that_cannot_be_used_stops_grading(
    lrquiz: Command, tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    """One sentence, exit code 2, before any code is run; the file stays as it is."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text(NEVER_STEPS)
    book = tmp_path / "none" / "book"
    if content is not None:
        book.parent.mkdir()
        book.write_bytes(content)
    where = ("--out", tmp_path / "out", "--gradebook", book)
    done = lrquiz("grade", "train-with-schedule", tmp_path / "in", *where)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert (book.read_bytes() if content is not None else None) == content
