"""Order items in quizzes: what every order did, in a small file, and a wrong first order."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lrquiz.model.proof import OrderGroup
from lrquiz.quiz import read_quiz, write_quiz
from lrquiz.quiz.order_words import what_it_did
from lrquiz.quiz.ordering import shown_order
from tests.verify.ordered_loops import LATE, RIGHT, frozen, quiz


def test_a_quiz_knows_every_order(tmp_path: Path) -> None:
    """A quiz read back says of any order of the lines whether it holds, and is small."""
    write_quiz(quiz(), tmp_path / "quiz.json")
    assert (tmp_path / "quiz.json").stat().st_size < 16_000
    (item,) = read_quiz(tmp_path / "quiz.json").items
    assert item.order is not None
    for each in permutations(line.id for line in item.order.lines):
        group = item.order.group_of(each)
        assert group is not None
        assert group.holds is (each in RIGHT)


def test_what_is_no_order_has_no_outcome() -> None:
    """Lines that are missing, foreign or named twice make no order."""
    order = frozen()[1]
    for each in ((), ("clear",), ("clear",) * 5, (*RIGHT[0], "clear"), (*RIGHT[0][:4], "other")):
        assert order.group_of(each) is None


def test_an_outcome_is_told_in_words() -> None:
    """What is said of an order names the error, the weights or the losses."""
    order = frozen()[1]

    def said(*lines: str) -> str:
        group = order.group_of(lines)
        assert group is not None
        return what_it_did(order, group)

    assert "every loss and every final weight is the same" in said(*RIGHT[2])
    assert said("loss", "forward", "clear", "backward", "step") == (
        "it stops with UnboundLocalError: cannot access local variable 'outputs' where it is not "
        "associated with a value"
    )
    assert "no weight ever moves" in said("forward", "loss", "backward", "clear", "step")
    assert said(*LATE) == "it reports the same losses, and ends with other weights"


@given(seed=st.integers(0, 2**64))
def test_lines_are_never_shown_in_a_right_order(seed: int) -> None:
    """A page begins with all lines, in an order that follows from the seed and is wrong."""
    order = frozen()[1]
    ids = [each.id for each in order.lines]
    shown = shown_order(ids, order.groups, seed, "item")
    assert shown == shown_order(ids, order.groups, seed, "item")
    assert sorted(shown) == sorted(ids)
    assert shown not in RIGHT


def test_one_wrong_order_is_found() -> None:
    """Were all orders but one right, that one is shown."""
    names = ["".join(each) for each in permutations("012")]
    groups = (OrderGroup(tuple(names[:-1]), holds=True), OrderGroup((names[-1],), holds=False))
    assert shown_order("abc", groups, 0) == ("c", "b", "a")


def test_seeds_shuffle() -> None:
    """Two seeds need not show the same order."""
    order = frozen()[1]
    ids = [each.id for each in order.lines]
    assert len({shown_order(ids, order.groups, seed) for seed in range(9)}) > 3
    assert replace(frozen(1)[0], order=None) == replace(frozen(2)[0], order=None)
