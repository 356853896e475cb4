"""From decisions to a key, or to a reason with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from lrquiz.evidence.bands import decide, decide_fact
from lrquiz.model.item import ItemType, Variant
from lrquiz.model.verdict import Decision, Rejection, RejectionCode
from lrquiz.verify.rejection import demand, figures, key_of, rejection_of
from tests.verify.recorded_runs import shipped, without_clock

VARIANT = shipped("lr-too-high-effect")
PREMISES = [decide(premise.claim, 64, 64) for premise in VARIANT.premises]


def options(*held: int, trials: int = 128, variant: Variant = VARIANT) -> list[Decision]:
    """Return one decision per option."""
    pairs = zip(variant.options, held, strict=True)
    return [decide(option.claim, count, trials) for option, count in pairs]


def rejected(
    premises: Sequence[Decision], decisions: Sequence[Decision], variant: Variant = VARIANT
) -> Rejection:
    rejection = rejection_of(variant, premises, decisions, [])
    assert rejection is not None
    return rejection


def test_one_supported_option_is_the_key() -> None:
    """One option supported and all others refuted: the item holds."""
    decisions = options(128, 0, 0, 0)
    assert key_of(VARIANT, decisions) == ("bounces",)
    assert rejection_of(VARIANT, PREMISES, decisions, []) is None


def test_the_key_follows_the_evidence_wherever_it_points() -> None:
    """Nothing about an option makes it the key but its decision."""
    for index, option in enumerate(VARIANT.options):
        held = [128 if index == each else 0 for each in range(len(VARIANT.options))]
        assert key_of(VARIANT, options(*held)) == (option.id,)


def test_a_premise_that_fails_rejects_before_all_else() -> None:
    """A false stem is told first, with what was measured and what was needed."""
    premises = [PREMISES[0], decide(VARIANT.premises[1].claim, 10, 64)]
    rejection = rejected(premises, options(64, 64, 32, 32, trials=64))
    assert rejection.code is RejectionCode.PREMISE_FAILED
    assert VARIANT.premises[1].says in rejection.reason
    assert "held in 10 of 64 seeds (rate 0.0" in rejection.reason
    assert "supported from 0.90" in rejection.reason


def test_an_undecided_premise_rejects_as_well() -> None:
    """A stem that is not shown to be true is not true enough to be asked."""
    premises = [decide(VARIANT.premises[0].claim, 58, 64), PREMISES[1]]
    rejection = rejected(premises, options(128, 0, 0, 0))
    assert rejection.code is RejectionCode.PREMISE_FAILED


def test_no_key_shows_the_figures_of_every_option() -> None:
    """When every option is refuted the author sees how far each was from holding."""
    rejection = rejected(PREMISES, options(0, 0, 1, 0))
    assert rejection.code is RejectionCode.NO_KEY
    for option in VARIANT.options:
        assert option.id in rejection.reason
    assert "held in 1 of 128 seeds" in rejection.reason


def test_two_keys_name_the_options_that_overlap() -> None:
    """Two supported options of a single choice reject it."""
    rejection = rejected(PREMISES, options(128, 0, 128, 0))
    assert rejection.code is RejectionCode.TWO_KEYS
    assert "bounces and slower overlap" in rejection.reason
    assert "held in 128 of 128 seeds" in rejection.reason


def test_a_multiple_choice_may_have_two_keys() -> None:
    """Several supported options are what a multiple choice is for; none is still too few."""
    several = replace(VARIANT, item=replace(VARIANT.item, type=ItemType.MULTIPLE_CHOICE))
    assert rejection_of(several, PREMISES, options(128, 0, 128, 0), []) is None
    assert rejected(PREMISES, options(0, 0, 0, 0), several).code is RejectionCode.NO_KEY


@pytest.mark.parametrize("held", [40, 100])
def test_an_undecided_distractor_rejects(held: int) -> None:
    """A distractor that is neither supported nor refuted is not false: the item is rejected."""
    rejection = rejected(PREMISES, options(128, held, 0, 0))
    assert rejection.code is RejectionCode.UNDECIDED
    assert "option smooth" in rejection.reason
    assert f"held in {held} of 128 seeds" in rejection.reason
    assert "refuted up to 0.10" in rejection.reason


def test_an_ambiguous_option_is_told_how_to_fix_its_clock() -> None:
    """A claim whose readings disagree names the option and the four clocks."""
    variant = shipped("scheduler-halving")
    open_claim = without_clock(variant.options[0].claim)
    variant = replace(
        variant, options=(replace(variant.options[0], claim=open_claim), *variant.options[1:])
    )
    facts = [decide_fact(premise.claim, holds=True) for premise in variant.premises]
    decisions = [decide_fact(option.claim, holds=False) for option in variant.options]
    rejection = rejection_of(variant, facts, decisions, [open_claim])
    assert rejection is not None
    assert rejection.code is RejectionCode.AMBIGUOUS
    assert "option half" in rejection.reason
    assert "clock = '1-based, start of epoch'" in rejection.reason


def test_figures_say_what_was_seen() -> None:
    """Rates come with counts and bounds; a fact holds or does not."""
    claim = VARIANT.options[0].claim
    assert figures(decide(claim, 60, 64)).startswith("held in 60 of 64 seeds (rate 0.8")
    assert figures(decide_fact(claim, holds=True)) == "holds"
    assert figures(decide_fact(claim, holds=False)) == "does not hold"


def test_every_quantifier_says_what_it_demands() -> None:
    """The demand of each quantifier is told by its own numbers."""
    words = {each: demand(each) for each in {d.claim.quantifier for d in PREMISES}}
    assert all("0.90" in each for each in words.values())
    assert "0.50" in demand(VARIANT.options[0].claim.quantifier)
