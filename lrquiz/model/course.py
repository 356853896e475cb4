"""A course: who is in it, and what holds for each of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum
from pathlib import Path


def folded(text: str) -> str:
    """Return what the spellings of one name share: case, encoding of accents and spaces apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Student:
    """One row of the roster."""

    id: str
    """who it is in every file and table; never taken from what a student hands in"""
    name: str = ""
    email: str = ""
    section: str = ""
    group: str = ""
    """who shares a score with whom; empty where everyone works alone"""
    extra_time: float = 1.0
    """factor on every countdown"""
    due: datetime | None = None
    """a deadline of one's own, with its time zone"""
    late_days: int | None = None
    """how many days after the deadline are free; None where the course's rule holds"""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone in a course, in the order of its file."""

    students: tuple[Student, ...]

    def find(self, student: str) -> Student | None:
        """Return the student of this id, however it is capitalised; None if there is none."""
        wanted = folded(student)
        return next((each for each in self.students if folded(each.id) == wanted), None)

    def sharing_with(self, student: str) -> tuple[Student, ...]:
        """Return everyone of this student's group, itself included; empty if it has none."""
        one = self.find(student)
        if one is None or not folded(one.group):
            return ()
        return tuple(each for each in self.students if folded(each.group) == folded(one.group))


NOBODY = Roster(())
"""the roster where there is none"""


class Counting(StrEnum):
    """Which of several attempts a student's score is."""

    BEST = "best"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class LateRule:
    """What a late hand-in costs."""

    grace: timedelta = timedelta()
    """after the deadline, for slow uploads; no day begins before it is over"""
    free_days: int = 0
    """days after the deadline that cost nothing"""
    per_day: float = 0.1
    """share of the score that each further day costs"""
    last_day: int = 7
    """days after the deadline, free ones included, beyond which a hand-in scores nothing"""


@dataclass(frozen=True, slots=True)
class Course:
    """A course folder."""

    folder: Path
    title: str
    language: str
    tier: str
    """the least containment that its grading is content with"""
    counting: Counting
    zone: tzinfo = UTC
    """of every date that names none"""
    deadline: datetime | None = None
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    """by task or quiz, where it has one of its own"""
    late: LateRule | None = None
    """None where late hand-ins cost nothing"""
    banks: tuple[Path, ...] = ()

    @property
    def secret(self) -> Path:
        """The file of the secret that draws papers and hidden data."""
        return self.folder / "secret"

    @property
    def roster(self) -> Path:
        """The file of who is in the course."""
        return self.folder / "roster.csv"

    @property
    def gradebook(self) -> Path:
        """The file that keeps every result."""
        return self.folder / "gradebook.sqlite"

    def due(self, work: str, student: Student | None) -> datetime | None:
        """Return when a task or quiz is due: the student's own date before all others."""
        if student is not None and student.due is not None:
            return student.due
        return self.deadlines.get(work, self.deadline)
