"""Points as people write them."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


def points_in(text: str) -> float:
    """Return the number that a cell or an option holds, its decimals after a point or a comma.

    Raises:
        ValueError: it is no number, not finite, or below 0; the message says which.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text!r} is no number of points; write one such as 2.5")
    points = float(text.replace(",", "."))
    if not math.isfinite(points):
        raise ValueError(f"{text!r} is no finite number of points")
    if points < 0:
        raise ValueError(f"{text} points are below 0")
    return points
