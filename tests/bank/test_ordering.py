"""Order items as files: what they must name, and that no file can declare which order is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.consistency import inconsistencies
from lrquiz.bank.items import load_item
from lrquiz.bank.ordering import loop_ordered
from lrquiz.errors import ItemError
from lrquiz.resources.locate import shipped_bank
from tests.bank.local_files import bank_with_a_loop
from tests.verify.ordered_loops import BATCH
from tests.verify.recorded_runs import shipped

SHIPPED = (BATCH, "order-clipping-and-decay", "order-an-epoch")


def changed(folder: Path, old: str, new: str) -> Path:
    """Write a shipped order item with one change."""
    (source,) = (shipped_bank() / "items").rglob(f"{BATCH}.toml")
    text = source.read_text()
    assert old in text
    path = folder / f"{BATCH}.toml"
    path.write_text(text.replace(old, new, 1))
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_ones_ask_for_what_is_run(name: str) -> None:
    """Stem and claim of each shipped order item fit, and every kind of mistake has its feedback."""
    item = shipped(name).item
    assert not list(inconsistencies(item))
    assert item.order is not None
    assert item.order.feedback
    assert all(each.feedback for each in item.order.mistakes)


def test_a_stem_shows_the_code_without_its_lines() -> None:
    """The lines stand in the list to be ordered, not in the stem."""
    variant = shipped(BATCH)
    assert "# your lines, in order" in variant.stem
    assert "optimizer.step()" not in variant.stem


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('reference = "original"', 'reference = "orignal"', "'orignal' names no arm"),
        ('lines = ["loss", "forward"]', 'lines = ["los", "forward"]', "'los' is no line"),
        ('lines = ["loss", "forward"]', 'lines = ["loss", "loss"]', "a line is named twice"),
        ('lines = ["loss", "forward"]', 'lines = ["loss"]', "at least 2 items"),
        ('lines = ["step", "backward"]', 'lines = ["loss", "forward"]', "is told already"),
        ('recipe = "order_batch"', 'recipe = "mlp_classifier"', "has no lines to put in order"),
        (
            'order = ["forward", "loss", "backward", "clear", "step"]',
            'order = ["forward", "loss", "step"]',
            "order names each of clear, forward, loss, backward, step once",
        ),
        ("[order]", "[variants]\n'arms.original.order' = [[]]\n[order]", "has no variants"),
        ("[order]", '[order]\nright = ["clear"]', "right"),
    ],
)
def test_a_fault_is_told(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """A file that names what is not there, or would declare a key, is refused with a sentence."""
    with pytest.raises(ItemError, match=sentence):
        load_item(changed(tmp_path, old, new))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("{{ code }}", "pass", "does not show the code around the lines"),
        ("**exactly as the original program**", "well", "exactly as the original program"),
    ],
)
def test_a_stem_must_ask_for_what_is_proved(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    """An order is proved to train as the reference: a stem that asks for less is rejected."""
    item = load_item(changed(tmp_path, old, new))
    assert any(sentence in each for each in inconsistencies(item))


def test_a_number_that_no_code_has_is_told() -> None:
    """A stem may say numbers of the code that it shows, and no others."""
    item = shipped(BATCH).item
    assert not list(inconsistencies(replace(item, stem=f"{item.stem} It begins at 0.1.")))
    (told,) = inconsistencies(replace(item, stem=f"{item.stem} It begins at 0.7."))
    assert "the stem says 0.7" in told


def test_a_bank_brings_a_loop_of_its_own(tmp_path: Path) -> None:
    """The documented recipe is read without being run, and its lines can be put in order."""
    item = load_item(bank_with_a_loop(tmp_path / "bank") / "items" / "order-locally.toml")
    assert not list(inconsistencies(item))
    assert loop_ordered(item.experiment).ids == ("loss", "backward", "step")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("  #: step", "  #: loss", "two marked lines have the same id"),
        ("  #: step", "", "2 lines are marked; mark 3 to 6"),
        ("#: ", "# ", "not a text with one blank, ___, or with lines marked"),
    ],
)
def test_marks_that_fit_nothing_are_told(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """A local recipe whose lines cannot be put in order is refused when an item names it."""
    bank = bank_with_a_loop(tmp_path / "bank")
    recipe = bank / "items" / "loop.py"
    recipe.write_text(recipe.read_text().replace(old, new))
    with pytest.raises(ItemError, match=sentence):
        load_item(bank / "items" / "order-locally.toml")
