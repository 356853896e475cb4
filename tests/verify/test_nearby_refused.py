"""Help with a rejection where some nearby settings cannot be trained at all."""

from __future__ import annotations

from pathlib import Path

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.verify import verify_variant
from lrquiz.verify.nearby import neighbours_of
from tests.bank.local_files import change, copied_bank, item_in, recipe_in


def test_values_that_a_recipe_refuses_are_left_out(tmp_path: Path) -> None:
    """A rejected item gets its help from the neighbours that can be trained; the rest end nothing.

    With a rate of 0.15 in place of 1.5 the item holds at ten times that alone.
    """
    bank = copied_bank(tmp_path / "bank")
    change(item_in(bank), "arms.long = { lr = 1.5 }", "arms.long = { lr = 0.15 }")
    change(
        recipe_in(bank),
        "    torch.manual_seed",
        "    if arm.lr > 2 or arm.lr < 0.06:\n"
        "        raise ValueError('not this rate')\n"
        "    torch.manual_seed",
    )
    (variant,) = variants_of(load_item(item_in(bank), allow_local=True))
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1, allow_local=True) as laboratory:
        rejected = verify_variant(variant, laboratory)
        near = neighbours_of(rejected, laboratory)
    assert rejected.rejection is not None
    tried = [(each.path, each.value) for each in near]
    assert ("arms.long.lr", 0.015) not in tried
    assert ("arms.long.lr", 1.5) in tried
    assert [(each.path, each.value) for each in near if each.verified.holds] == [
        ("arms.long.lr", 1.5)
    ]
