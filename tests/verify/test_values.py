"""Numbers as keys: measured over trials, accepted within a tolerance, locked and read again."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.model.item import Claim, Experiment, Measurement, Mistake, Premise, Value, Variant
from lrquiz.model.proof import Spread
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import RejectionCode, VerifiedVariant
from lrquiz.resources.cache import ContentCache
from lrquiz.verify import verify_variant
from lrquiz.verify.lock.check import differences
from lrquiz.verify.lock.entries import curves_of, lock_of
from lrquiz.verify.lock.file import read_lock, write_lock
from lrquiz.verify.lock.reliance import LockedBank
from lrquiz.verify.proofs import ProofStore
from lrquiz.verify.rejection_brief import telling_of
from lrquiz.verify.valuing import is_accepted
from tests.verify.recorded_runs import RecordedRuns, losses, rates, shipped

TOLERANCE = 0.1
NUMBERS = st.floats(-1e6, 1e6)


def item_of(*mistakes: Mistake, tolerance: float = TOLERANCE) -> Variant:
    """Return an item that asks for the last loss of an arm, with a premise that it learns."""
    made = shipped("rate-at-epoch-10")
    premise = Premise("arms.a learns", Claim("training_learns", {"arm": "a"}))
    experiment = Experiment("mlp_classifier", 2, {"a": {"lr": 0.5}})
    value = Value(Measurement("last_loss", {"arm": "a"}), tolerance, mistakes=mistakes)
    stem = "What is the last loss at {{ arms.a.lr }}?"
    item = replace(
        made.item,
        stem=stem,
        premises=(premise,),
        experiment=experiment,
        value=value,
        variants={},
    )
    return Variant(item, "", stem, (premise,), (), experiment, value=value)


def verified(variant: Variant, last: Callable[[int], float]) -> VerifiedVariant:
    """Verify on runs whose last loss depends on the seed alone."""

    def trace(_: str, seed: int) -> Trace:
        rate = {"lr": (0.5, 0.5), "lr_after": (0.5, 0.5)}
        run = losses(9.0, last(seed))
        return replace(
            run,
            epochs={**run.epochs, **rate},
            recorded=run.recorded | {"epoch.lr", "epoch.lr_after"},
        )

    return verify_variant(variant, RecordedRuns(trace).as_laboratory)


def scheduled(arm: str, _: int) -> Trace:
    """Return what a rate leaves behind that is halved every five epochs, once at 4, or never."""
    halvings = [{"step": epoch // 5, "plateau": int(epoch >= 4)}.get(arm, 0) for epoch in range(16)]
    column = tuple(0.1 * 0.5**count for count in halvings)
    return rates(column[:-1], column[1:])


def test_the_key_is_the_median_of_the_trials() -> None:
    """Where nine in ten trials lie within the tolerance, the median is what is asked for."""
    found = verified(item_of(), lambda seed: 1.0 + 0.001 * seed)
    assert found.holds
    assert found.key == ()
    assert found.measured == Spread(1.003, 1.0315, 1.06, 64)
    assert telling_of(found)[0].startswith("the value: median 1.0315")


def test_a_few_outliers_spoil_no_key() -> None:
    """What one trial in thirty-two does lies outside the central ninety per cent."""
    found = verified(item_of(), lambda seed: 5.0 if seed % 32 == 0 else 1.0)
    assert found.holds


def test_a_value_that_varies_more_than_its_tolerance_is_rejected() -> None:
    """A number that every fourth run misses is no key; the reason says by how much."""
    found = verified(item_of(), lambda seed: 2.0 if seed % 4 == 0 else 1.0)
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.UNDECIDED
    assert "from 1 to 2" in found.rejection.reason


def test_a_premise_that_fails_comes_first() -> None:
    """A false stem asks for nothing, whatever was measured."""
    found = verified(item_of(), lambda _: 9.5)
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.PREMISE_FAILED


@pytest.mark.parametrize("value", [1.05, Measurement("last_loss", {"arm": "a"})])
def test_a_mistake_within_the_tolerance_is_rejected(value: Measurement | float) -> None:
    """No response may be right and a mistake at once."""
    found = verified(item_of(Mistake(value, "a slip")), lambda _: 1.0)
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.TWO_KEYS
    assert '"a slip"' in found.rejection.reason


def test_a_mistake_is_measured_as_the_value_is() -> None:
    """What a mistake leads to is read off the same trials."""
    first = Mistake(Measurement("loss_after", {"arm": "a", "epochs": 1}), "the first epoch")
    found = verified(item_of(first), lambda _: 1.0)
    assert found.holds
    assert found.proof is not None
    assert [each.median for each in found.proof.measured] == [1.0, 9.0]


@given(NUMBERS, st.floats(1e-6, 1e3), st.floats(-0.999, 0.999))
def test_what_lies_within_the_tolerance_is_accepted(
    median: float, tolerance: float, share: float
) -> None:
    """A response is accepted up to the tolerance, and not beyond twice of it."""
    step = math.ulp(abs(median) + tolerance)
    if tolerance > 1e4 * step:
        assert is_accepted(median + share * tolerance, median, tolerance)
        assert not is_accepted(median + 2 * tolerance, median, tolerance)
    assert is_accepted(median, median, tolerance)


@given(NUMBERS, st.floats(1e-6, 1e3))
def test_what_is_no_number_is_never_accepted(median: float, tolerance: float) -> None:
    """NaN and infinities are no responses."""
    for response in (math.nan, math.inf, -math.inf):
        assert not is_accepted(response, median, tolerance)


def test_decimals_at_the_edge_are_accepted() -> None:
    """0.0255 is as near to 0.025 as 0.0005 says, whatever binary fractions make of it."""
    assert is_accepted(0.0255, 0.025, 0.0005)
    assert is_accepted(0.1005, 0.1, 0.0005)


@pytest.mark.parametrize(
    "spread", [(2.0, 1.0, 3.0, 64), (1.0, 2.0, math.inf, 64), (1.0, 1.0, 1.0, 0)]
)
def test_what_no_trials_can_measure_is_no_spread(
    spread: tuple[float, float, float, int],
) -> None:
    """Quantiles out of order, infinities and no trials at all are refused."""
    with pytest.raises(ValueError, match="is no spread"):
        Spread(*spread)


@pytest.mark.parametrize(
    "name", ["rate-at-epoch-10", "what-a-scheduler-does", "describe-a-strategy"]
)
def test_shipped_items_hold_and_keep_their_proofs(name: str, tmp_path: Path) -> None:
    """Proved once, each is verified again from the store and from the lock, without a run."""
    variant, proofs = shipped(name), ProofStore(ContentCache(tmp_path / "store"))
    first = verify_variant(variant, RecordedRuns(scheduled).as_laboratory, proofs=proofs)
    nothing = RecordedRuns(lambda *_: losses()).as_laboratory
    assert first.holds
    assert verify_variant(variant, nothing, proofs=proofs) == first
    write_lock(tmp_path, lock_of([first]), curves_of([first]))
    lock = read_lock(tmp_path)
    assert lock is not None
    assert LockedBank(tmp_path, lock).verified(variant) == first
    assert not list(differences(tmp_path, lock, [first]))


def test_a_lock_tells_that_a_value_moved(tmp_path: Path) -> None:
    """A machine that measures another number than the lock has says so; rounding is no other."""
    before = verified(item_of(), lambda _: 1.0)
    now, near = verified(item_of(), lambda _: 1.5), verified(item_of(), lambda _: 1.0001)
    write_lock(tmp_path, lock_of([before]), curves_of([before]))
    lock = read_lock(tmp_path)
    assert lock is not None
    assert "its value was 1.0 and is 1.5 now" in "\n".join(differences(tmp_path, lock, [now]))
    assert not list(differences(tmp_path, lock, [near]))
