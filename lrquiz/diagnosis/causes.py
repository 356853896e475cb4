"""Which finding is the root cause, and which are only its consequences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from lrquiz.diagnosis.finding import ERROR, Finding

_STRUCTURE = ("G", "O", "A")
_FOLLOWS: Mapping[str, tuple[str, ...]] = {
    "S1": ("S4", "S5", "S8"),
    "S2": ("S5", "S10"),
    "S4": ("S5",),
    "S7": ("S5",),
    "S8": ("S5",),
    "S9": ("S3", "S5", "S6"),
    "S12": ("S3", "S4", "S5"),
    "M7": ("M2", "M3"),
    "O11": ("L6",),
    "L10": ("D3",),
    "D3": ("D7", "L10"),
    "D5": ("M1", "M2"),
}
"""what else a mistake of schedules, modes and data shows itself in"""
_SIZES = ("H", "G12", "O9")
"""what any other mistake can look like"""
_LIKE_A_RATE = "G10"
"""advice by itself; where the rate seems wrong, it is the reason"""


def without_consequences(found: Iterable[Finding]) -> list[Finding]:
    """Return findings, given in the order of causes, without those that others explain.

    Errors come first. One error in how gradients, optimizers and graphs are joined explains all
    others of that kind: a model that its optimizer does not hold has also parameters that none
    holds. And any error explains a rate, a decay or a depth that seems wrong.
    """
    kept: list[Finding] = []
    for each in _errors_first(_with_reasons(list(found))):
        if not any(_explains(cause, each) for cause in kept):
            kept.append(each)
    return kept


def _with_reasons(found: list[Finding]) -> list[Finding]:
    """Make an error of what is the reason that a rate seems wrong."""
    seems = any(each.code.startswith("H") and each.severity == ERROR for each in found)
    return [
        replace(each, severity=ERROR) if seems and each.code == _LIKE_A_RATE else each
        for each in found
    ]


def _errors_first(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda each: each.severity != ERROR)


def _explains(cause: Finding, other: Finding) -> bool:
    if cause.code.startswith(_STRUCTURE) and other.code.startswith(_STRUCTURE):
        return True
    if other.code in _FOLLOWS.get(cause.code, ()):
        return True
    return cause.severity == ERROR and other.code.startswith(_SIZES)
