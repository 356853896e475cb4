"""What proving a variant leaves behind: enough to derive its verdicts again without training."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Lines = tuple[tuple[float | None, ...], ...]
"""one line per trial, one value per epoch; None where the value was not a finite number"""


@dataclass(frozen=True, slots=True)
class Count:
    """One claim held in `held` of `trials` trials.

    Raises:
        ValueError: no runs can have shown these numbers.
    """

    held: int
    trials: int
    ambiguous: bool = False
    """the clocks that the claim leaves open disagree about it"""

    def __post_init__(self) -> None:
        if not 0 <= self.held <= self.trials or self.trials < 1:
            message = f"{self.held} of {self.trials} trials is no count"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Spread:
    """What `trials` trials measured of one number; None where it was no finite number.

    Raises:
        ValueError: no trials can have measured these numbers.
    """

    low: float | None
    """the 5 % quantile"""
    median: float | None
    high: float | None
    """the 95 % quantile"""
    trials: int

    def __post_init__(self) -> None:
        known = [each for each in (self.low, self.median, self.high) if each is not None]
        if self.trials < 1 or known != sorted(known) or not all(map(math.isfinite, known)):
            message = f"{self.low}, {self.median}, {self.high} of {self.trials} is no spread"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class OrderGroup:
    """Orders of a loop's lines that did the same, bit for bit.

    An order is told by the places that its lines have in the code, counted from 0: `10234` runs the
    second line first.
    """

    orders: tuple[str, ...]
    holds: bool
    """whether they trained as the reference did"""
    raised: str = ""
    """the exception that they ended with; empty where they ran to the end"""
    moved: bool = True
    """whether any weight moved"""
    same_losses: bool = False
    """whether the loop reported the reference's losses, whatever became of the weights"""
    line: tuple[float | None, ...] = ()
    """the loss by epoch, for drawing"""


@dataclass(frozen=True, slots=True)
class Proof:
    """What runs showed of one variant; what follows from it is derived anew each time."""

    inputs: str
    """digest of everything the counts depend on"""
    premises: tuple[Count, ...]
    options: tuple[Count, ...]
    """in the order of the variant's options"""
    quantity: str
    """what the lines show: `loss` or `lr`"""
    lines: Mapping[str, Lines]
    """some trials of each arm, for drawing"""
    torch_version: str
    """of the torch that trained"""
    measured: tuple[Spread, ...] = ()
    """what a numeric item asks for, then what its mistakes lead to where that is measured"""
    orders: tuple[OrderGroup, ...] = ()
    """of an order item: every order of its lines, those that hold first"""
