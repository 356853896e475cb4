"""The rule of wording: an option's claim must be the claim of its own words."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from lrquiz.bank.variants import variants_of
from lrquiz.model.item import Variant
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import RejectionCode
from lrquiz.verify import verify_variant
from lrquiz.verify.rejection import wording_rejection
from tests.verify.recorded_runs import RecordedRuns, shipped, shipped_items

VARIANTS = [variant for item in shipped_items() for variant in variants_of(item)]
PAIRS = [
    pytest.param(variant, one, two, id=f"{variant.item.id}-{variant.name}-{one}-{two}")
    for variant in VARIANTS
    for one, two in itertools.combinations(range(len(variant.options)), 2)
]


def never(arm: str, seed: int) -> Trace:
    pytest.fail(f"training was asked for: {arm}, seed {seed}")


def swapped(variant: Variant, one: int, two: int) -> Variant:
    """Return the variant with the claims of two options exchanged."""
    options = list(variant.options)
    first, second = options[one], options[two]
    options[one] = replace(first, claim=second.claim)
    options[two] = replace(second, claim=first.claim)
    return replace(variant, options=tuple(options))


@pytest.mark.parametrize(
    "variant", VARIANTS, ids=lambda variant: f"{variant.item.id}-{variant.name}"
)
def test_every_shipped_option_is_worded_as_its_claim(variant: Variant) -> None:
    """No shipped variant is rejected for its words."""
    assert wording_rejection(variant) is None


@pytest.mark.parametrize(("variant", "one", "two"), PAIRS)
def test_claims_that_were_swapped_are_rejected_before_any_training(
    variant: Variant, one: int, two: int
) -> None:
    """Exchanging the claims of any two options of any shipped item is noticed from the words.

    Otherwise the evidence would derive a key that names the wrong option.
    """
    runs = RecordedRuns(never)
    verified = verify_variant(swapped(variant, one, two), runs.as_laboratory)
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.WORDING
    assert not verified.holds
    assert verified.key == ()
    assert not runs.asked


def test_the_reason_names_the_option_its_text_and_the_remedy() -> None:
    """An author learns which option it is and how to quote its words."""
    variant = swapped(shipped("lr-too-high-effect"), 0, 1)
    rejection = wording_rejection(variant)
    assert rejection is not None
    assert "option bounces" in rejection.reason
    assert variant.options[0].text in rejection.reason
    assert 'claim = { says = "..."' in rejection.reason
