"""Items without options: what their files say, and what their words must say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.advice import advice
from lrquiz.bank.consistency import inconsistencies
from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.model.item import NO_EXPERIMENT, Item, ItemType
from lrquiz.resources.locate import shipped_bank

NUMERIC, CARD, PROMPT = "rate-at-epoch-10", "what-a-scheduler-does", "describe-a-strategy"


def shipped_path(name: str) -> Path:
    (path,) = (Path(shipped_bank()) / "items").rglob(f"{name}.toml")
    return path


def changed(folder: Path, name: str, *changes: tuple[str, str]) -> Item:
    """Load a shipped item with parts of its file replaced."""
    text = shipped_path(name).read_text()
    for old, new in changes:
        assert old in text, f"nothing to change: {old}"
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text)
    return load_item(path)


@pytest.mark.parametrize("name", [NUMERIC, CARD, PROMPT])
def test_shipped_items_of_each_type_are_sound(name: str) -> None:
    """They load, say what they claim, and need no advice."""
    item = load_item(shipped_path(name))
    assert not list(inconsistencies(item))
    assert not list(advice(item, {}))
    assert not item.options
    assert not item.type.has_options


def test_only_what_is_scored_has_points() -> None:
    """A number is scored; a card and a prompt are rated by their reader and carry no points."""
    assert load_item(shipped_path(NUMERIC)).points == 1.0
    assert load_item(shipped_path(CARD)).points == 0.0
    assert load_item(shipped_path(PROMPT)).points == 0.0


@pytest.mark.parametrize(
    ("level", "difficulty"),
    [("beginner", "easy"), ("intermediate", "medium"), ("advanced", "hard")],
)
def test_levels_are_difficulties(tmp_path: Path, level: str, difficulty: str) -> None:
    """A blueprint that asks for a difficulty finds cards of the level that it stands for."""
    item = changed(tmp_path, CARD, ('level = "intermediate"', f'level = "{level}"'))
    assert item.difficulty == difficulty


def test_a_prompt_needs_no_experiment() -> None:
    """Without an experiment nothing is run, and every text is still rendered."""
    item = load_item(shipped_path(PROMPT))
    (variant,) = variants_of(item)
    assert item.experiment == NO_EXPERIMENT
    assert item.type is ItemType.OPEN_PROMPT
    assert len(variant.checklist) == 4


def test_every_text_of_a_variant_is_rendered() -> None:
    """What a variant shows has its own numbers: solutions, backs and feedback alike."""
    for name in (NUMERIC, CARD, PROMPT):
        for variant in variants_of(load_item(shipped_path(name))):
            assert variant.value is not None or name != NUMERIC
            texts = [variant.stem, variant.back, *variant.solution, *variant.checklist]
            texts += [each.says for each in variant.value.mistakes] if variant.value else []
            assert not any("{{" in text for text in texts)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("what is the learning rate", "what is it", "words of rate_at"),
        ("start of epoch 10?**", "start of epoch 9?**", "the epoch 10 that is measured"),
        ("**what is", "**with 0.7, what is", "the stem says 0.7"),
    ],
)
def test_a_number_is_asked_for_in_words(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A stem that asks for another number than is measured is told."""
    item = changed(tmp_path, NUMERIC)
    assert old in item.stem
    asked = replace(item, stem=item.stem.replace(old, new))
    assert said in "\n".join(inconsistencies(asked))


def test_the_measured_arm_is_shown(tmp_path: Path) -> None:
    """A number of an arm that the stem does not show is a number of nothing."""
    item = changed(tmp_path, NUMERIC)
    bare = replace(item, stem="Counting from 0: what is the rate at the start of epoch 10?")
    assert "arm step is measured" in "\n".join(inconsistencies(bare))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("half the initial one", "a third of the initial one", 'quoted words "half the initial'),
        ("is still unchanged", "is still there", 'quoted words "still unchanged at'),
        ("epoch 10", "epoch 11", "the back does not say the epoch 10 of its claim"),
        ("leaves the rate", "leaves 7 times the rate", "says 7"),
    ],
)
def test_a_back_says_what_is_claimed(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A back that does not say what its premises claim was checked by nobody."""
    item = changed(tmp_path, CARD)
    assert old in item.back
    found = inconsistencies(replace(item, back=item.back.replace(old, new)))
    assert said in "\n".join(found)


def test_a_mistake_without_feedback_is_advised(tmp_path: Path) -> None:
    """Who makes a common mistake should read why it is one."""
    line = 'feedback = "That is the initial rate: `scheduler.step()` has run ten times since."\n'
    item = changed(tmp_path, NUMERIC, (line, ""))
    assert "has no feedback" in "\n".join(advice(item, {}))
