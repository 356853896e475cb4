"""Items without options in quizzes: frozen with what was measured, and no older file changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from lrquiz.model.proof import Count, Proof, Spread
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.quiz import read_quiz, write_quiz
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.quizfile import digest_of
from lrquiz.verify.verification import verified_by
from tests.verify.recorded_runs import shipped

RECORDED = Path(__file__).parent.parent / "recorded" / "quiz.json"


def proved(name: str, *measured: Spread) -> VerifiedVariant:
    """Return a shipped item as verified with these numbers and nothing drawn."""
    variant = shipped(name)
    lines = dict.fromkeys(variant.experiment.arms, ())
    proof = Proof("inputs", (), (), "lr", lines, "0", measured)
    return VerifiedVariant(replace(variant, premises=()), (), (), (), None, proof)


def test_a_number_is_frozen_with_its_spread_and_mistakes(tmp_path: Path) -> None:
    """A quiz holds all that a response is compared with, and reads back as it was written."""
    spreads = [Spread(low, low, low, 1) for low in (0.025, 0.05, 0.1)]
    item = freeze(proved("rate-at-epoch-10", *spreads), 0)
    assert item.value is not None
    assert (item.value.low, item.value.median, item.value.high) == (0.025, 0.025, 0.025)
    assert [each.value for each in item.value.mistakes] == [0.05, 0.1, 0.0]
    card = freeze(proved("what-a-scheduler-does"), 0)
    prompt = freeze(proved("describe-a-strategy"), 0)
    assert card.back
    assert prompt.checklist
    assert (card.points, prompt.points) == (0.0, 0.0)
    quiz = replace(read_quiz(RECORDED), items=(item, card, prompt))
    quiz = replace(quiz, id=digest_of(quiz))
    write_quiz(quiz, tmp_path / "quiz.json")
    assert read_quiz(tmp_path / "quiz.json") == quiz


def test_a_blank_is_frozen_with_a_curve_of_each_response(tmp_path: Path) -> None:
    """Each response has its evidence and one curve, called by what was written, cut to fit."""
    variant = shipped("fill-in-the-rate")
    longest = replace(variant.options[0], text="1" * 200)
    variant = replace(variant, premises=(), options=(longest, *variant.options[1:]))
    lines = dict.fromkeys(variant.experiment.arms, ((0.7, 0.6), (0.7, 0.5)))
    verdicts = [Count(64, 64, ambiguous=False)] + [Count(0, 64, ambiguous=False)] * 7
    proof = Proof("inputs", (), tuple(verdicts), "loss", lines, "0", ())
    item = freeze(verified_by(variant, proof), 0)
    assert item.key == ("decimal",)
    assert len(item.options) == 8
    assert all("of this response begins with a step" in o.evidence.says for o in item.options)
    assert [curve.label for curve in item.curves][:2] == ["1" * 37 + "...", "1e-2"]
    assert all(curve.lines == ((0.7, 0.6),) for curve in item.curves)
    quiz = replace(read_quiz(RECORDED), items=(item,))
    quiz = replace(quiz, id=digest_of(quiz))
    write_quiz(quiz, tmp_path / "quiz.json")
    assert read_quiz(tmp_path / "quiz.json") == quiz


def test_older_quizzes_stay_as_they_are(tmp_path: Path) -> None:
    """A quiz of choices alone is written byte for byte as before there were other types."""
    write_quiz(read_quiz(RECORDED), tmp_path / "quiz.json")
    assert (tmp_path / "quiz.json").read_bytes() == RECORDED.read_bytes()
    assert "checklist" not in json.loads(RECORDED.read_text())["items"][0]
