"""Fill-ins as files: each response an arm of its own, which the claim of the blank decides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.consistency import inconsistencies
from lrquiz.bank.items import load_item
from lrquiz.errors import ItemError
from lrquiz.model.item import Item, Option
from tests.bank.local_files import bank_with_a_blank, change
from tests.verify.recorded_runs import shipped


def blank() -> Item:
    return shipped("fill-in-backward").item


def with_text(item: Item, index: int, text: str) -> Item:
    """Return an item whose response is another one, in its arm as well."""
    option = item.options[index]
    arm = str(option.claim.parameters["arm"])
    arms = {**item.experiment.arms, arm: {"response": text}}
    options: list[Option] = list(item.options)
    options[index] = replace(option, text=text)
    experiment = replace(item.experiment, arms=arms)
    return replace(item, options=tuple(options), experiment=experiment)


def test_each_response_is_an_arm() -> None:
    """What is claimed of the blank is claimed of each response, and each arm runs one of them."""
    item = blank()
    for option in item.options:
        assert option.claim.predicate == "training_learns"
        arm = str(option.claim.parameters["arm"])
        assert item.experiment.arms[arm] == {"response": option.text}
    assert len(item.experiment.arms) == len(item.options) + 1


@pytest.mark.parametrize("name", ["fill-in-the-rate", "fill-in-backward", "fill-in-gamma"])
def test_the_shipped_ones_say_what_they_claim(name: str) -> None:
    """Stem, claim and code of each shipped fill-in fit; every response has its feedback."""
    variant = shipped(name)
    assert not list(inconsistencies(variant.item, variant.options))
    assert all(option.feedback for option in variant.options)
    assert "___" in variant.stem


def test_case_tells_code_apart() -> None:
    """`Loss.backward()` is another response than `loss.backward()`; the same text twice is not."""
    item = blank()
    assert not list(inconsistencies(with_text(item, 1, "Loss.backward()")))
    (said,) = inconsistencies(with_text(item, 1, "loss.backward()"))
    assert said == "options backward and item have the same text"


def test_a_response_is_what_its_arm_ran() -> None:
    """A text that differs from what its arm trained, as a rendered one might, is told."""
    item = blank()
    other = replace(item.options[1], text="loss.sum()")
    (said,) = inconsistencies(replace(item, options=(item.options[0], other, *item.options[2:])))
    assert said == "response item: its claim is of arm filled_item, which ran another response"


def test_how_often_is_asked_of_the_stem(tmp_path: Path) -> None:
    """A blank that need not always do what is asked needs a stem that says so; responses need not.

    Told once, whatever the number of responses.
    """
    path = bank_with_a_blank(tmp_path) / "items" / "fill-in-locally.toml"
    change(path, "rate = 0.1 }", 'rate = 0.1, quantifier = "sometimes" }')
    item = load_item(path)
    (said,) = inconsistencies(item)
    assert said.startswith("option blank: the text")
    assert not list(inconsistencies(replace(item, stem=item.stem.replace("uses", "may use"))))


def test_a_local_recipe_needs_its_code(tmp_path: Path) -> None:
    """A recipe of the bank's own without CODE has no blank to fill in."""
    path = bank_with_a_blank(tmp_path) / "items" / "fill-in-locally.toml"
    assert "{{ code }}" in load_item(path).stem
    change(path.parent / "blank.py", "CODE = ", "CODES = ")
    with pytest.raises(ItemError, match=r"blank\.py has no code with a blank"):
        load_item(path)
