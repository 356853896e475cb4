"""Options speak of the arms, the numbers and the frequency of their claims."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.consistency import inconsistencies
from lrquiz.bank.factors import factors_in
from lrquiz.bank.items import load_item
from lrquiz.bank.repairs import repair_faults
from lrquiz.model.item import Claim, Item, Option, Quantifier
from lrquiz.resources.locate import shipped_bank

HIGHER = "the loss ends higher"


def shipped(name: str) -> Item:
    (path,) = (Path(shipped_bank()) / "items").rglob(f"{name}.toml")
    return load_item(path)


def faults(text: str, claim: Claim) -> str:
    """Return what is wrong with an option of the item on two rates, its only one."""
    item = replace(shipped("very-low-rate"), options=(Option("only", text, claim),))
    return "\n".join(inconsistencies(item))


def worse(arm: str, than: str) -> Claim:
    return Claim("ends_worse_than", {"arm": arm, "than": than})


@pytest.mark.parametrize(
    "text",
    [
        f"At {{{{ arms.low.lr }}}} {HIGHER} than at {{{{ arms.reference.lr }}}}",
        f"At {{{{ arms.low.lr }}}} {HIGHER}",
        f"As long as it runs, at {{{{ arms.low.lr }}}} {HIGHER}",
        f"Here {HIGHER} than at {{{{ arms.reference.lr }}}}",
        f"In the end {HIGHER} in this run",
        f"After more steps than before, at {{{{ arms.low.lr }}}} {HIGHER}",
    ],
)
def test_the_order_of_arms_is_that_of_the_claim(text: str) -> None:
    """What fits a claim does not fit the claim with its arms exchanged, where it names one."""
    assert not faults(text, worse("low", "reference"))
    if "arms." in text:
        assert "arm" in faults(text, worse("reference", "low"))


@pytest.mark.parametrize(
    ("text", "level", "sound"),
    [
        ("The loss ends above 0.3", 0.3, True),
        ("The loss ends above 0.3, with a rate of {{ arms.low.lr }}", 0.3, True),
        ("The loss ends above 0.3, with a rate of 0.05", 0.3, False),
        ("The loss ends above 0.3, with a rate of 1e-3", 0.3, False),
        ("The loss ends above 0.3, with a rate of {{ 0.05 }}", 0.3, False),
        ("The loss ends above 0.3, with {{ (arms.low.lr * 0.3) | round(4) }}", 0.3, True),
        ("The loss ends above 0.3, with {{ arms.low.lr * 7 }}", 0.3, False),
    ],
)
def test_numbers_are_those_of_the_claim(text: str, level: float, sound: bool) -> None:  # noqa: FBT001 - a table
    """A typed number that no run was asked about may be false, also inside an expression."""
    found = faults(text, Claim("loss_ends_above", {"arm": "low", "level": level}))
    assert (not found) is sound, found


@pytest.mark.parametrize(
    ("text", "quantifier", "sound"),
    [
        ("The loss may be unsteady", Quantifier.SOMETIMES, True),
        ("The loss can bounce", Quantifier.SOMETIMES, True),
        ("In some runs the loss bounces", Quantifier.SOMETIMES, True),
        ("The loss bounces", Quantifier.SOMETIMES, False),
        ("The loss may bounce, and does so in every run", Quantifier.SOMETIMES, False),
        ("The loss must bounce, where it can", Quantifier.SOMETIMES, False),
        ("The loss bounces in every epoch", Quantifier.USUALLY, True),
        ("The loss bounces as high as it can", Quantifier.USUALLY, True),
        ("The loss might bounce", Quantifier.USUALLY, False),
        ("The loss sometimes bounces", Quantifier.USUALLY, False),
        ("The loss never bounces", Quantifier.NEVER, True),
        ("The loss may never bounce", Quantifier.NEVER, False),
    ],
)
def test_words_say_how_often(text: str, quantifier: Quantifier, sound: bool) -> None:  # noqa: FBT001 - a table
    """What may happen is claimed of some runs, and what is claimed of some runs may happen."""
    found = faults(text, Claim("loss_is_unsteady", {"arm": "low"}, quantifier))
    assert (not found) is sound, found


@pytest.mark.parametrize(
    ("text", "factors"),
    [
        ("ten times lower", [10.0]),
        ("a thousand times", [1000.0]),
        ("a hundred times, not fifty times", [100.0, 50.0]),
        ("five hundred times", [500.0]),
        ("2.5 times as high", [2.5]),
        ("a tenth of it, or half", [2.0, 10.0]),
        ("halved", [2.0]),
        ("many times", []),
        ("called twice for the third batch", []),
    ],
)
def test_factors_are_read_from_words(text: str, factors: list[float]) -> None:
    """Numbers, words and fractions are factors above 1."""
    assert sorted(number for _, number in factors_in(text)) == sorted(factors)


@pytest.mark.parametrize(
    ("words", "sound"), [("ten times", True), ("10 times", True), ("twenty times", False)]
)
def test_a_repair_changes_the_rate_by_its_factor(words: str, sound: bool) -> None:  # noqa: FBT001 - a table
    """A factor in the words of a repair is that between the two rates."""
    item = shipped("missing-backward")
    options = [replace(each, text=each.text.replace("ten times", words)) for each in item.options]
    assert (not list(repair_faults(replace(item, options=tuple(options))))) is sound
