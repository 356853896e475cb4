"""The week of an exam, by commands in a course folder.

Papers, responses, a person's marks, a voided item, an appeal, release, archive, and one who is
forgotten.
"""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.exam_responses import hand_in
from tests.conftest import Command

STUDENTS = {
    "m1001": "Ada Lovelace",
    "m1002": "Alan Turing",
    "m1003": "Grace Hopper",
    "m1004": "Katherine Johnson",
}
VOIDED, OPEN = "scheduler-halving", "describe-a-strategy"
BLUEPRINT = f"""
title = "Midterm"
minutes = 40
[[pick]]
items = ["{VOIDED}"]
[[pick]]
items = ["rate-at-epoch-10"]
points = 2
[[pick]]
items = ["{OPEN}"]
points = 4
"""


@dataclass(frozen=True)
class Course:
    """A course folder in the middle of its week."""

    folder: Path
    lrquiz: Command

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """Run a command in the course and return what people read of it."""
        done = self.lrquiz(*arguments, cwd=self.folder)
        assert done.code == code, done.stderr
        return done.stderr

    def scores(self) -> dict[str, str]:
        with (self.folder / "marks" / "scores.csv").open(newline="") as table:
            return {row["student"]: row["score"] for row in csv.DictReader(table)}

    def page(self, student: str) -> str:
        return (self.folder / "marks" / "students" / student / "feedback.html").read_text()


@pytest.fixture
def course(lrquiz: Command, tmp_path: Path) -> Course:
    """Return a course whose exam was sat: one has all right, one nothing, two one item each."""
    folder = tmp_path / "course"
    made = Course(folder, lrquiz)
    assert lrquiz("init", folder).code == 0
    rows = "".join(f"{each},{name}\n" for each, name in STUDENTS.items())
    (folder / "roster.csv").write_text(f"id,name\n{rows}")
    (folder / "midterm.toml").write_text(BLUEPRINT)
    exam = ("generate", "--mode", "exam", "--blueprint", "midterm.toml", "--locked")
    made(*exam, "--share-variants", "--out", "quizzes/midterm")
    both = {VOIDED, "rate-at-epoch-10"}
    right = {"m1001": both, "m1002": set[str](), "m1003": {VOIDED}, "m1004": {"rate-at-epoch-10"}}
    hand_in(folder / "quizzes" / "midterm", folder / "submissions", right)
    made("grade", "quizzes/midterm/quiz.json", "submissions", "--out", "marks")
    return made


def mark_open_responses(course: Course, points: float) -> None:
    """Do what `todo` lists: give everybody these points for the open response."""
    course("todo", "--quiz", "quizzes/midterm/quiz.json", "--out", "todo.csv")
    path = course.folder / "todo.csv"
    with path.open(newline="", encoding="utf-8-sig") as table:
        rows = list(csv.DictReader(table))
    assert {row["student"] for row in rows} == STUDENTS.keys()
    for row in rows:
        row.update(points=str(points), comment="Say how much to lower it by.", reason="2 of 4")
    with path.open("w", newline="") as table:
        writer = csv.DictWriter(table, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    course("adjust", "todo.csv", "--by", "prof")


def test_the_week_of_an_exam(course: Course) -> None:
    """From papers to an archive that gives the same marks again, by the commands of the manual."""
    assert set(course.scores().values()) == {""}, "an open response waits for a person"
    mark_open_responses(course, 2)
    course("report", "marks", "--release", "score")
    assert course.scores() == {"m1001": "5", "m1002": "2", "m1003": "3", "m1004": "4"}
    assert "Begin high" not in course.page("m1001"), "only the score was released"

    # The item that several readings fit counts for nobody; two who had it right lose a share.
    void = ("regrade", "quizzes/midterm/quiz.json", "--void", VOIDED, "--reason", "two readings")
    told = course(*void, "--dry-run", code=1)
    assert "m1001" in told
    assert course.scores()["m1001"] == "5"
    assert "below what was released" in course(*void, code=1)
    course(*void, "--allow-lower", "--by", "prof")

    # An appeal: a person's word on one student's mark, which no regrade takes back.
    appeal = "student,work,item or check,points,comment,reason,by\n"
    work = json.loads((course.folder / "quizzes" / "midterm" / "quiz.json").read_text())["id"]
    appeal += f"m1003,{work},rate-at-epoch-10,1,Your method was right.,appeal of 3 May,prof\n"
    (course.folder / "appeal.csv").write_text(appeal)
    course("adjust", "appeal.csv")
    again = ("regrade", "quizzes/midterm/quiz.json", "--points", "rate-at-epoch-10=3")
    course(*again, "--reason", "harder than thought", "--allow-lower")
    course("report", "marks", "--release", "solutions")
    assert course.scores() == {"m1001": "5", "m1002": "2", "m1003": "3", "m1004": "5"}
    page = course.page("m1003")
    assert "Your method was right." in page
    assert "appeal of 3 May" not in page
    assert "Begin high" in page

    course("archive", "--out", "midterm.zip")
    assert "4 scores computed again" in course("archive", "--check", "midterm.zip")
    log = course.lrquiz("regrade", "quizzes/midterm/quiz.json", "--log", cwd=course.folder)
    assert (log.code, "two readings" in log.stdout) == (0, True)
    assert "harder than thought" in log.stdout


def test_an_archive_that_was_changed_is_told(course: Course) -> None:
    """A byte that is not as it was archived, or a mark that does not follow, ends with code 1 or 2.

    The archive holds everything but the secret.
    """
    mark_open_responses(course, 4)
    course("archive", "--out", "whole.zip")
    secret = (course.folder / "secret").read_bytes().strip()
    with zipfile.ZipFile(course.folder / "whole.zip") as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    assert not any(secret in content for content in files.values())
    marks = next(each for each in files if each.endswith("marks.json"))
    files[marks] = files[marks].replace(b'"score":7.0', b'"score":7.5')
    with zipfile.ZipFile(course.folder / "changed.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    told = course("archive", "--check", "changed.zip", code=2)
    assert f"{marks} was changed since it was archived" in told


def test_one_is_forgotten_and_nobody_else(course: Course) -> None:
    """Nothing in the course mentions who is forgotten, and everybody else stands as before."""
    mark_open_responses(course, 2)
    course("report", "marks", "--release", "feedback")
    (course.folder / "todo.csv").unlink()
    before = course.scores()
    assert "nothing was erased" in course("forget", "m1002", "--dry-run")
    assert course.scores() == before
    told = course("forget", "M1002", "--yes")
    assert "nothing here mentions them any more" in told
    del before["m1002"]
    assert course.scores() == before
    left = [p for p in course.folder.rglob("*") if p.is_file() and b"Turing" in p.read_bytes()]
    assert not left
    course("forget", "m1002", "--yes", code=2)
    course("grade", "quizzes/midterm/quiz.json", "submissions", "--out", "marks")
    assert course.scores() == before


def test_what_forgetting_cannot_reach_is_listed(course: Course) -> None:
    """An archive and a table of marks keep what they hold; the command says so, with code 1."""
    course("archive", "--out", "old.zip")
    told = course("forget", "m1004", "--yes", code=1)
    assert "still mentions m1004, or cannot be read:" in told
    assert "old.zip" in told
