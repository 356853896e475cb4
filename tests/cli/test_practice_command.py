"""`lrquiz generate --item`: a practice page of items that somebody needs."""

from __future__ import annotations

import re
from pathlib import Path

from lrquiz.quiz import read_quiz
from tests.conftest import Command


def test_named_items_make_a_practice_page(lrquiz: Command, tmp_path: Path) -> None:
    """Feedback names items on a mistake; one command makes a page of just these, in that order."""
    names = ("fill-in-backward", "missing-backward")
    asked = (part for name in names for part in ("--item", name))
    ended = lrquiz("generate", *asked, "--locked", "--out", tmp_path)
    assert ended.code == 0
    assert tuple(each.id for each in read_quiz(tmp_path / "quiz.json").items) == names
    page = (tmp_path / "practice.html").read_text()
    assert re.findall(r'<article class="item" id="item-(\d+)"', page) == ["1", "2"]


def test_an_unknown_item_is_named(lrquiz: Command, tmp_path: Path) -> None:
    """A slip in an id gets the id that is near it, and writes nothing."""
    ended = lrquiz("generate", "--item", "mising-backward", "--out", tmp_path / "out")
    assert ended.code == 2
    assert "there is no item 'mising-backward'; did you mean missing-backward?" in ended.stderr
    assert not (tmp_path / "out").exists()


def test_items_and_a_blueprint_are_not_mixed(lrquiz: Command, tmp_path: Path) -> None:
    """Which of both should count is nobody's guess."""
    blueprint = tmp_path / "one.toml"
    blueprint.write_text('title = "One"\n[[pick]]\ncount = 1\n')
    given = ("--item", "missing-backward", "--blueprint", blueprint, "--out", tmp_path / "out")
    ended = lrquiz("generate", *given)
    assert ended.code == 2
    assert "--item makes a practice page of its own" in ended.stderr
