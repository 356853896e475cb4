"""Translations: other texts of an item, and nothing that could change what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.items import load_item
from lrquiz.bank.variants import translations_of, variants_of
from lrquiz.errors import ItemError
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify.inputs import inputs_of

ITEM = shipped_bank() / "items" / "learning-rate" / "lr-too-high-effect.toml"
GERMAN = ITEM.with_name("lr-too-high-effect.de.toml")


def beside(folder: Path, translation: str, name: str = GERMAN.name) -> Path:
    """Lay the item and a translation into a folder; return the item's file."""
    (folder / ITEM.name).write_text(ITEM.read_text())
    (folder / name).write_text(translation)
    return folder / ITEM.name


def test_every_variant_speaks_the_language() -> None:
    """Numbers of a variant stand in its translation, as they do in the original."""
    for variant in variants_of(load_item(ITEM)):
        ((translation, told),) = translations_of(variant)
        assert translation.language == "de"
        assert told.stem.startswith("Ein zweischichtiger Klassifikator")
        assert f"**{variant.experiment.arms['too_high']['lr']}**" in told.stem
        assert [each.id for each in told.options] == [each.id for each in variant.options]


def test_claims_stay_those_of_the_item() -> None:
    """What is proved of a translated variant is what is proved of the original."""
    for variant in variants_of(load_item(ITEM)):
        ((_, told),) = translations_of(variant)
        assert inputs_of(told) == inputs_of(variant)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'measured = "Der Loss steigt nie',
            'claim = "x"\nmeasured = "Der Loss steigt nie',
            "claim",
        ),
        ("[option.smooth]", "[option.smoother]", "option smooth is missing here"),
        ("{{ arms.reference.lr }}: Sein", "0.2: Sein", "missing: {{ arms.reference.lr }}"),
        ("erreicht 100 % in der ersten", "erreicht 10 % in der ersten", "too many: 10"),
        ('  "bei {{ arms.reference.lr }} fällt der Loss in jeder Epoche",\n', "", "premise"),
        ('item = "lr-too-high-effect"', 'item = "other"', "is to be called"),
        ('language = "de"', 'language = "fr"', "lr-too-high-effect.fr.toml"),
        ("{{ epochs }} Epochen", "{{ epochen }} Epochen", "expressions and numbers"),
    ],
)
def test_a_translation_says_no_more_than_the_item(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    """A claim, another number, a missing option: each is a fault, told with its file."""
    text = GERMAN.read_text()
    assert old in text
    with pytest.raises(ItemError) as caught:
        load_item(beside(tmp_path, text.replace(old, new)))
    assert says in str(caught.value)
    assert GERMAN.name in str(caught.value)


def test_a_translation_of_nothing_is_told(tmp_path: Path) -> None:
    """A sibling whose item is gone is a fault of the bank, and no item of its own."""
    beside(tmp_path, GERMAN.read_text(), "gone.de.toml")
    bank = load_bank(tmp_path)
    assert [each.id for each in bank.items] == ["lr-too-high-effect"]
    (fault,) = bank.broken.values()
    assert "gone.toml, which is not beside it" in str(fault)
