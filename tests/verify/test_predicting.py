"""Which curve belongs to a setting is decided by runs of other seeds than the one that is drawn."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.predict import option_id
from lrquiz.evidence.bands import LOOKS
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import RejectionCode, Verdict
from lrquiz.verify.lock.entries import curves_of, lock_of
from lrquiz.verify.lock.file import read_lock, write_lock
from lrquiz.verify.lock.reliance import LockedBank
from tests.verify.predicted import DRAWN, EPOCHS, VARIANT, of_losses, proved, recorded
from tests.verify.recorded_runs import RecordedRuns

KEY = option_id(VARIANT.item.id, "too_high")


def test_the_key_is_the_curve_that_runs_look_like() -> None:
    """The asked arm's own curve is supported, every other refuted, each by a full look."""
    verified = proved()
    assert verified.holds
    assert verified.key == (KEY,)
    assert [each.verdict for each in verified.options].count(Verdict.REFUTED) == 3
    assert {each.trials for each in verified.options} == {LOOKS[0]}


def test_the_key_follows_from_runs_and_from_no_name() -> None:
    """Where runs of the asked arm look like another arm's curve, that one is the key."""

    def like_another(arm: str, seed: int) -> Trace:
        drawn = {"too_high": "lower", "lower": "too_high"} if seed == DRAWN else {}
        shape = recorded(drawn.get(arm, arm), seed)
        return of_losses(arm, *shape.epoch("loss"))

    verified = proved(like_another)
    assert verified.key == (option_id(VARIANT.item.id, "lower"),)


def test_the_drawn_run_is_none_of_those_that_are_counted() -> None:
    """One seed beyond all looks is drawn; its line comes first, before those of counted runs."""
    runs = RecordedRuns(recorded)

    def watched(arm: str, seed: int) -> Trace:
        return runs.trials(VARIANT.experiment, range(seed, seed + 1))[arm][0]

    verified = proved(watched)
    asked = {seed for each in runs.asked for seed in each}
    assert asked == {*range(LOOKS[0]), DRAWN}
    assert verified.proof is not None
    first = verified.proof.lines["good"][0]
    assert first == pytest.approx(recorded("good", DRAWN).epoch("loss"), rel=1e-5)


def test_curves_that_cannot_be_told_apart_have_no_key() -> None:
    """Two settings that train alike leave every option refuted."""

    def alike(arm: str, seed: int) -> Trace:
        shape = recorded("lower" if arm == "too_low" else arm, seed)
        return of_losses(arm, *shape.epoch("loss"))

    verified = proved(alike)
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.NO_KEY


def test_runs_that_look_like_two_curves_decide_nothing() -> None:
    """A setting whose runs look like its curve in two seeds of three only is rejected."""

    def mixed(arm: str, seed: int) -> Trace:
        shape = "too_low" if arm == "too_high" and seed % 3 == 0 else arm
        worse = [*recorded(shape, seed).epoch("loss")[:-1], 9.0 if arm == "too_high" else 0.0]
        return of_losses(arm, *worse)

    verified = proved(mixed)
    assert verified.rejection is not None
    assert verified.rejection.code is RejectionCode.UNDECIDED


def test_a_run_that_is_no_number_belongs_to_such_a_curve() -> None:
    """Runs that explode look like the drawn run that exploded."""

    def exploding(arm: str, seed: int) -> Trace:
        nan = float("nan")
        return of_losses(arm, *[nan] * EPOCHS) if arm == "too_high" else recorded(arm, seed)

    assert proved(exploding).key == (KEY,)


def test_a_lock_holds_all_that_the_key_follows_from(tmp_path: Path) -> None:
    """Another machine reads the same proof from a lock and its curves, the drawn line included."""
    verified = proved()
    write_lock(tmp_path, lock_of([verified]), curves_of([verified]))
    lock = read_lock(tmp_path)
    assert lock is not None
    again = LockedBank(tmp_path, lock).verified(VARIANT)
    assert again is not None
    assert (again.key, again.proof) == (verified.key, verified.proof)
