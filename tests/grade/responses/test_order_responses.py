"""Responses to order items: read in their order, looked up among all orders that were run."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from lrquiz.errors import RegradeError
from lrquiz.grade.people.deciding_parts import Decidable
from lrquiz.grade.responses.reading import Exam, read_responses
from lrquiz.grade.responses.rehearsal import rehearsal_faults, response_file
from lrquiz.grade.responses.scoring import score_responses
from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import ItemResponse
from lrquiz.model.task import CheckResult
from tests.verify.ordered_loops import BATCH, LATE, RIGHT, frozen, quiz

QUIZ = quiz()
SHOWN = frozen()[1].shown
PAPER = Paper("p1", "ada", (PaperItem(BATCH, "", SHOWN),))
PAPERS = Papers(QUIZ.id, "label", "print", (PAPER,))


def scored(chosen: tuple[str, ...], *decisions: Decision, of: Quiz = QUIZ) -> CheckResult:
    (check,) = score_responses(of, [ItemResponse(BATCH, "", chosen)], decisions)
    return check


@pytest.mark.parametrize("order", RIGHT)
def test_every_right_order_gives_all_points(order: tuple[str, ...]) -> None:
    """An order that trained as the original is right, whichever its author thought of."""
    check = scored(order)
    assert (check.points, check.evidence) == (check.worth, "right")


@pytest.mark.parametrize(
    ("order", "evidence"),
    [
        (LATE, "not right, as runs showed"),
        (RIGHT[0][:4], "does not name every line once"),
        ((), "no response"),
    ],
)
def test_other_orders_give_nothing(order: tuple[str, ...], evidence: str) -> None:
    """A wrong, a short and a missing order give nothing, each with its reason."""
    assert (scored(order).points, scored(order).evidence) == (0.0, evidence)


def test_a_person_may_accept_an_order() -> None:
    """What staff accept counts, and what cannot be an order is refused with its lines' ids."""
    item, given = Decidable.quiz(QUIZ, ()).accepted(f"{BATCH}={' '.join(LATE)}")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    decision = Decision(DecisionKind.ACCEPT, QUIZ.id, item, "why", "a person", at, given)
    assert scored(LATE, decision).evidence == "accepted"
    assert scored(RIGHT[1], decision).evidence == "right"
    assert scored((*LATE[:2], "loss", "forward", "backward"), decision).points == 0
    with pytest.raises(RegradeError, match="clear forward loss backward step"):
        Decidable.quiz(QUIZ, ()).accepted(f"{BATCH}=clear step")


def test_a_file_keeps_the_order() -> None:
    """A list of ids, of an exam paper numbers, is read in its order."""
    content = {"schema": "lrquiz/responses", "version": 1, "quiz": QUIZ.id, "paper": ""}
    named = json.dumps({**content, "responses": {BATCH: list(LATE)}}).encode()
    assert read_responses(named, Exam(QUIZ), "ada").responses[0].chosen == LATE
    numbers = tuple(str(SHOWN.index(each) + 1) for each in LATE)
    read = read_responses(response_file("label", "p1", {"1": numbers}), Exam(QUIZ, PAPERS), "ada")
    assert read.responses[0].chosen == LATE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["6"], "item 1 has no line '6'"),
        (["clear"], "item 1 has no line 'clear'"),
        (["1", "1", "2", "3", "4"], "item 1 names a line twice"),
        ("1 2 3 4 5", "item 1 asks for lines in a list"),
    ],
)
def test_what_is_no_order_is_told(given: list[str] | str, sentence: str) -> None:
    """A file that names what the paper has not is not scored."""
    value = given if isinstance(given, str) else tuple(given)
    read = read_responses(response_file("label", "p1", {"1": value}), Exam(QUIZ, PAPERS), "ada")
    assert sentence in read.fault


def test_the_key_of_a_paper_gives_every_point() -> None:
    """Rehearsed before an exam: a right order, written in the paper's numbers, gives all points."""
    assert not list(rehearsal_faults(QUIZ, PAPERS))
