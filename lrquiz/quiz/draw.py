"""Everything random about a quiz, drawn from its seed alone."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def shuffled(things: Iterable[T], seed: int, *purpose: str) -> list[T]:
    """Return `things` in an order that depends on their number, the seed and the purpose only."""
    text = "\0".join([str(seed), *purpose])
    order = random.Random(hashlib.sha256(text.encode()).digest())  # noqa: S311 - no secret
    result = list(things)
    order.shuffle(result)
    return result
