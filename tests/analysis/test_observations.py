"""Observations: every sentence holds of the row that it stands in."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.analysis.observations import observations

LOSSES = st.lists(
    st.none() | st.floats(0, 1e6) | st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=8
)
RATES = st.lists(st.sampled_from([0.0, 0.1, 0.05, 0.2, 0.03, 0.01]), min_size=2, max_size=9)
SHARES = st.lists(st.integers(0, 200).map(lambda right: right / 200), min_size=2, max_size=8)


def of_losses(losses: list[float | None]) -> tuple[tuple[str, ...], ...]:
    flat = [0.1] * len(losses)
    return observations(losses, [None] * len(losses), flat, flat)


@given(LOSSES)
def test_what_is_said_of_a_loss_holds(losses: list[float | None]) -> None:
    """Falls, rises, per cents, lowest values and non-finite values are those of the column."""
    for epoch, said in enumerate(of_losses(losses)):
        now, before = losses[epoch], losses[epoch - 1] if epoch else None
        text = "; ".join(said)
        assert ("not a finite number" in text) is (now is None)
        assert ("loss fell" in text) is (None not in (now, before) and now < before)  # type: ignore[operator]
        assert ("loss rose" in text) is (None not in (now, before) and now > before)  # type: ignore[operator]
        assert ("unchanged" in text) is (now is not None and now == before)
        if "lowest" in text:
            assert now is not None
            assert all(now < each for each in losses[:epoch] if each is not None)
        found = re.search(r"by (less than )?(\d+) %", text)
        if found:
            assert now is not None
            assert before
            share = 100 * abs(now - before) / before
            assert share < 1 if found[1] else abs(share - int(found[2])) <= 0.5 + 1e-9 * share


@given(SHARES)
def test_what_is_said_of_accuracy_holds(shares: list[float]) -> None:
    """Points are the difference to the row above, with its sign."""
    flat = [0.1] * len(shares)
    said = observations([1.0] * len(shares), shares, flat, flat)
    for epoch in range(1, len(shares)):
        points = 100 * (shares[epoch] - shares[epoch - 1])
        (text,) = [each for each in said[epoch] if "accuracy" in each]
        found = re.search(r"(rose|fell) by ([\d.]+) points", text)
        assert (found is None) is (points == 0)
        if found:
            assert (found[1] == "rose") is (points > 0)
            assert abs(float(found[2]) - abs(points)) < 0.051


@given(RATES)
def test_what_is_said_of_the_rate_holds(rates: list[float]) -> None:
    """A row names a rate when, and only when, it trains with another than the row above."""
    used, after = rates[:-1], rates[1:]
    said = observations([1.0] * len(used), [None] * len(used), used, after)
    for epoch in range(1, len(used)):
        told = [each for each in said[epoch] if each.startswith("rate")]
        assert bool(told) is (used[epoch] != used[epoch - 1])
        if told:
            assert told[0].endswith(f"trains with {used[epoch]:g}")
            assert ("halved" in told[0]) is (used[epoch] == used[epoch - 1] / 2)
    unused = [each for each in said[-1] if "no epoch uses" in each]
    assert bool(unused) is (rates[-1] != rates[-2])


@pytest.mark.parametrize(
    ("losses", "last"),
    [
        ([1.0, 0.88], ("loss fell by 12 %",)),
        ([1.0, 1.5, 0.5], ("loss fell by 67 %", "lowest loss so far")),
        ([1.0, 1.001], ("loss rose by less than 1 %",)),
        ([1.0, None], ("the loss is not a finite number",)),
        ([None, 1.0], ("the loss is a finite number again",)),
        ([0.0, 1.0], ("loss rose from zero",)),
    ],
)
def test_sentences(losses: list[float | None], last: tuple[str, ...]) -> None:
    """The sentences read as somebody who looks at the table would say them."""
    assert of_losses(losses)[-1] == last
