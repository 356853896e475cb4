"""A course: who is in it, and what holds for each of them."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime


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
