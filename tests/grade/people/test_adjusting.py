"""A person's marks: read against the gradebook, kept beside the machine's, all or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import AdjustmentError
from lrquiz.grade.gradebook import Gradebook, Writer
from lrquiz.grade.marks import Rules
from lrquiz.grade.people.adjust_file import parse_marks
from lrquiz.grade.people.adjust_plan import Plan, keep, plan_of
from lrquiz.grade.people.adjust_told import changes_of
from lrquiz.grade.people.adjusting import score_of, standing
from lrquiz.grade.people.codes import codes_of
from lrquiz.grade.people.effects import marks_of
from lrquiz.grade.people.knowing import Known
from lrquiz.grade.people.marking import Marking
from lrquiz.model.course import Roster, Student
from lrquiz.model.decision import Adjustment
from tests.grade.people.exam_made import NOW, QUIZ, add, book_of, flagged, mark, responded

HEAD = "student,work,part,points,comment,reason,by,submission,file\n"
ROSTER = Roster((Student("ada"), Student("bob"), Student("00042"), Student("oral")))
FULL = {"rate": "falls", "decay": "half", "why": "because"}


def planned(book: Gradebook, rows: str, *, extra: bool = False, by: str = "me") -> Plan:
    codes = codes_of(b"secret" * 4, ["ada", "bob"])
    known = Known(book, roster=ROSTER, codes=codes)
    marking = Marking(by, NOW, allow_extra=extra)
    return plan_of(parse_marks(HEAD + rows, "t.csv"), "t.csv", known, marking)


def taken_in(book: Writer, rows: str) -> Plan:
    plan = planned(book, rows)
    keep(plan, book, "me")
    return plan


def scores(book: Gradebook) -> dict[str, float | None]:
    return {student: mark.score for student, mark in marks_of(book, Rules(QUIZ.id)).items()}


def test_a_mark_closes_what_was_open(tmp_path: Path) -> None:
    """Points for an open response make the score; the machine's value stays beside them."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        assert scores(book) == {"ada": None}
        plan = planned(book, "ADA,,why,3,good,read it,,,\n")
        (told,) = changes_of(plan, book)
        assert (told.machine, told.points, told.worth) == (0.0, 3.0, 4.0)
        assert (told.old_score, told.new_score, told.out_of) == (None, 7.0, 8.0)
        keep(plan, book, "me")
        assert scores(book) == {"ada": 7.0}
        (attempt,) = standing(book, QUIZ.id)
        assert (attempt.machine, attempt.adjusted) == (None, True)
        assert attempt.detail == "marked by a person"
        (kept,) = book.adjustments(QUIZ.id)
        assert kept == Adjustment(
            *("ada", QUIZ.id, "why", 3.0, "good", "read it", "me"), at=NOW, submission="ada-1"
        )


def test_the_same_table_again_adds_nothing(tmp_path: Path) -> None:
    """Rows that the gradebook holds already are counted, not kept twice; blank ones likewise."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        rows = "ada,,why,3,,read it,,,\nada,,why,3,,read it,,,\nada,,rate,,,,,,\n"
        first, again = taken_in(book, rows), taken_in(book, rows)
        assert (len(first.marked), first.kept, first.unmarked) == (1, 0, 1)
        assert (len(again.marked), again.kept, again.unmarked) == (0, 1, 1)
        assert len(book.adjustments(QUIZ.id)) == 1


def test_every_fault_at_once_and_nothing_kept(tmp_path: Path) -> None:
    """Each fault is told with its line; one fault keeps all rows out."""
    rows = [
        "ada,,why,3,,fine,,,",
        "eve,,why,3,,r,,,",
        "ada,other,why,3,,r,,,",
        "ada,,which,3,,r,,,",
        "ada,,why,nan,,r,,,",
        "ada,,why,-1,,r,,,",
        "ada,,why,4.5,,r,,,",
        "bob,,,1,,,,,",
        "ada,,rate,1,,r,,#feed,",
        "bob,,why,1,,r,,,",
        ",,why,1,,r,,,",
        "ada,,why,2,,fine,,,",
    ]
    with book_of(tmp_path, responded("ada", FULL)) as book:
        with pytest.raises(AdjustmentError) as error:
            taken_in(book, "\n".join(rows))
        assert book.adjustments(QUIZ.id) == ()
    told = str(error.value).splitlines()
    sentences = [
        "t.csv:3: 'eve' is neither a student",
        "t.csv:4: nobody handed in anything at the work 'other'; there are: " + QUIZ.id,
        "t.csv:5: " + QUIZ.id + " has no part 'which'; there are: rate, decay, why",
        "t.csv:6: 'nan' is no number",
        "t.csv:7: -1 points are below 0",
        "t.csv:8: 4.5 points are more than the 4 that it is worth",
        "t.csv:9: says no reason",
        "t.csv:10: 'ada' has no attempt '#feed'",
        "t.csv:11: 'bob' handed in nothing",
        "t.csv:12: names no student",
        "t.csv:13: another mark of the same part stands on line 2",
    ]
    for line, sentence in zip(told, sentences, strict=True):
        assert line.startswith(sentence)


def test_who_decides_is_always_known(tmp_path: Path) -> None:
    """A row without a name takes the command's; without that it is refused."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        with pytest.raises(AdjustmentError, match="does not say by whom"):
            planned(book, "ada,,why,1,,r,,,\n", by="")
        ((_, kept),) = planned(book, "ada,,why,1,,r,prof,,\n", by="").marked
        assert kept.by == "prof"


def test_a_bonus_has_to_be_asked_for(tmp_path: Path) -> None:
    """More points than a part is worth need a word of their own."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        ((_, kept),) = planned(book, "ada,,why,5,,bonus,,,\n", extra=True).marked
        assert kept.points == 5.0


def test_codes_and_numbers_of_spreadsheets_find_their_student(tmp_path: Path) -> None:
    """A code stands for its student; a number that lost its zeros is found too."""
    with book_of(tmp_path, responded("ada", FULL), responded("00042", FULL)) as book:
        code = codes_of(b"secret" * 4, ["ada", "bob"])["ada"]
        plan = planned(book, f"{code},,why,1,,r,,,\n42,,why,2,,r,,,\n")
        assert [(mark.student, mark.points) for _, mark in plan.marked] == [
            ("ada", 1.0),
            ("00042", 2.0),
        ]
        assert [each.student for each in changes_of(plan, book)] == [code, "42"]


def test_a_comment_leaves_points_as_they_are(tmp_path: Path) -> None:
    """A later comment takes nobody's points away; `machine` withdraws a mark."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        taken_in(book, "ada,,rate,0.5,,half,,,\nada,,why,4,,r,,,\n")
        taken_in(book, "ada,,rate,,see page 3,,,,\n")
        assert scores(book) == {"ada": 6.5}
        taken_in(book, "ada,,rate,machine,,was right,,,\n")
        assert scores(book) == {"ada": 8.0}


def test_an_oral_exam_of_who_handed_in_nothing(tmp_path: Path) -> None:
    """The whole can be marked without an attempt; the mark counts, and once."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        plan = planned(book, "oral,,,6,,spoke for an hour,,,\n")
        (told,) = changes_of(plan, book)
        assert (told.old_score, told.new_score) == (None, 6.0)
        keep(plan, book, "me")
        assert scores(book) == {"ada": None, "oral": 6.0}
        assert taken_in(book, "oral,,,6,,spoke for an hour,,,\n").kept == 1
        assert len(book.attempts(QUIZ.id, "oral")) == 1


def test_the_whole_can_be_marked_where_there_are_no_parts(tmp_path: Path) -> None:
    """What was flagged has no parts: a part is refused, the whole counts."""
    with book_of(tmp_path, flagged("ada")) as book:
        with pytest.raises(AdjustmentError, match="this attempt has no parts"):
            planned(book, "ada,,why,1,,r,,,\n")
        taken_in(book, "ada,,,5,,it is hers,,,\n")
        assert scores(book) == {"ada": 5.0}


def test_a_mark_holds_for_its_attempt_alone(tmp_path: Path) -> None:
    """A later attempt does not inherit a mark; a row may name the earlier attempt."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        taken_in(book, "ada,,why,4,,r,,,\n")
        add(book, responded("ada", FULL, "2"))
        assert scores(book) == {"ada": None}
        plan = planned(book, "ada,,why,2,,r,,#ada-1,\n")
        (told,) = changes_of(plan, book)
        assert (told.old_score, told.new_score, told.counts) == (8.0, 6.0, False)


def test_a_mark_survives_a_new_result(tmp_path: Path) -> None:
    """Grading the same attempt again changes what the machine says, not what a person said."""
    with book_of(tmp_path, responded("ada", FULL)) as book:
        taken_in(book, "ada,,why,3,,r,,,\n")
        wrong = responded("ada", {**FULL, "rate": "bounces"})
        book.add(replace(wrong, submission="ada-1"))
        assert scores(book) == {"ada": 5.0}


def test_what_is_written_together_is_kept_together(tmp_path: Path) -> None:
    """A failure half-way leaves the gradebook as it was: no mark, no attempt, no file's student."""
    with book_of(tmp_path, responded("ada", FULL)) as book:

        def half_way() -> None:
            with book.together():
                book.adjust([mark("ada", "why", 1.0)])
                add(book, responded("bob", FULL))
                book.assign(QUIZ.id, [("a file", "bob")], "me")
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            half_way()
        assert book.adjustments(QUIZ.id) == ()
        assert book.assigned(QUIZ.id) == {}
        assert scores(book) == {"ada": None}


PARTS = st.dictionaries(
    st.sampled_from(["rate", "decay", "why", ""]), st.floats(0, 4) | st.none(), max_size=4
)


@given(PARTS, st.sampled_from(["falls", "bounces", None]))
def test_people_before_the_machine(points: dict[str, float | None], choice: str | None) -> None:
    """A mark of the whole is the score; else each part gives a person's points or the machine's."""
    record = responded("ada", {**FULL, "rate": choice})
    marks = {part: mark("ada", part, given) for part, given in points.items()}
    if points.get("") is not None:
        assert score_of(record, marks) == points[""]
    elif points.get("why") is None:
        assert score_of(record, marks) is None
    else:
        machine = {"rate": 2.0 if choice == "falls" else 0.0, "decay": 2.0, "why": 0.0}
        wanted = [machine[part] if points.get(part) is None else points[part] for part in machine]
        assert score_of(record, marks) == pytest.approx(sum(filter(None, wanted)))
