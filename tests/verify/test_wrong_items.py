"""Wrong items, kept aside: wrong, ambiguous and overlapping keys, false stems, abused words.

Each loads or nearly does, and reads well; each must be refused with a reason that helps.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.errors import ItemError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.verify import verify_variant

WRONG = Path(__file__).parent.parent / "wrong_items"

# a part of the reason, by item
REASONS = {
    "a1-arms-swapped": "arm lower_rate changes lr",
    "a10-same-text": "have the same text",
    "a14-never": "does not contain words of loss_falls_steadily",
    "a15-stem-false": "the stem says 7",
    "a16-premise-words": "its claim reference and too_high",
    "a17-premise": "its claim reference and too_high",
    "a2-epoch-number": "its claim has epoch 3",
    "a3-variant-literal": "arms.step.gamma varies",
    "a4-premise-swapped-5": "its claim reference and too_high",
    "a5-percent": "takes value from 0 to 1",
    "a6-unsteadily": "does not contain words of loss_falls_steadily",
    "a7-says-e": "a quote of 2 words at least",
    "a8-atleast0-wrongarm": "takes at_least from 1",
    "a9-not-increased": "does not contain words of rate_is_above_start",
    "b11-epoch-range": "epoch = 50 is never trained",
    "b12-no-clock": "depends on how epochs are counted",
    "b13-swapped": "does not contain words of rate_is_multiple_of_start",
    "c1-find-error": "needs an arm 'given'",
}


def test_every_wrong_item_has_an_expectation() -> None:
    """No wrong item goes untested."""
    assert {path.stem for path in WRONG.glob("*.toml")} == set(REASONS)


@pytest.mark.parametrize("name", REASONS)
def test_a_wrong_item_is_refused(name: str, tmp_path: Path) -> None:
    """Loading it fails or a variant of it is rejected; either way the reason names the fault."""
    assert REASONS[name] in reason_against(WRONG / f"{name}.toml", tmp_path)


def reason_against(path: Path, store: Path) -> str:
    """Return why the item is refused; empty when all of it holds."""
    try:
        item = load_item(path)
    except ItemError as error:
        return str(error)
    with Laboratory(EvidenceStore(store), workers=1) as laboratory:
        verified = [verify_variant(variant, laboratory) for variant in variants_of(item)]
    return "\n".join(each.rejection.reason for each in verified if each.rejection is not None)
