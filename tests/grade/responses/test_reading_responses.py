"""Response files: read strictly, by the paper of the student whose place they lie in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.responses.reading import Exam, read_responses
from tests.grade.responses.examples import ADAS, BOBS, PAPER_ITEMS, PAPERS, QUIZ, RIGHT, written

EXAM, PLAIN = Exam(QUIZ, PAPERS), Exam(QUIZ)


def test_numbers_on_the_paper_stand_for_items_and_options() -> None:
    """Items come in the order of the paper, options by their ids in the order of the item."""
    read = read_responses(written("label", "paper-of-ada", RIGHT), EXAM, "ADA")
    assert (read.fault, read.paper) == ("", "paper-of-ada")
    assert [each.item for each in read.responses] == ["number", "single", "blank", "multiple"]
    assert [each.chosen or each.text for each in read.responses] == [
        *("0,05", ("b",), "1e-2", ("p", "q", "r"))
    ]


def test_without_papers_ids_stand_for_themselves() -> None:
    """A quiz that everybody gets as it is goes by the ids of items and options."""
    content = written("q1", "", {"single": ["b"], "number": "0.05"})
    read = read_responses(content, PLAIN, "anybody")
    assert read.fault == ""
    assert {each.item: each.chosen or each.text for each in read.responses if each.is_given} == {
        "single": ("b",),
        "number": "0.05",
    }
    assert len(read.responses) == len(QUIZ.items)


def test_one_paper_may_be_for_everybody() -> None:
    """A paper without a student is anybody's, also beside one that has more time for the same."""
    shared = replace(BOBS, student="")
    exam = Exam(QUIZ, replace(PAPERS, papers=(shared, replace(BOBS, student="zed", minutes=90.0))))
    for student in ("ada", "zed"):
        assert read_responses(written("label", BOBS.id, {"2": ["1"]}), exam, student).fault == ""


def test_a_paper_of_somebody_elses_is_not_scored() -> None:
    """The student is told nothing of whose it is; staff are."""
    read = read_responses(written("label", "paper-of-bob", {"2": ["1"]}), EXAM, "ada")
    assert not read.responses
    assert "not the student's own" in read.fault
    assert "bob" not in read.fault
    assert read.staff_note == "the paper 'paper-of-bob' is bob's"


def test_a_paper_of_nobody_is_not_scored() -> None:
    """Neither a paper that the exam has not, nor one of a student who has none."""
    unknown = read_responses(written("label", "other", {}), EXAM, "ada")
    assert "there is no paper 'other'" in unknown.staff_note
    stranger = read_responses(written("label", "paper-of-ada", {}), EXAM, "eve")
    assert stranger.fault
    assert "Ada's; and the student has none" in stranger.staff_note


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (written("label", "paper-of-ada", RIGHT)[:-5], "cut short"),
        (b'{"quiz": "label", "quiz": "label"}', "'quiz' twice"),
        (b'{"quiz":"label","paper":"paper-of-ada","responses":{"1":"1","1":"2"}}', "'1' twice"),
        (b'{"quiz": "label", "paper": NaN, "responses": {}}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[1]", "no part of one"),
        (b'{"quiz": "label", "paper": "p", "responses": {}, "student": "bob"}', "'student'"),
        (b'{"quiz": "label", "paper": "p"}', "its responses is missing"),
        (b'{"quiz": "label", "paper": 7, "responses": {}}', "its paper is of a wrong kind"),
        (b'{"version": 2, "quiz": "label", "paper": "p", "responses": {}}', "version 1"),
        (written("other", "paper-of-ada", RIGHT), "to another quiz"),
        (written("label", "paper-of-ada", {"9": "1"}), "names item '9'"),
        (written("label", "paper-of-ada", {"single": ["b"]}), "names item 'single'"),
        (written("label", "paper-of-ada", {"2": ["4"]}), "item 2 has no option '4'"),
        (written("label", "paper-of-ada", {"2": ["02"]}), "item 2 has no option '02'"),
        (written("label", "paper-of-ada", {"2": ["b"]}), "item 2 has no option 'b'"),
        (written("label", "paper-of-ada", {"2": "2"}), "item 2 asks for options in a list"),
        (written("label", "paper-of-ada", {"1": ["2"]}), "item 1 asks for a text"),
        (written("label", "paper-of-ada", {"1": 0.05}), "neither a text nor a list"),
        (written("label", "paper-of-ada", {"2": [2]}), "neither a text nor a list"),
        (written("label", "paper-of-ada", {"4": ["1", "1"]}), "names an option twice"),
        (written("label", "paper-of-ada", {"3": "x" * 30_000}), "is longer than"),
        (written("label", "paper-of-ada", {"3": "\ud800"}), "not UTF-8"),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(content: bytes, sentence: str) -> None:
    """Nothing of a file with a fault is scored, and the sentence says what is wrong."""
    read = read_responses(content, EXAM, "ada")
    assert not read.responses
    assert sentence in read.fault
    assert read.fault.isascii()
    assert "\n" not in read.fault


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
files = st.fixed_dictionaries(
    {
        "quiz": st.sampled_from(["label", "q1"]) | anything,
        "paper": st.sampled_from(["paper-of-ada", "paper-of-bob", ""]) | anything,
        "responses": st.dictionaries(st.sampled_from("12345"), anything) | anything,
    }
)


@given(st.binary() | files.map(lambda each: json.dumps(each).encode()))
def test_nothing_that_can_be_written_raises(content: bytes) -> None:
    """Any bytes are a reading or a fault, never both, never an exception."""
    read = read_responses(content, EXAM, "ada")
    assert bool(read.fault) != bool(read.responses)
    if read.responses:
        asked = [each.item for each in PAPER_ITEMS]
        assert (read.paper, [each.item for each in read.responses]) == (ADAS.id, asked)
