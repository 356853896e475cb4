"""Curves in a terminal."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.render.terminal import curves

ANY_SERIES = st.dictionaries(
    st.text("abc", min_size=1, max_size=5), st.lists(st.floats(), max_size=200), max_size=8
)


def columns(text: str, name: str) -> list[str]:
    """Return the drawn rows of one series, the highest first."""
    lines = text.split("\n")
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{name}  "))
    rows = lines[start + 1 : -1]
    ends = [i for i, line in enumerate(rows) if " to " in line or "no values" in line]
    return rows[: ends[0] if ends else None]


def test_a_falling_series_falls() -> None:
    """Each value is a column whose height follows it, from the lowest block to the highest."""
    drawn = columns(curves({"a": [8, 7, 6, 5, 4, 3, 2, 1]}, height=1), "a")
    assert drawn == ["███▇▇▇▆▆▆▅▅▅▄▄▄▃▃▃▂▂▂▁▁▁"]


def test_ascii_stands_in_where_blocks_cannot_be_shown() -> None:
    """An encoding without blocks, or an unknown one, gets plain ASCII that falls all the same."""
    for encoding in ("ascii", "latin-1", "no-such-encoding"):
        text = curves({"a": [4, 3, 2, 1]}, encoding=encoding, height=1)
        assert text.isascii()
        assert columns(text, "a") == ["###|||:::..."]


def test_values_that_are_not_finite_are_marked() -> None:
    """NaN and infinity are an x on the ground, and the legend says what that means."""
    text = curves({"a": [1.0, nan, inf, 2.0]}, height=1)
    assert columns(text, "a") == ["▁▁▁xxxxxx███"]
    assert text.endswith("from 1 to 2; x: not finite")
    assert "x:" not in curves({"a": [1.0, 2.0]})


def test_the_scale_is_logarithmic_where_values_span_decades() -> None:
    """From 1 to 100, the value 10 stands halfway; from 1 to 3 the value 2 does."""
    wide = curves({"a": [1, 10, 100]}, height=1)
    near = curves({"a": [1, 2, 3]}, height=1)
    assert columns(wide, "a") == columns(near, "a") == ["▁▁▁▅▅▅███"]
    assert wide.endswith("from 1 to 100, logarithmic")
    assert near.endswith("from 1 to 3")


def test_all_series_share_one_scale() -> None:
    """Two series can be compared: equal values have equal heights."""
    text = curves({"low": [1, 2], "high": [2, 3]}, height=1)
    assert columns(text, "low") == ["▁▁▁▅▅▅"]
    assert columns(text, "high") == ["▅▅▅███"]


def test_a_series_that_explodes_flattens_no_other() -> None:
    """The scale ends where the others can still be seen; what lies above fills its column."""
    text = curves({"low": [0.8, 0.1], "high": [1e28, 1e30]}, height=1)
    assert columns(text, "low") == ["▃▃▃▁▁▁"]
    assert columns(text, "high") == ["██████"]
    assert text.endswith("from 0.1 to 80 and above, logarithmic")


def test_a_long_series_is_squeezed_and_hides_no_rise() -> None:
    """More values than columns: each column shows the largest of its values."""
    values = [1.0] * 500
    values[251] = 5.0
    (row,) = columns(curves({"a": values}, width=50, height=1), "a")
    assert len(row) == 50
    assert row.count("█") == 1


@pytest.mark.parametrize("values", [[], [3.0], [0.0, 0.0], [nan], [-1.0, -1.0]])
def test_odd_series_are_drawn(values: list[float]) -> None:
    """No values, one, equal ones or none that is finite: all have a picture."""
    assert curves({"a": values}).startswith("a  ")


@given(ANY_SERIES, st.sampled_from(["utf-8", "ascii"]))
def test_any_series_fit_their_frame(series: dict[str, list[float]], encoding: str) -> None:
    """Whatever the numbers: at most 72 characters wide, and at most 10 lines for few series."""
    lines = curves(series, encoding=encoding).split("\n")
    assert all(len(line) <= 72 for line in lines)
    assert len(lines) <= max(10, 2 * len(series) + 1)
