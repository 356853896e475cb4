"""`lrquiz grade QUIZ.json`: response files of a class, as processes and through the gradebook."""

from __future__ import annotations

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.grade.gradebook import open_gradebook
from lrquiz.grade.people.codes import code_of
from lrquiz.grade.people.deciding import decided_version
from lrquiz.model.decision import DecisionKind
from lrquiz.quiz.papersfile import write_papers
from lrquiz.quiz.quizfile import digest_of, write_quiz
from tests.conftest import Command
from tests.grade.responses.examples import PAPERS, QUIZ, decision, written

RIGHT = {"1": "0.05", "2": ["2"], "3": "0.01", "4": ["3", "4", "5"]}
ROSTER = "id,name\nAda,Ada Lovelace\nbob,Bob Babbage\neve,Eve Esk\nzed,Zed Zorn\n"


@pytest.fixture
def course(tmp_path: Path, lrquiz: Command) -> Path:
    """A course with an exam of two papers, and four files of responses, two of them faulty."""
    assert lrquiz("init", tmp_path / "course").code == 0
    folder = tmp_path / "course"
    (folder / "roster.csv").write_text(ROSTER)
    quiz = replace(QUIZ, id=digest_of(QUIZ))
    write_quiz(quiz, folder / "quizzes" / "quiz.json")
    write_papers(replace(PAPERS, quiz=quiz.id), folder / "quizzes" / "papers.json")
    files = folder / "submissions"
    (files / "ada.json").write_bytes(written("label", "paper-of-ada", RIGHT))
    (files / "bob.json").write_bytes(written("label", "paper-of-ada", RIGHT))
    (files / "eve.json").write_bytes(written("label", "paper-of-ada", RIGHT)[:-9])
    (files / "stranger.json").write_bytes(written("label", "paper-of-ada", RIGHT))
    return folder


def grade(lrquiz: Command, course: Path, *more: str) -> tuple[str, str]:
    done = lrquiz(
        *("grade", "quizzes/quiz.json", "submissions", "--out", "marks", *more), cwd=course
    )
    assert done.code == 0, done.stderr
    return done.stdout, done.stderr


def scores(course: Path) -> dict[str, Mapping[str, str]]:
    text = (course / "marks" / "scores.csv").read_text()
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


def results_in(course: Path) -> int:
    with closing(sqlite3.connect(course / "gradebook.sqlite")) as book:
        return int(book.execute("SELECT count(*) FROM result").fetchone()[0])


def test_a_class_is_graded_and_nobody_is_passed_over(lrquiz: Command, course: Path) -> None:
    """Right responses have all points; faulty files wait for a person; who is missing is told."""
    _, told = grade(lrquiz, course)
    found = scores(course)
    assert [(who, row["score"], row["ending"]) for who, row in found.items()] == [
        ("Ada", "7", "ok"),
        ("bob", "", "refused"),
        ("eve", "", "refused"),
        ("zed", "", "nothing handed in"),
    ]
    assert [row["needs_attention"] for row in found.values()] == ["", "yes", "yes", ""]
    assert "stranger.json: nobody on the roster is stranger" in told
    assert "on the roster, and nothing handed in: 1" in told
    assert "Ada" not in (course / "marks" / "students" / "bob" / "feedback.html").read_text()


def test_nothing_is_graded_twice(lrquiz: Command, course: Path) -> None:
    """The same command again adds no result, though two files still wait for a person."""
    grade(lrquiz, course)
    page = course / "marks" / "students" / "Ada" / "feedback.html"
    before, results = page.stat().st_mtime_ns, results_in(course)
    _, told = grade(lrquiz, course)
    assert "1 of 3 submissions are graded already" in told
    assert (results_in(course), page.stat().st_mtime_ns) == (results, before)


def test_decisions_and_assignments_hold_when_grading_again(lrquiz: Command, course: Path) -> None:
    """What was voided counts for nobody, and a file that a person assigned is that student's."""
    grade(lrquiz, course)
    quiz = digest_of(QUIZ)
    void = replace(decision(DecisionKind.VOID, "multiple"), work=quiz)
    with open_gradebook(course / "gradebook.sqlite") as book:
        assert [each.place for each in book.unmatched(quiz)] == ["stranger.json"]
        book.decide(void, [])
        book.assign(quiz, [("stranger.json", "Ada")], "me")
    _, told = grade(lrquiz, course)
    assert (scores(course)["Ada"]["score"], scores(course)["Ada"]["points"]) == ("4", "4")
    assert "ada.json: a person said that stranger.json is Ada's" in told
    with open_gradebook(course / "gradebook.sqlite") as book:
        versions = {each.task_version for each in book.attempts(quiz)}
        assert versions == {decided_version(quiz, [void])}
        assert not book.unmatched(quiz)


def test_staff_see_codes_where_names_are_hidden(lrquiz: Command, course: Path) -> None:
    """Neither terminal, JSON nor any staff page holds an id or a name; students get no page."""
    out, told = grade(lrquiz, course, "--anonymous", "--json")
    shown, again = grade(lrquiz, course, "--anonymous")
    code = code_of(bytes.fromhex((course / "secret").read_text()), "Ada")
    pages = sorted((course / "marks" / "staff").rglob("*.html"))
    texts = [out, told, shown, again, *(each.read_text() for each in pages)]
    assert len(pages) >= 5
    for text in (*texts, *map(str, pages)):
        for name in ("Lovelace", "Babbage", "ada.json", "stranger", '"Ada"', ">Ada<", "Ada's"):
            assert name not in text
    assert {each["student"] for each in json.loads(out)["marks"]} >= {code}
    assert code in again
    assert not (course / "marks" / "students").exists()
    assert "Ada" in scores(course)


def test_no_torch_where_nothing_runs(course: Path, environment: dict[str, str]) -> None:
    """Responses that were foreseen are scored, and their pages written, without importing torch."""
    code = (
        "import sys, lrquiz.cli.app as app\n"
        "app.lrquiz_group.main(sys.argv[1:], standalone_mode=False)\n"
        "assert 'torch' not in sys.modules, 'torch was imported'"
    )
    arguments = ["grade", "quizzes/quiz.json", "submissions", "--out", "marks"]
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_code_and_responses_do_not_mix(lrquiz: Command, course: Path) -> None:
    """Code handed in for a quiz is listed and not graded, and the student has handed in nothing."""
    (course / "submissions" / "zed.py").write_text("x = 1")
    _, told = grade(lrquiz, course)
    assert "for something else, set aside: 1" in told
    assert "zed.py: of zed" in told
    assert scores(course)["zed"]["ending"] == "nothing handed in"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("papers.json", "{}", "no papers of this version"),
        ("papers.json", None, "holds the papers of the quiz other"),
        ("quiz.json", "{}", "not a quiz of this version"),
    ],
)
def test_a_quiz_that_is_none_gets_a_sentence(
    lrquiz: Command, course: Path, name: str, content: str | None, sentence: str
) -> None:
    """Exit code 2, one sentence, nothing graded."""
    path = course / "quizzes" / name
    if content is None:
        write_papers(replace(PAPERS, quiz="other"), path)
    else:
        path.write_text(content)
    done = lrquiz("grade", "quizzes/quiz.json", "submissions", "--out", "marks", cwd=course)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert not (course / "marks").exists()


def test_a_flag_that_tells_no_time_is_told(lrquiz: Command, course: Path) -> None:
    """Where a late rule would need a time and Canvas tells none, somebody has to give one."""
    text = (course / "course.toml").read_text()
    rule = "deadline = 2026-12-01T23:59:00\n[late]\nper_day = 0.5\n"
    (course / "course.toml").write_text(f"{text}\n{rule}")
    ada = course / "submissions" / "ada.json"
    ada.rename(ada.with_name("lovelaceada_LATE_5_6_responses.json"))
    _, told = grade(lrquiz, course)
    assert "marked late, by an export that does not tell when: 1" in told
    table = course / "times.csv"
    table.write_text("id,handed_in\nAda,2026-12-02 12:00\n")
    _, told = grade(lrquiz, course, "--handed-in", "times.csv")
    assert "marked late" not in told
    assert (scores(course)["Ada"]["score"], scores(course)["Ada"]["machine"]) == ("3.5", "7")
