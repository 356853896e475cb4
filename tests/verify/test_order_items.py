"""Order items: every order is run, and runs alone say which are right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.ordering import loop_ordered
from lrquiz.errors import BankError
from lrquiz.model.item import Order, OrderMistake, Variant
from lrquiz.model.quiz import runs_in_order
from lrquiz.model.verdict import RejectionCode
from lrquiz.verify.lock.entries import curves_of, lock_of
from lrquiz.verify.lock.file import lock_path, read_lock, write_lock
from lrquiz.verify.lock.reliance import LockedBank
from lrquiz.verify.ordering import is_every_order, untold
from lrquiz.verify.proofs import fits
from tests.verify.ordered_loops import BATCH, CODE, LATE, RIGHT, proved, told, verified
from tests.verify.recorded_runs import shipped


def order_of(variant: Variant) -> Order:
    assert variant.order is not None
    return variant.order


def with_mistake(*lines: str) -> Variant:
    variant = shipped(BATCH)
    mistakes = (*order_of(variant).mistakes, OrderMistake(lines, "never"))
    return replace(variant, order=replace(order_of(variant), mistakes=mistakes))


def ids_of(order: str) -> list[str]:
    ids = loop_ordered(shipped(BATCH).experiment).ids
    return [ids[int(place)] for place in order]


def test_the_orders_that_hold_are_those_that_train_alike() -> None:
    """Of 120 orders of the calls of a batch four train bit for bit as the original."""
    found = proved()
    assert found.rejection is None
    assert found.proof is not None
    assert is_every_order(found.proof.orders, 5)
    right = [ids_of(order) for each in found.proof.orders if each.holds for order in each.orders]
    assert told(right) == told(RIGHT)


def test_groups_say_what_orders_did() -> None:
    """Orders are told apart by their exception, their losses, and whether a weight moved."""
    proof = proved().proof
    assert proof is not None
    groups = {" ".join(ids_of(each)): group for group in proof.orders for each in group.orders}
    raised = groups["clear loss forward backward step"]
    assert raised.raised.startswith("UnboundLocalError")
    assert not raised.line
    still = groups["forward loss backward clear step"]
    assert not still.moved
    assert len(set(still.line)) == 1
    late = groups[" ".join(LATE)]
    assert (late.holds, late.moved, late.same_losses, late.raised) == (False, True, True, "")


@pytest.mark.parametrize("name", [BATCH, "order-an-epoch"])
def test_every_wrong_order_has_its_feedback(name: str) -> None:
    """The shipped mistakes tell every wrong order, and no right one."""
    variant = shipped(name)
    found = verified(variant)
    assert found.rejection is None
    assert found.proof is not None
    assert untold(variant, found.proof.orders) == 0


def test_a_mistake_that_a_right_order_makes_is_refuted() -> None:
    """Feedback that calls a right order wrong is false, so the item is rejected."""
    found = verified(with_mistake("forward", "clear"))
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.WORDING
    assert "running forward, then clear is called a mistake" in found.rejection.reason


def test_lines_of_which_any_order_holds_ask_for_nothing() -> None:
    """An item whose orders all train alike is rejected."""
    code = CODE.replace("optimizer.zero_grad()  #", "pass  #")
    for name in ("forward", "loss", "backward", "step"):
        line = next(each for each in code.splitlines() if each.endswith(f"#: {name}"))
        code = code.replace(line, f"            pass  #: {name}")
    code = code.replace("losses.append(loss.item())", "losses.append(1.0)")
    variant = replace(shipped(BATCH), premises=())
    found = verified(variant, code)
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.TWO_KEYS


def test_a_reference_that_fails_has_no_key() -> None:
    """Where even the reference's own order stops, nothing trains like it."""
    code = CODE.replace("losses.append(loss.item())", "losses.append(los.item())")
    found = verified(replace(shipped(BATCH), premises=()), code)
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.NO_KEY


def test_a_failing_premise_comes_first() -> None:
    """A stem that is not true is rejected for that, whatever its orders do."""
    variant = shipped(BATCH)
    wrong = replace(variant.premises[1].claim, parameters={"arm": "original"})
    premises = (variant.premises[0], replace(variant.premises[1], claim=wrong))
    found = verified(replace(variant, premises=premises))
    assert found.rejection is not None
    assert found.rejection.code is RejectionCode.PREMISE_FAILED


def test_a_proof_must_hold_every_order() -> None:
    """A proof that lacks an order, or has one twice, is no proof of the item."""
    variant, proof = shipped(BATCH), proved().proof
    assert proof is not None
    assert fits(proof, variant)
    first, *rest = proof.orders
    short = replace(first, orders=first.orders[1:])
    double = replace(first, orders=(*first.orders, first.orders[0]))
    assert not fits(replace(proof, orders=(short, *rest)), variant)
    assert not fits(replace(proof, orders=(double, *rest)), variant)
    assert not fits(replace(proof, orders=()), variant)


def test_a_lock_keeps_what_every_order_did(tmp_path: Path) -> None:
    """A locked item is verified without a run; one order moved to the right ones is found out."""
    found = proved()
    write_lock(tmp_path, lock_of([found]), curves_of([found]))
    lock = read_lock(tmp_path)
    assert lock is not None
    assert LockedBank(tmp_path, lock).verified(shipped(BATCH)) == found
    text = lock_path(tmp_path).read_text()
    assert len(text) < 6_000
    lock_path(tmp_path).write_text(text.replace('"01234"', '"10432"', 1))
    with pytest.raises(BankError, match="does not fit its seal"):
        read_lock(tmp_path)


def test_a_sequence_may_have_others_between() -> None:
    """Lines run in order whatever runs between them."""
    assert runs_in_order(("a", "c"), "abc")
    assert not runs_in_order(("c", "a"), "abc")
    assert not runs_in_order(("a", "a"), "abc")
