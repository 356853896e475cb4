"""How a class stands: everybody has one row, whoever handed in what, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from lrquiz.grade.batch import Batch, counted, read_batch, standing_of, write_batch
from lrquiz.grade.gradebook import open_gradebook
from lrquiz.grade.intake import Submission
from lrquiz.grade.marks import Rules
from lrquiz.model.course import Roster, Student
from lrquiz.model.decision import WHOLE, Adjustment, Level
from lrquiz.model.run import Ending
from tests.grade.gradebook.examples import TASK, graded, handed_in

ROSTER = Roster(tuple(Student(each) for each in ("ada", "bob", "cyd", "dan")))


def whole(student: str, points: float, submission: str = "") -> Adjustment:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Adjustment(student, TASK.id, WHOLE, points, "", "oral", "me", moment, submission)


def test_everybody_has_one_row(tmp_path: Path) -> None:
    """Graded here, graded into another folder, marked without a hand-in, or missing."""
    rules = Rules(TASK.id, roster=ROSTER)
    with open_gradebook(tmp_path / "book.sqlite") as book:
        for each in (handed_in("ada"), handed_in("bob", "y = 2")):
            book.hand_in(TASK.id, [each], {})
            book.add(graded(each))
        absent = Submission("cyd", "", "")
        book.hand_in(TASK.id, [absent], {})
        book.add(replace(graded(absent, None), ending=Ending.REFUSED))
        book.adjust([whole("cyd", 9.0), whole("ada", 3.0, handed_in("ada").digest)])
        found = standing_of(book, rules, {"ada"})
        assert {each.student: each.score for each in found.marks} == {
            "ada": 3.0,
            "cyd": 9.0,
            "dan": None,
        }
        assert found.missing == ("dan",)
        assert (found.mark_of["ada"].machine, found.mark_of["ada"].adjusted) == (7.0, True)
        assert set(found.parts["ada"]) == {WHOLE}
        assert [each.student for each in counted(book, rules, None)] == ["ada", "bob", "cyd"]


def test_a_folder_says_what_it_holds(tmp_path: Path) -> None:
    """What is noted is read back; a note of a release before quizzes is one of a task."""
    (tmp_path / "staff").mkdir()
    batch = Batch("q1", "book", {"ada": 1}, "quiz.json", Level.SCORE, anonymous=True)
    write_batch(tmp_path, batch)
    assert read_batch(tmp_path) == batch
    old = '{"task": "t", "gradebook": "b", "pages": {}, "schema": "lrquiz/batch", "version": 1}'
    (tmp_path / "staff" / "batch.json").write_text(old)
    found = read_batch(tmp_path)
    assert found is not None
    assert (found.quiz, found.level, found.anonymous) == ("", Level.FEEDBACK, False)
