"""What is to be filled in, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lrquiz.export.table.layout import Platform
from lrquiz.model.course import Roster
from lrquiz.model.mark import Mark


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be filled, and how."""

    work: str
    """id of the task or quiz"""
    marks: Sequence[Mark]
    roster: Roster
    places: Mapping[str, str] = field(default_factory=dict)
    """names under which submissions came, by student"""
    column: str | None = None
    scale: bool = False
    """whether scores become shares of what the column says is a full mark"""
    missing: float | None = None
    """what those get who handed in nothing; None leaves their cells as they are"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a student that was listed, with why."""

    who: str
    why: str
    line: int | None = None
    """of the file; None where there is no row"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled table, and what became of everybody."""

    content: bytes
    platform: Platform
    column: str
    filled: Mapping[str, str]
    """what was written, by student"""
    missing: tuple[Line, ...]
    """those who handed in nothing, whether they got a number or stayed as they were"""
    left: tuple[Line, ...]
    """rows that were left as they were although their student has a mark"""
    unmatched: tuple[Line, ...]
    """rows of nobody known"""
    without_row: tuple[Line, ...]
    """marks that no row takes"""
