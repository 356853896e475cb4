"""Measured numbers as pages show them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lrquiz.resources.texts import said

MINUS = "\u2212"


def number(value: float | None) -> str:
    """Return a number in four significant digits, as `0.6931`, or say that it is none."""
    if value is None:
        return said("not finite")
    return f"{value:.4g}".replace("-", MINUS)


def share(value: float | None) -> str:
    """Return a share of 0 to 1 in per cent."""
    return said("not finite") if value is None else f"{100 * value:.1f} %"


def shape(sizes: Sequence[int]) -> str:
    """Return a tensor's shape, as `800 x 10`."""
    return " \u00d7 ".join(map(str, sizes))


def values(shown: Sequence[float | None], sizes: Sequence[int], first: int) -> str:
    """Return some neighbouring values of a tensor, and which they are when there are more.

    Args:
        shown: the values.
        sizes: the tensor's shape, of one row.
        first: which value the first is, counted from 0.
    """
    listed = ", ".join(map(number, shown))
    total = math.prod(sizes)
    if len(shown) == total:
        return listed
    return said(
        "%(listed)s (values %(first)s to %(last)s of %(total)s, counted from 0)",
        listed=listed,
        first=first,
        last=first + len(shown) - 1,
        total=total,
    )
