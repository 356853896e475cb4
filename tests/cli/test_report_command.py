"""`lrquiz report` on a graded folder: what is released, what is kept, who sees what."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from lrquiz.grade.records import read_records
from lrquiz.quiz import read_quiz
from tests.conftest import Command

RECORDED = Path(__file__).resolve().parent.parent / "recorded"
EXAM = read_quiz(RECORDED / "exam.json")
OPEN = "explain-the-rate"


@pytest.fixture(scope="session")
def exam(lrquiz: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an exam and its results: alan, donald and grace have a score."""
    folder = tmp_path_factory.mktemp("exam")
    (folder / "quiz.json").write_bytes((RECORDED / "exam.json").read_bytes())
    (folder / "responses").mkdir()
    for record in read_records(RECORDED / "exam-records.jsonl"):
        if record.responses:
            (folder / "responses" / f"{record.student}.json").write_text(record.source)
    done = lrquiz("grade", "quiz.json", "responses", "--out", "out", cwd=folder)
    assert done.code == 0, done.stderr
    return folder


@pytest.fixture
def graded(exam: Path, tmp_path: Path) -> Path:
    """Return a graded folder of one's own."""
    shutil.copytree(exam, tmp_path, dirs_exist_ok=True)
    return tmp_path / "out"


def page(graded: Path, student: str = "donald") -> str:
    return (graded / "students" / student / "feedback.html").read_text()


def releases(graded: Path) -> list[tuple[str, str, float | None]]:
    with closing(sqlite3.connect(graded / "staff" / "gradebook.sqlite")) as book:
        return book.execute("SELECT student, level, score FROM release ORDER BY id").fetchall()


def test_a_release_decides_what_pages_hold(lrquiz: Command, graded: Path) -> None:
    """Each level writes every page anew, a lower one too; a plain report keeps the level."""
    assert lrquiz("report", graded, "--release", "solutions").code == 0
    assert "What is right, as measured" in page(graded)
    assert lrquiz("report", graded, "--release", "score").code == 0
    assert "4 of 9" in page(graded)
    assert "What you chose" not in page(graded)
    (graded / "students" / "donald" / "feedback.html").unlink()
    done = lrquiz("report", graded, "--json")
    assert (done.code, json.loads(done.stdout)["schema"]) == (0, "lrquiz/analysis")
    assert "4 of 9" in page(graded)
    assert "What you chose" not in page(graded)
    told = releases(graded)
    assert len(told) == 2 * 5
    assert [row[1:] for row in told if row[0] == "donald"] == [("solutions", 4), ("score", 4)]
    assert ("ada", "score", None) in told


def test_people_and_decisions_are_in_what_is_written(lrquiz: Command, graded: Path) -> None:
    """After `adjust` and `regrade` a report renews scores and pages: both are in them."""
    row = f"ada,{EXAM.id},{OPEN},2,Fine.,rubric,Tess"
    (graded / "marks.csv").write_text(f"student,work,item,points,comment,reason,by\n{row}\n")
    book = graded / "staff" / "gradebook.sqlite"
    done = lrquiz("adjust", graded / "marks.csv", "--gradebook", book)
    assert done.code == 0, done.stderr
    quiz = graded.parent / "quiz.json"
    void = ("--void", "missing-backward", "--reason", "two readings", "--by", "Tess")
    done = lrquiz("regrade", quiz, *void, "--gradebook", book)
    assert done.code == 0, done.stderr
    done = lrquiz("report", graded, "--release", "feedback", "--json")
    text = page(graded, "ada")
    assert "7 of 8" in text
    assert "voided: it counts for nobody" in text
    assert '2 of 3</span> <span class="points">by a person' in text
    assert "\nada,7,8," in (graded / "scores.csv").read_text()
    assert ("ada", "feedback", 7.0) in releases(graded)
    found = json.loads(done.stdout)
    assert (found["work"], found["students"]) == (EXAM.id, 4)  # barbara's open response waits
    parts = {each["part"]: each for each in found["items"]}
    assert "missing-backward" not in parts
    assert parts["rate-at-epoch-10"]["facility"] == pytest.approx(1 / 4)
    choices = parts["lr-too-high-effect"]["choices"]
    assert sum(each["chosen"] for each in choices) == 3
    assert all(each["evidence"] for each in choices)


def test_names_can_be_hidden_and_shown_again(lrquiz: Command, graded: Path) -> None:
    """Under codes no page of staff's names a student, students' own pages are released still."""
    assert lrquiz("report", graded, "--anonymous", "--release", "score").code == 0
    staff = {path: path.read_text() for path in (graded / "staff").rglob("*.html")}
    assert len(staff) == 2 + 5
    for path, text in staff.items():
        assert not any(name in path.name + text for name in ("donald", "barbara", "grace"))
    assert "4 of 9" in page(graded)
    assert "What you chose" not in page(graded)
    assert lrquiz("report", graded, "--names").code == 0
    assert (graded / "staff" / "feedback" / "donald.html").exists()


def test_what_cannot_be_released_is_told(lrquiz: Command, graded: Path, tmp_path: Path) -> None:
    """A quiz that is gone, and another one: exit code 2, and no release is noted."""
    (tmp_path / "quiz.json").rename(tmp_path / "moved.json")
    done = lrquiz("report", graded, "--release", "score")
    assert (done.code, "quiz.json" in done.stderr) == (2, True)
    done = lrquiz("report", graded, "--release", "score", "--of", RECORDED / "quiz.json")
    assert (done.code, "holds results of" in done.stderr) == (2, True)
    assert releases(graded) == []
    moved = tmp_path / "moved.json"
    assert lrquiz("report", graded, "--release", "score", "--of", moved).code == 0
