"""Items whose options are curves: what their files say, and what their stems must say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.advice import advice
from lrquiz.bank.consistency import inconsistencies
from lrquiz.bank.items import load_item
from lrquiz.bank.predict import option_id
from lrquiz.errors import ItemError
from lrquiz.model.item import Item, Quantifier
from lrquiz.resources.locate import shipped_bank

SHIPPED = sorted(path.stem for path in (shipped_bank() / "items" / "curves").glob("*.toml"))
HIGH = "curve-of-a-high-rate"


def loaded(name: str) -> Item:
    return load_item(Path(shipped_bank()) / "items" / "curves" / f"{name}.toml")


def changed(folder: Path, old: str, new: str) -> Item:
    """Load a shipped item with a part of its file replaced."""
    text = (Path(shipped_bank()) / "items" / "curves" / f"{HIGH}.toml").read_text()
    assert old in text
    path = folder / f"{HIGH}.toml"
    path.write_text(text.replace(old, new))
    return load_item(path)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_curves_are_sound(name: str) -> None:
    """They load, say what they claim, need no advice, and have a feedback for each curve."""
    item = loaded(name)
    assert not list(inconsistencies(item))
    assert not list(advice(item, {}))
    assert len(item.options) == 4


def test_every_option_makes_the_same_claim_of_its_own_curve() -> None:
    """All speak of runs of the asked arm, each of another curve, and none is declared right."""
    item = loaded(HIGH)
    claims = [each.claim for each in item.options]
    assert {each.parameters["arm"] for each in claims} == {"too_high"}
    assert {each.parameters["like"] for each in claims} == set(item.experiment.arms)
    assert {(each.predicate, each.quantifier) for each in claims} == {
        ("loss_looks_like", Quantifier.USUALLY)
    }


def test_ids_of_curves_tell_neither_arm_nor_place() -> None:
    """A curve keeps its id wherever it stands in the file, and the id names nothing."""
    item = loaded(HIGH)
    for option in item.options:
        arm = str(option.claim.parameters["like"])
        assert option.id == option_id(HIGH, arm)
        assert not set(arm.split("_")) & set(option.id.split("-"))
    assert option_id(HIGH, "good") != option_id("another-item", "good")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('asked = "too_high"', 'asked = "missing"', "asked = 'missing' is none of the curves"),
        ('[[curve]]\narm = "lower"', '[[curve]]\narm = "slower"', "no arm 'slower'"),
        ('[[curve]]\narm = "lower"', '[[curve]]\narm = "good"', "'good' has a curve already"),
        ('[[curve]]\narm = "lower"', '[[curve]]\ntext = "steep"\narm = "lower"', "text"),
        ('[[curve]]\narm = "lower"', '[[curve]]\nis_right = true\narm = "lower"', "is_right"),
        ('quantity = "loss"', 'quantity = "accuracy"', "quantity"),
        ('"digits_classifier"', '"optimizer_call"', "does not record epoch.loss"),
    ],
)
def test_a_file_that_names_what_is_not_there_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Each curve is that of an arm of its own, and no option has words or a key."""
    with pytest.raises(ItemError, match=message):
        changed(tmp_path, old, new)


def test_three_curves_are_too_few(tmp_path: Path) -> None:
    """Four curves are drawn two by two."""
    with pytest.raises(ItemError, match="at least 4"):
        changed(tmp_path, '[[curve]]\narm = "lower"', '[[premise]]\narm = "lower"')


def _exchanged(item: Item) -> Item:
    one, other, *rest = item.options
    pair = replace(one, claim=other.claim), replace(other, claim=one.claim)
    return replace(item, options=(*pair, *rest))


def _negated(item: Item) -> Item:
    one, *rest = item.options
    return replace(
        item, options=(replace(one, claim=replace(one.claim, quantifier=Quantifier.NEVER)), *rest)
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_exchanged, "its claim is not that runs of too_high look like its curve"),
        (_negated, "its claim is not that runs of too_high look like its curve"),
        (
            lambda item: replace(item, stem=item.stem.replace("arms.too_high", "arms.good")),
            "show {{",
        ),
        (lambda item: replace(item, stem=item.stem.replace("curve", "run")), 'ask for a "curve"'),
        (lambda item: replace(item, stem=item.stem.replace("loss", "error")), "does not contain"),
    ],
)
def test_a_stem_asks_for_the_curve_that_is_claimed(
    change: Callable[[Item], Item], message: str
) -> None:
    """Exchanged claims, another arm, or another quantity no longer fit what the stem says."""
    assert any(message in each for each in inconsistencies(change(loaded(HIGH))))
