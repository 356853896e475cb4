"""The rehearsal of an exam: papers that cannot be graded as they should be are found."""

from __future__ import annotations

from dataclasses import replace

from lrquiz.grade.responses.rehearsal import rehearsal_faults
from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.model.quiz import Evidence, Quiz, QuizItem, QuizOption, QuizValue
from lrquiz.model.verdict import Verdict

SHOWN = Evidence("it holds", Verdict.SUPPORTED, 1, 1, 1.0, 1.0)
OPTIONS = tuple(QuizOption(each, f"text {each}", "", SHOWN) for each in ("a", "b", "c"))
VALUE = QuizValue("rate", 0.025, 0.025, 0.025, 1, 0.0005, "", "", ())


def item(name: str, kind: str, key: tuple[str, ...] = ()) -> QuizItem:
    options = OPTIONS if key else ()
    shown = ("", "o", "easy", 2.0, "stem", options, key, (), "lr", (), "", (), ())
    return QuizItem(name, "", kind, *shown)


ITEMS = (
    item("one", "single_choice", ("b",)),
    item("some", "multiple_choice", ("a", "c")),
    item("error", "find_error", ("c",)),
    replace(item("number", "numeric"), value=VALUE),
    item("blank", "fill_in", ("a",)),
    replace(item("prompt", "open_prompt"), checklist=("x", "y")),
)
QUIZ = Quiz("quiz", "t", 0, ITEMS, {})
ASKED = tuple(
    PaperItem(e.id, "", ("c", "a", "b") if e.options and e.type != "fill_in" else ()) for e in ITEMS
)
PAPERS = Papers("quiz", "label", "", (Paper("p", "ada", ASKED), Paper("q", "", ASKED[::-1])))


def faults(quiz: Quiz = QUIZ, papers: Papers = PAPERS) -> list[str]:
    return list(rehearsal_faults(quiz, papers))


def with_item(name: str, changed: QuizItem) -> Quiz:
    return replace(QUIZ, items=tuple(changed if e.id == name else e for e in ITEMS))


def test_a_sound_exam_has_no_faults() -> None:
    """Of every type, the key gives full points by the code that grades, and nothing gives none."""
    assert faults() == []


def test_a_key_that_is_not_on_the_paper_is_found() -> None:
    """A paper that does not show the right option is told, with its student and the item."""
    short = replace(PAPERS.papers[0], items=(replace(ASKED[0], options=("c", "a")),))
    told = faults(papers=replace(PAPERS, papers=(short,)))
    assert told == ["the paper of ada, item one: the key gives 0 of 2"]


def test_a_value_that_no_number_reaches_is_found() -> None:
    """A key beyond its own tolerance gives no points."""
    (number,) = (e for e in ITEMS if e.id == "number")
    wrong = replace(number, value=replace(VALUE, median=float("inf")))
    told = faults(with_item("number", wrong))
    assert told == [
        "the paper of ada, item number: the key gives 0 of 2",
        "the paper for everybody, item number: the key gives 0 of 2",
    ]


def test_an_item_without_points_is_found() -> None:
    """On an exam everything counts."""
    (one,) = (e for e in ITEMS if e.id == "one")
    told = faults(with_item("one", replace(one, points=0.0)))
    assert "the paper of ada, item one: the key gives 0 of 0" in told
