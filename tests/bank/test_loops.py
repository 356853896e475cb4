"""Loops with movable lines: what a marked code says, and what an order of its lines makes of it."""

from __future__ import annotations

import ast
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.bank.loops import BATCH_LOOP, CLIPPED_LOOP, EPOCH_LOOP, Loop, loop_of

CODES = (BATCH_LOOP, CLIPPED_LOOP, EPOCH_LOOP)


def loop(code: str = BATCH_LOOP) -> Loop:
    found = loop_of(code)
    assert found is not None
    return found


@given(code=st.sampled_from(CODES), data=st.data())
def test_an_order_moves_marked_lines_alone(code: str, data: st.DataObject) -> None:
    """Whatever the order, the program has the same lines, none of them marked, and can be read."""
    found = loop(code)
    order = data.draw(st.permutations(found.ids))
    source = found.source(order)
    plain = [line.partition("  #: ")[0] for line in code.splitlines()]
    assert sorted(source.splitlines()) == sorted(plain)
    assert "#:" not in source
    texts = {each.id: each.text for each in found.lines}
    places = [source.index(texts[each]) for each in order]
    assert places == sorted(places)
    ast.parse(source)


@pytest.mark.parametrize("code", CODES)
def test_there_are_as_many_orders_as_lines_allow(code: str) -> None:
    """Every order is told once, and the first is that of the code."""
    found = loop(code)
    orders = list(found.orders())
    assert orders[0] == found.ids
    assert len(set(orders)) == len(orders) == math.factorial(len(found.lines))


def test_a_frame_shows_where_lines_belong_and_none_of_them() -> None:
    """What a stem shows has a comment in the place of the lines."""
    found = loop()
    assert "            # your lines, in order\n            losses.append" in found.frame
    assert not any(each.text in found.frame for each in found.lines)


@pytest.mark.parametrize(
    "order", [(), ("clear",), ("clear",) * 5, ("import os", "forward", "loss", "backward", "step")]
)
def test_what_is_no_order_is_refused(order: tuple[str, ...]) -> None:
    """Only the code's own lines can be run, each once."""
    with pytest.raises(ValueError, match="is no order of clear, forward, loss, backward, step"):
        loop().source(order)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("#: forward", "#: clear"), "two marked lines have the same id"),
        (("  #: forward", ""), "a line without a mark stands among marked ones"),
        (("            outputs", "        outputs"), "marked lines are not indented alike"),
        (("#: ", "#"), ""),
    ],
)
def test_code_that_cannot_be_ordered(change: tuple[str, str], sentence: str) -> None:
    """Marks that make no list of movable lines are told; code without marks is no such loop."""
    code = BATCH_LOOP.replace(*change)
    if not sentence:
        assert loop_of(code) is None
        return
    with pytest.raises(ValueError, match=sentence):
        loop_of(code)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_too_few_and_too_many_lines(count: int) -> None:
    """Three to six lines can be ordered: of seven there would be 5,040 trainings."""
    code = "".join(f"line{at}()  #: line{at}\n" for at in range(count))
    with pytest.raises(ValueError, match=f"{count} lines are marked; mark 3 to 6"):
        loop_of(code)
