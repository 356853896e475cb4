"""Loops run in an order of their lines: exactly these lines, and the same numbers every time."""

from __future__ import annotations

import pytest

from lrquiz.bank.loops import BATCH_LOOP
from lrquiz.errors import RecipeError
from lrquiz.evidence.predicates.trajectories import trains_as
from lrquiz.experiments.recipes.ordered import run_ordered
from tests.verify.ordered_loops import LATE, RIGHT


def test_a_loop_is_run_as_it_stands() -> None:
    """Every batch reports its loss; the weights at the end are all there, and have moved."""
    trace = run_ordered(BATCH_LOOP, RIGHT[0], 3)
    assert len(trace.step("loss")) == 3 * 4
    assert trace.epoch("loss")[0] == pytest.approx(sum(trace.step("loss")[:4]) / 4)
    assert len(trace.epoch("weights")) == 10 * 10 + 10 + 10 * 2 + 2
    assert trace.epoch("weight_change")[0] > 0
    assert trace == run_ordered(BATCH_LOOP, RIGHT[0], 3)


@pytest.mark.parametrize("order", RIGHT[1:])
def test_clearing_elsewhere_changes_no_bit(order: tuple[str, ...]) -> None:
    """Where gradients are cleared does not matter, as long as none is lost."""
    assert trains_as(run_ordered(BATCH_LOOP, order, 3), run_ordered(BATCH_LOOP, RIGHT[0], 3))


def test_a_step_with_the_gradient_before_ends_elsewhere() -> None:
    """A step taken first reports the same losses, and its last gradient is never used."""
    late, right = (run_ordered(BATCH_LOOP, each, 3) for each in (LATE, RIGHT[0]))
    assert late.step("loss") == right.step("loss")
    assert late.epoch("weights") != right.epoch("weights")
    assert not trains_as(late, right)


def test_an_exception_ends_training_and_is_kept() -> None:
    """What Python raises is evidence."""
    trace = run_ordered(BATCH_LOOP, ("loss", "forward", "clear", "backward", "step"), 3)
    assert (trace.stopped or "").startswith("UnboundLocalError: ")
    assert not trace.epoch("loss")
    assert trace.epoch("weight_change") == (0.0,)


@pytest.mark.parametrize("order", [("clear",), ("clear",) * 5, ("__import__('os')",) * 5])
def test_nothing_but_the_lines_is_run(order: tuple[str, ...]) -> None:
    """An arm says ids: what is no order of the code's lines is refused before anything runs."""
    with pytest.raises(RecipeError, match="is no order of"):
        run_ordered(BATCH_LOOP, order, 3)


def test_code_without_marks_is_no_such_loop() -> None:
    """A recipe must mark the lines that it lets move."""
    with pytest.raises(RecipeError, match="no lines that can be put in order"):
        run_ordered("def train(*_): pass\n", (), 3)


def test_numbers_that_are_not_finite_repeat_themselves() -> None:
    """Two runs that diverge are equal: NaN, which equals nothing, is kept as infinite."""
    code = BATCH_LOOP.replace("losses.append(loss.item())", "losses.append(float('nan'))")
    one, other = (run_ordered(code, RIGHT[0], 2) for _ in range(2))
    assert one == other
    assert not trains_as(one, other)
