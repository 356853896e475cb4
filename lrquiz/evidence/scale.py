"""The axes on which curves are drawn side by side, and how far apart two curves lie there.

One place for both, so that "looks like" is decided on the very scale that a reader sees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

HIGHEST = 1e6
"""taller values are not drawn: they would flatten every other line"""
_WIDE = 20
"""times the median, from which the highest value asks for a logarithmic scale"""

Line = Sequence[float | None]
"""one value per epoch; None where there was no finite number"""


@dataclass(frozen=True, slots=True)
class Scale:
    """Axes that several charts share."""

    low: float
    high: float
    is_log: bool
    places: int
    """how many values the longest line has"""

    def height(self, value: float | None) -> float | None:
        """Return where a value stands, 0 at the lowest to 1 at the highest; None: not drawn.

        What lies beyond the axes stands at their end.
        """
        found = drawn(value)
        if found is None:
            return None
        low, high, at = self.low, self.high, min(max(found, self.low), self.high)
        if self.is_log:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return (at - low) / (high - low) if high > low else 0.5


def drawn(value: float | None) -> float | None:
    """Return a value that can be drawn, a finite number that is not too tall; None otherwise."""
    is_drawn = value is not None and math.isfinite(value) and abs(value) <= HIGHEST
    return value if is_drawn else None


def spans_decades(values: Sequence[float]) -> bool:
    """Say whether values that are drawn together need a logarithmic scale."""
    median = sorted(values)[len(values) // 2]
    return max(values) > _WIDE * max(median, 1e-12) and min(values) > 0


def common_scale(lines: Sequence[Line]) -> Scale:
    """Return the axes on which all of these lines can be compared."""
    values = [value for line in lines for value in map(drawn, line) if value is not None]
    places = max(map(len, lines), default=0)
    if not values:
        return Scale(0.0, 1.0, is_log=False, places=places)
    return Scale(min(values), max(values), spans_decades(values), places)


def apart(one: Line, other: Line, scale: Scale) -> float:
    """Return the mean difference in height between two lines, 0 to 1.

    A place where only one of them is drawn counts as the whole height; where neither is, as none.
    """
    heights = zip_longest(map(scale.height, one), map(scale.height, other))
    gaps = [_gap(*pair) for pair in heights]
    return sum(gaps) / max(len(gaps), scale.places, 1)


def _gap(one: float | None, other: float | None) -> float:
    if one is None or other is None:
        return float(one is not other)
    return abs(one - other)
