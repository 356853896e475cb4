"""A person's last word at the terminal: todo, adjust, regrade."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from lrquiz.grade.gradebook import open_gradebook, read_gradebook
from lrquiz.grade.intake import Listed
from lrquiz.grade.people.adjusting import standing
from lrquiz.quiz import write_quiz
from lrquiz.sandbox import probe_tier
from tests.conftest import Command
from tests.grade.people.exam_made import QUIZ, add, book_of, flagged, release, responded

ADA = {"rate": "falls", "decay": "half", "why": "=because"}
BOB = {"rate": "bounces", "decay": "half"}
HEADER = (
    "student,work,item or check,points,comment,reason,by,what,worth,context,response,submission,"
    "file"
)
NEVER_STEPS = "def train(model, batches, epochs, lr, step_size, gamma):\n    pass\n"
TASK = "train-with-schedule"


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """A quiz file and, beside it, the gradebook of a class of three."""
    write_quiz(QUIZ, tmp_path / "quiz.json")
    with book_of(tmp_path, responded("ada", ADA), responded("bob", BOB), flagged("cyd")) as book:
        book.note_unmatched(QUIZ.id, [Listed("who.json", "no such student")])
    return tmp_path


def rows_in(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Save a table as a spreadsheet does: semicolons, a byte order mark."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.DictWriter(out, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def scores(path: Path, work: str = QUIZ.id) -> Mapping[str, float | None]:
    with read_gradebook(path) as book:
        return {each.student: each.score for each in standing(book, work)}


def test_what_waits_is_marked_by_a_table(lrquiz: Command, exam: Path) -> None:
    """It is written, a spreadsheet saves it, adjust takes it in; then nothing waits."""
    book = ("--gradebook", "gradebook.sqlite")
    done = lrquiz("todo", "--out", "t.csv", "--quiz", "quiz.json", *book, cwd=exam)
    assert (done.code, done.stdout) == (0, "")
    assert (exam / "t.csv").read_text(encoding="utf-8-sig").splitlines()[0] == HEADER
    unknown, ada, cyd = rows_in(exam / "t.csv")
    assert (ada["item or check"], ada["response"]) == ("why", "'=because")
    ada |= {"points": "2,5", "reason": "half of it"}
    cyd |= {"points": "4", "reason": "it is hers", "comment": "next time your own paper"}
    unknown |= {"student": "bob"}
    write_rows(exam / "t.csv", [unknown, ada, cyd])
    dry = lrquiz("adjust", "t.csv", *book, "--dry-run", cwd=exam)
    assert dry.code == 0
    assert "2 marks would be taken in" in dry.stderr
    assert scores(exam / "gradebook.sqlite") == {"ada": None, "bob": 2.0, "cyd": None}
    done = lrquiz("adjust", "t.csv", *book, "--by", "ta", cwd=exam)
    assert done.code == 0
    assert "why: 0 by machine -> 2.5 of 4; score ? -> 6.5 of 8" in done.stderr
    assert "who.json: of bob" in done.stderr
    assert "lrquiz report DIR" in done.stderr
    assert scores(exam / "gradebook.sqlite") == {"ada": 6.5, "bob": 2.0, "cyd": 4.0}
    again = lrquiz("adjust", "t.csv", *book, "--by", "ta", "--json", cwd=exam).json()
    assert (again["changed"], again["kept"]) == ([], 2)
    rest = lrquiz("todo", "--out", "t.csv", *book, cwd=exam)
    assert rest.code == 0
    assert "nothing waits for a person" in rest.stderr
    assert rows_in(exam / "t.csv") == []


def test_faults_of_a_table_keep_all_of_it_out(lrquiz: Command, exam: Path) -> None:
    """Exit code 2, every fault with its line, one code, and nothing is taken in."""
    (exam / "t.csv").write_text("student,item,points,reason\nada,why,1,r\neve,why,1,r\nada,x,1,r\n")
    done = lrquiz("adjust", "t.csv", "--gradebook", "gradebook.sqlite", cwd=exam)
    assert (done.code, done.stdout) == (2, "")
    assert "t.csv:3: 'eve'" in done.stderr
    assert "t.csv:4:" in done.stderr
    assert "[LRQ430]" in done.stderr
    assert scores(exam / "gradebook.sqlite")["ada"] is None


def test_names_are_hidden_in_a_course(lrquiz: Command, tmp_path: Path) -> None:
    """In a course its gradebook is meant; codes stand for names on the way out and back in."""
    course = tmp_path / "course"
    assert lrquiz("init", course).code == 0
    (course / "roster.csv").write_text("id,name\nada,Ada L\nbob,Bob\noral,O\n")
    with open_gradebook(course / "gradebook.sqlite") as book:
        add(book, responded("ada", ADA), responded("bob", ADA))
    done = lrquiz("todo", "--anonymous", "--out", "t.csv", cwd=course)
    assert done.code == 0, done.stderr
    rows = rows_in(course / "t.csv")
    assert len(rows) == 2
    assert not {"ada", "bob"} & {row["student"] for row in rows}
    for row in rows:
        row |= {"points": "3", "reason": "r", "submission": ""}
    rows.append({**rows[0], "student": "oral", "item or check": "", "points": "5"})
    write_rows(course / "t.csv", rows)
    done = lrquiz("adjust", "t.csv", cwd=course)
    assert done.code == 0, done.stderr
    assert "ada" not in done.stderr
    assert scores(course / "gradebook.sqlite") == {"ada": 7.0, "bob": 7.0, "oral": 5.0}


def test_a_regrade_is_tried_made_and_logged(lrquiz: Command, exam: Path) -> None:
    """A dry run writes nothing; a decision is kept with its results and its reason."""
    what = ("regrade", "quiz.json", "--gradebook", "gradebook.sqlite")
    accept = (*what, "--accept", "rate=bounces", "--reason", "the stem misled", "--by", "prof")
    dry = lrquiz(*accept, "--dry-run", cwd=exam)
    assert dry.code == 0
    assert "up: 1\n  bob  2 of 8 (25 %) -> 4 of 8 (50 %)" in dry.stderr
    assert "nothing was decided" in lrquiz(*what, "--log", cwd=exam).stderr
    done = lrquiz(*accept, "--json", cwd=exam)
    assert done.code == 0
    assert done.json()["kept"]
    assert [each["student"] for each in done.json()["up"]] == ["bob"]
    assert scores(exam / "gradebook.sqlite")["bob"] == 4.0
    log = lrquiz(*what, "--log", cwd=exam).stdout
    assert "prof: rate accepts 'bounces'; the stem misled (1 up, 0 down)" in log


def test_a_released_score_is_not_lowered_by_the_way(lrquiz: Command, exam: Path) -> None:
    """Refused as a whole with exit code 1, naming whom; --allow-lower does it."""
    with open_gradebook(exam / "gradebook.sqlite") as book:
        book.release([release("bob", 2.0)])
    void = ("regrade", "quiz.json", "--gradebook", "gradebook.sqlite", "--void", "decay")
    done = lrquiz(*void, "--reason", "r", cwd=exam)
    assert done.code == 1
    assert "below what was released: bob" in done.stderr
    assert scores(exam / "gradebook.sqlite")["bob"] == 2.0
    assert lrquiz(*void, "--reason", "r", "--allow-lower", cwd=exam).code == 0
    assert scores(exam / "gradebook.sqlite")["bob"] == 0.0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--void", "rate"), "give --reason"),
        (("--reason", "r"), "give one of --void, --accept, --points and --rubric"),
        (("--void", "rate", "--points", "rate=1", "--reason", "r"), "give one of"),
        (("--void", "x", "--reason", "r"), "there are: rate, decay, why"),
        (("--rubric", "quiz.json", "--reason", "r"), "is a quiz, which has no rubric"),
        (("--log", "--void", "rate"), "--log decides nothing"),
    ],
)
def test_what_cannot_be_decided(
    lrquiz: Command, exam: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """One sentence that says what to do, exit code 2, nothing on stdout."""
    book = ("--gradebook", "gradebook.sqlite")
    done = lrquiz("regrade", "quiz.json", *book, *arguments, cwd=exam)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_gradebook_has_to_be_there(lrquiz: Command, tmp_path: Path) -> None:
    """Outside a course it is named; one that is not there is not made."""
    (tmp_path / "t.csv").write_text("student,points\n")
    done = lrquiz("adjust", "t.csv", cwd=tmp_path)
    assert (done.code, "name the gradebook" in done.stderr) == (2, True)
    done = lrquiz("adjust", "t.csv", "--gradebook", "none", cwd=tmp_path)
    assert (done.code, "no such gradebook" in done.stderr) == (2, True)
    assert not (tmp_path / "none").exists()


def test_marks_survive_grading_and_regrading_code(lrquiz: Command, tmp_path: Path) -> None:
    """Graded, adjusted, graded again, regraded with and without a run: the mark stays.

    The rubric's new line has the stored submission run again, with no folder of submissions.
    """
    if probe_tier().name != "full":
        pytest.skip("no box here")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ada.py").write_text(NEVER_STEPS)
    book = tmp_path / "out" / "staff" / "gradebook.sqlite"
    grade = ("grade", TASK, tmp_path / "in", "--out", tmp_path / "out", "--jobs", "1")
    assert lrquiz(*grade).code == 0
    part = "weights_move"
    (tmp_path / "t.csv").write_text(f"student,check,points,reason\nada,{part},0.5,tried\n")
    done = lrquiz("adjust", tmp_path / "t.csv", "--gradebook", book)
    assert done.code == 0, done.stderr
    assert f"{part}: 0 by machine -> 0.5 of 1; score 1 -> 1.5 of" in done.stderr
    assert lrquiz(*grade).code == 0
    assert scores(book, TASK) == {"ada": 1.5}
    shutil.rmtree(tmp_path / "in")
    what = ("regrade", TASK, "--gradebook", book, "--reason", "r", "--jobs", "1")
    done = lrquiz(*what, "--points", "leaves_finite_weights=3")
    assert done.code == 0, done.stderr
    assert "run again" not in done.stderr
    assert scores(book, TASK) == {"ada": 3.5}
    rubric = tmp_path / "r.toml"
    rubric.write_text(
        '[[rubric]]\ncheck = "leaves_finite_weights"\npoints = 2.0\ncase = "schedule"\n'
        '[[rubric]]\ncheck = "weights_move"\npoints = 1.0\ncase = "constant"\n'
    )
    done = lrquiz(*what, "--rubric", rubric)
    assert done.code == 0, done.stderr
    assert "attempts that have to be run again: 1" in done.stderr
    assert scores(book, TASK) == {"ada": 2.5}
    with read_gradebook(book) as opened:
        (attempt,) = standing(opened, TASK)
        assert (attempt.machine, attempt.points, attempt.tier) == (2.0, 3.0, "full")
