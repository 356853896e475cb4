"""Curves as options in a quiz: what is frozen of them, and how they are graded."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.analysis.choices import choices
from lrquiz.analysis.works import Part, Work
from lrquiz.bank.predict import option_id
from lrquiz.grade.responses.judging import judged
from lrquiz.grade.responses.rehearsal import rehearsal_faults
from lrquiz.grade.responses.ruling import AS_WRITTEN
from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.model.record import ItemResponse
from lrquiz.quiz import read_quiz, write_quiz
from lrquiz.quiz.freeze import freeze
from tests.verify.predicted import VARIANT, proved, quiz_of_curves

QUIZ = quiz_of_curves()
(ITEM,) = QUIZ.items


def test_an_option_is_frozen_with_its_curve(tmp_path: Path) -> None:
    """Each has one line, the one that was proved with, and reads back as it was written."""
    lines = [each.curve.lines for each in ITEM.options if each.curve is not None]
    assert len({*lines}) == 4
    assert all(len(each) == 1 for each in lines)
    assert {each.curve.arm for each in ITEM.options if each.curve} == set(VARIANT.experiment.arms)
    write_quiz(QUIZ, tmp_path / "quiz.json")
    assert read_quiz(tmp_path / "quiz.json") == QUIZ


def test_the_text_of_a_curve_names_nothing() -> None:
    """Where no chart can be shown, some of its values stand for it, and no arm or rate."""
    for option in ITEM.options:
        assert option.text.startswith("epoch by epoch: ")
        assert not any(arm in option.text for arm in VARIANT.experiment.arms)


def test_the_order_follows_from_the_seed_alone() -> None:
    """The same seed gives the same order, and some other seed another."""
    orders = {tuple(each.id for each in freeze(proved(), seed).options) for seed in range(12)}
    assert len(orders) > 3
    assert freeze(proved(), 3).options == ITEM.options


@pytest.mark.parametrize("arm", ["too_high", "good"])
def test_a_response_is_a_single_choice(arm: str) -> None:
    """The curve that runs look like gives all points; another gives none."""
    response = ItemResponse(ITEM.id, ITEM.variant, (option_id(ITEM.id, arm),))
    assert judged(ITEM, response, AS_WRITTEN).share == float(arm == "too_high")


def test_choices_of_a_class_are_counted_by_curve() -> None:
    """Staff see how many chose each curve, with its values and never a name of its arm."""
    right = option_id(ITEM.id, "too_high")
    given = {ITEM.id: ItemResponse(ITEM.id, ITEM.variant, (right,))}
    work = Work({ITEM.id: Part("", 1.0, 1.0)}, given)
    found = choices(ITEM.id, [work], {(ITEM.id, ITEM.variant): ITEM})
    assert {each.option for each in found if each.is_key} == {right}
    assert [each.chosen for each in found if each.is_key] == [1]


def test_a_paper_numbers_its_curves() -> None:
    """On a paper the key's number gives full points, and no response gives none."""
    asked = PaperItem(ITEM.id, ITEM.variant, tuple(each.id for each in ITEM.options))
    papers = Papers(QUIZ.id, "label", "print", (Paper("p1", "ada", (asked,)),))
    assert not list(rehearsal_faults(QUIZ, papers))
