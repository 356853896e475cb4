"""What a quiz should contain."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pick:
    """One demand of a blueprint: `count` items that match everything it names."""

    count: int
    items: tuple[str, ...] = ()
    """ids to choose from; empty means any"""
    objective: str | None = None
    difficulty: str | None = None
    points: float | None = None
    """what each is worth; None: what its item says"""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A quiz's title and its demands, in order."""

    title: str
    picks: tuple[Pick, ...]
    minutes: float | None = None
    """of an exam's countdown; None where there is none"""
