"""What waits for a person, as a table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lrquiz.grade.gradebook import Gradebook
from lrquiz.grade.intake import Listed
from lrquiz.grade.people.adjust_file import parse_marks
from lrquiz.grade.people.adjust_plan import keep, plan_of
from lrquiz.grade.people.codes import codes_of
from lrquiz.grade.people.knowing import Known
from lrquiz.grade.people.marking import Marking
from lrquiz.grade.people.todo import Waiting, todo_csv, waiting_in
from lrquiz.model.run import Ending
from tests.grade.people.exam_made import NOW, QUIZ, add, book_of, flagged, mark, responded

FULL = {"rate": "falls", "decay": "half", "why": "=because\n" + "x" * 5000}
DONE = {"rate": "falls", "decay": "half"}


def waiting(book: Gradebook) -> tuple[Waiting, ...]:
    return waiting_in(Known(book), book.tasks(), QUIZ)


def test_everything_that_waits_has_a_row(tmp_path: Path) -> None:
    """Open responses, internal errors, flagged and unmatched files; in order; nothing else."""
    fault = replace(flagged("cyd"), ending=Ending.INTERNAL_ERROR, detail="the box broke")
    with book_of(tmp_path, responded("bob", FULL), flagged("ada"), fault) as book:
        add(book, responded("dan", DONE))
        book.note_unmatched(QUIZ.id, [Listed("late one.json", "no such student")])
        rows = waiting(book)
    assert [(row.student, row.part, row.worth, row.what.split(":")[0]) for row in rows] == [
        ("", "", "", "nobody knows whose this file is"),
        ("ada", "", "8", "flagged"),
        ("bob", "why", "4", "open response"),
        ("cyd", "", "8", "internal error"),
    ]
    assert rows[0].file == "late one.json"
    assert rows[2].context == "Item why: Stem of why"
    assert rows[2].response.startswith("=because x")
    assert rows[2].response.endswith("more characters]")
    assert len(todo_csv(rows).splitlines()) == 5


def test_the_table_filled_in_leaves_nothing_to_do(tmp_path: Path) -> None:
    """Filled in and taken in, the same table is empty; the file is somebody's from then on."""
    with book_of(tmp_path, responded("bob", FULL), flagged("ada")) as book:
        book.note_unmatched(QUIZ.id, [Listed("=late\tone.json", "no such student")])
        filled = [
            replace(row, points="1", reason="read") if row.student else replace(row, student="bob")
            for row in waiting(book)
        ]
        rows = parse_marks(todo_csv(filled).removeprefix("\ufeff"), "t.csv")
        plan = plan_of(rows, "t.csv", Known(book), Marking("me", NOW))
        keep(plan, book, "me")
        assert waiting(book) == ()
        assert book.assigned(QUIZ.id) == {"=late\tone.json": "bob"}
    assert todo_csv([]).count("\n") == 1


def test_a_mark_for_an_earlier_attempt_waits_again(tmp_path: Path) -> None:
    """The mark does not carry over: the later attempt has a row that tells of it."""
    with book_of(tmp_path, responded("ada", DONE)) as book:
        book.adjust([mark("ada", "rate", 1.5)])
        assert waiting(book) == ()
        add(book, responded("ada", {"rate": "bounces"}, "2"))
        (row,) = waiting(book)
        assert (row.student, row.part, row.submission) == ("ada", "rate", "#ada-2")
        assert "was adjusted for an earlier attempt: 1.5 points by ta" in row.what
        book.adjust([mark("ada", "rate", 1.0, "2")])
        assert waiting(book) == ()


def test_a_list_without_names_names_nobody(tmp_path: Path) -> None:
    """Codes for names, no file names; what only a name could settle is left out."""
    record = replace(flagged("ada"), staff_notes=("the paper is bob's",))
    with book_of(tmp_path) as book:
        add(book, record, place="ada_exam.json")
        add(book, responded("bob", FULL))
        book.note_unmatched(QUIZ.id, [Listed("bob again.json", "two of them")])
        codes = codes_of(bytes(32), ["ada", "bob"])
        rows = waiting_in(Known(book, codes=codes), book.tasks())
    assert {row.student for row in rows} == set(codes.values())
    told = todo_csv([replace(row, submission="") for row in rows])
    assert "ada" not in told
    assert "bob" not in told
    assert codes["bob"] + "'s" in told
