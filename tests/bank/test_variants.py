"""Variants: the cartesian product in file order, the arms' own values first."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.bank.items import load_item
from lrquiz.bank.translations import is_translation
from lrquiz.bank.variants import arm_and_field, variants_of
from lrquiz.model.item import Item
from lrquiz.resources.locate import shipped_bank

FILES = sorted((shipped_bank() / "items").rglob("*.toml"))
ITEMS = [load_item(path) for path in FILES if not is_translation(path)]
EXAMPLE = next(item for item in ITEMS if item.id == "lr-too-high-effect")
LOOP = next(item for item in ITEMS if item.id == "missing-backward")
RATES = st.lists(st.floats(0.001, 1.0), min_size=1, max_size=3, unique=True).map(tuple)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_first_variant_is_the_item_as_written(item: Item) -> None:
    """The first variant runs exactly the arms of the file."""
    first = variants_of(item)[0]
    for arm, own in item.experiment.arms.items():
        mine = first.experiment.arms[arm]
        assert {name: mine[name] for name in own} == own


@settings(deadline=None, max_examples=20)
@given(RATES, RATES)
def test_variants_are_the_product_in_file_order(low: tuple[float], high: tuple[float]) -> None:
    """Every value of one path meets every value of the others; the last path varies fastest."""
    item = replace(EXAMPLE, variants={"arms.reference.lr": low, "arms.too_high.lr": high})
    chosen = [
        (each.experiment.arms["reference"]["lr"], each.experiment.arms["too_high"]["lr"])
        for each in variants_of(item)
    ]
    assert chosen == list(itertools.product(low, high))


def test_an_item_without_variants_is_its_only_variant() -> None:
    """Nothing varied gives one variant without a name."""
    (only,) = variants_of(replace(EXAMPLE, variants={}))
    assert only.name == ""
    assert only.experiment == EXAMPLE.experiment


def test_a_star_changes_every_arm() -> None:
    """`arms.*.FIELD` gives one value to all arms at a time."""
    adam, adamw = variants_of(LOOP)
    assert {arm["optimizer"] for arm in adam.experiment.arms.values()} == {"Adam"}
    assert {arm["optimizer"] for arm in adamw.experiment.arms.values()} == {"AdamW"}
    assert "torch.optim.AdamW" in adamw.stem


def test_a_variant_shows_its_own_values() -> None:
    """Texts are rendered with the variant's values, and its name tells them apart."""
    ten, thirty = variants_of(EXAMPLE)
    assert (ten.name, thirty.name) == ("arms.too_high.lr=10.0", "arms.too_high.lr=30.0")
    assert "**10.0**" in ten.stem
    assert "**30.0**" in thirty.stem
    assert "300 times" in thirty.solution[0]
    assert not any("{{" in text for text in (ten.stem, *ten.solution, ten.premises[0].says))


def test_making_variants_leaves_the_item_as_it_was() -> None:
    """A variant's arms are its own."""
    before = {arm: dict(own) for arm, own in EXAMPLE.experiment.arms.items()}
    variants_of(EXAMPLE)
    assert EXAMPLE.experiment.arms == before


@pytest.mark.parametrize("path", ["lr", "arms.lr", "arms.a.b.c", "arm.a.lr", ""])
def test_a_path_of_another_form_is_refused(path: str) -> None:
    """A path is `arms.NAME.FIELD` and nothing else."""
    with pytest.raises(ValueError, match=r"arms\.NAME\.FIELD"):
        arm_and_field(path)


def test_a_list_that_an_arm_leaves_to_its_default_can_vary(tmp_path: Path) -> None:
    """The default list of calls, written out as the first value, is the arm's own value."""
    source = Path(LOOP.path).read_text(encoding="utf-8")
    calls = '["zero_grad", "forward", "backward", "step"]'
    text = source.replace('calls = ["zero_grad", "forward", "step"], ', "").replace(
        '"arms.*.optimizer" = ["Adam", "AdamW"]', f'"arms.zero_first.calls" = [{calls}]'
    )
    path = tmp_path / "missing-backward.toml"
    path.write_text(text, encoding="utf-8")
    (only,) = variants_of(load_item(path))
    assert len(only.experiment.arms["zero_first"]["calls"]) == 4
