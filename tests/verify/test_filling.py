"""Fill-ins: the key is every response whose run fits the claim, and those must train alike."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import pytest

from lrquiz.model.trace import Trace
from lrquiz.model.verdict import RejectionCode, VerifiedVariant
from lrquiz.verify import verify_variant
from tests.verify.recorded_runs import RecordedRuns, shipped

RIGHT = {"filled_decimal", "filled_scientific", "filled_power", "filled_fraction", "filled"}


def trained(rate: float, losses: tuple[float, ...] = (0.9, 0.8, 0.7)) -> Trace:
    """Return what a run of three epochs at one rate records."""
    columns = {
        "loss": losses,
        "lr": (rate,) * 3,
        "lr_after": (rate,) * 2,
        "weight_change": (1.0,),
    }
    recorded = frozenset(f"epoch.{name}" for name in columns)
    return Trace(columns, recorded=recorded, planned_epochs=3)


def verified(
    others: Mapping[str, Trace], right: Callable[[str], Trace] = lambda _: trained(0.01)
) -> VerifiedVariant:
    def trace(arm: str, _: int) -> Trace:
        return others.get(arm) or (right(arm) if arm in RIGHT else trained(0.5))

    return verify_variant(shipped("fill-in-the-rate"), RecordedRuns(trace).as_laboratory)


def test_all_responses_that_do_what_is_asked_are_the_key() -> None:
    """Each response is an arm of its own, decided by the claim of the blank."""
    found = verified({})
    assert found.rejection is None
    assert found.key == ("decimal", "scientific", "power", "fraction")
    assert {option.claim.parameters["arm"] for option in found.variant.options} > RIGHT - {"filled"}


def test_rounding_is_no_other_training() -> None:
    """Responses of the same number in other digits may differ in the last ones."""
    close = trained(0.01, (0.9, 0.8, 0.700001))
    assert verified({"filled_power": close}).rejection is None


@pytest.mark.parametrize("last", [0.71, math.nan])
def test_right_responses_that_train_apart_are_rejected(last: float) -> None:
    """Where two ways of training do what is asked, a check by weights would refuse one of them."""
    found = verified({"filled_power": trained(0.01, (0.9, 0.8, last))})
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.AMBIGUOUS
    assert "1e-2 and 10**-2 both bring about what is asked for" in found.rejection.reason


def test_a_blank_that_anything_fills_is_rejected() -> None:
    """Without a response that is wrong, nothing is asked."""
    wrong = {f"filled_{name}" for name in ("quoted", "name", "tenfold", "exponent")}
    found = verified(dict.fromkeys(wrong, trained(0.01)))
    assert found.rejection is not None
    assert found.rejection.reason == "every response is right; add one that shows a mistake"


def test_a_blank_that_nothing_fills_is_rejected() -> None:
    """Without a response that is right, there is no key."""
    found = verified({}, lambda arm: trained(0.01 if arm == "filled" else 0.02))
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.NO_KEY
