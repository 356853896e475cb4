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
    "a2-epoch-number": 'the stem does not say "at the start of epoch 3"',
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
    "d1-clock-of-another-moment": 'the stem does not say "at the end of epoch 5"',
    "d2-clock-of-another-base": 'does not say "counting epochs from 0"; it says "counting epo',
    "d3-clock-of-both-bases": 'but it says "counting epochs from 1" as well; say one of them',
    "d4-number-of-another-moment": 'the stem does not say "at the end of epoch 10"',
    "e1-option-of-another-arm": "the text names arm low, its claim reference",
    "e2-option-arms-exchanged": "the text compares with arm reference, its claim has low there",
    "e3-unnamed-arms-exchanged": "so speaks of split, as others do; but its claim is of same",
    "e4-option-number": "the text says 0.01, which is no number of its claim",
    "e5-option-literal": "computes with what is no number of its claim",
    "e6-same-predicate-of-another-arm": "the text names arm adam, its claim stepped",
    "f1-always-is-not-sometimes": 'says "always", its claim sometimes',
    "f2-sometimes-unsaid": 'does not say "may", "can" or "in some runs"',
    "f3-may-is-not-usually": 'says "may", its claim usually; write quantifier = sometimes',
    "g1-loop-not-broken": "no premise says that the loop as given is broken",
    "g2-repair-factor": "changes lr from 0.001 to 0.0001, by a factor of 10",
    "h1-blank-of-another-rate": "its claim has rate 0.01, which neither text nor stem says",
    "h2-every-response-right": "every response is right; add one that shows a mistake",
    "h3-right-in-two-ways": "the responses 0.5 and 2 both bring about what is asked for, and train",
    "h4-code-not-shown": "the stem does not show the code with its blank; write {{ code }} in it",
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
