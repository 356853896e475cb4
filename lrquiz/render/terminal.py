"""Curves in a terminal: a column of blocks for each value, all series on one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import chain, pairwise

_BLOCKS = " ▁▂▃▄▅▆▇█"
_ASCII = " .:|#"
_NOT_FINITE = "x"
_DECADE = 10.0
"""from this ratio of the largest to the smallest value on, the scale is logarithmic"""
_OUT_OF_SIGHT = 100.0
"""the scale ends at this many times the peak of the lowest series; what is higher fills a column"""
_WIDEST_COLUMN, _MOST_ROWS = 3, 5

Series = Sequence[float]
Scale = Callable[[float], float]
"""from a finite value to its height, 0 to 1"""


def curves(
    series: Mapping[str, Series], *, encoding: str = "utf-8", width: int = 72, height: int = 10
) -> str:
    """Return all series as columns of blocks on one scale, each under its name and its ends.

    Args:
        series: values in order, by name; those that are not finite are marked by an x.
        encoding: of the terminal; where it has no blocks, plain ASCII is drawn.
        width: the most characters of a line of columns.
        height: the most lines of all, as long as each series can have a row of columns.
    """
    scale, legend = _scale(series)
    levels = _BLOCKS if _can_carry(encoding) else _ASCII
    rows = max(1, min(_MOST_ROWS, (height - 1) // max(len(series), 1) - 1))
    lines = []
    for name, values in series.items():
        lines.append(f"{name}  {_ends(values)}".rstrip())
        lines += _drawn(_columns(values, width), scale, levels, rows)
    if any(not math.isfinite(value) for value in chain(*series.values())):
        legend += f"; {_NOT_FINITE}: not finite"
    return "\n".join([*lines, legend])


def _can_carry(encoding: str) -> bool:
    try:
        _BLOCKS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _scale(series: Mapping[str, Series]) -> tuple[Scale, str]:
    """Return the scale that these values span, and what it is in words."""
    finite = [value for value in chain(*series.values()) if math.isfinite(value)]
    if not finite:
        return (lambda _: 0.0), "no finite value"
    low, high = min(finite), max(finite)
    cap = _cap(series, high)
    words = f"from {low:.3g} to {cap:.3g}{' and above' if cap < high else ''}"
    if low > 0 and cap / low >= _DECADE:
        bottom, span = math.log(low), math.log(cap) - math.log(low)
        return (lambda value: (math.log(min(value, cap)) - bottom) / span), f"{words}, logarithmic"
    span = cap / 2 - low / 2  # halves, as the whole may be too large for a float
    if span <= 0:
        return (lambda _: 0.5), words
    return (lambda value: (min(value, cap) / 2 - low / 2) / span), words


def _cap(series: Mapping[str, Series], high: float) -> float:
    """Return the top of the scale: a series that explodes must not flatten all the others."""
    finite = ([value for value in values if math.isfinite(value)] for values in series.values())
    lowest_peak = min(max(values) for values in finite if values)
    return min(high, _OUT_OF_SIGHT * lowest_peak) if lowest_peak > 0 else high


def _ends(values: Series) -> str:
    if not values:
        return "no values"
    first, last = (
        f"{value:.3g}" if math.isfinite(value) else "not finite"
        for value in (values[0], values[-1])
    )
    return f"{first} to {last}"


def _columns(values: Series, width: int) -> list[float]:
    """Return one value per column: each several times, or the largest of several."""
    count = len(values)
    if count <= width:
        times = min(_WIDEST_COLUMN, width // max(count, 1))
        return [value for value in values for _ in range(times)]
    cuts = [column * count // width for column in range(width + 1)]
    return [_largest(values[start:end]) for start, end in pairwise(cuts)]


def _largest(values: Series) -> float:
    """Return the largest value, so that no rise is hidden; one that is not finite comes first."""
    return next((value for value in values if not math.isfinite(value)), max(values))


def _drawn(columns: Series, scale: Scale, levels: str, rows: int) -> list[str]:
    """Return the rows of all columns, the highest first."""
    most = len(levels) - 1
    lines = []
    for row in reversed(range(rows)):
        cells = [_cell(value, scale, levels, row * most, rows * most) for value in columns]
        lines.append("".join(cells).rstrip())
    return lines


def _cell(value: float, scale: Scale, levels: str, below: int, most: int) -> str:
    """Return what a column shows in the row that has `below` steps under it."""
    if not math.isfinite(value):
        return levels[0] if below else _NOT_FINITE
    steps = 1 + round(scale(value) * (most - 1))
    return levels[max(0, min(len(levels) - 1, steps - below))]
