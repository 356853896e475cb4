"""What people decide about marks: kept as rows of their own, beside what the machine found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lrquiz.model.task import Criterion

WHOLE = ""
"""the part that stands for a whole piece of work"""
ANY_RESPONSE = "*"
"""the option of a decision that accepts whatever was responded"""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A person's mark for one student's attempt, or for one part of it; the newest one counts."""

    student: str
    work: str
    """id of the task or quiz"""
    part: str
    """id of an item or name of a check, or `WHOLE`, which no late rule lowers"""
    points: float | None
    """None where it is only a comment"""
    comment: str
    """for the student"""
    reason: str
    """for staff"""
    by: str
    at: datetime
    submission: str = ""
    """digest of the attempt it was made for; it holds for no other"""


class DecisionKind(StrEnum):
    """What a decision does to everybody's marks."""

    VOID = "void"
    """the part counts for nobody: neither its points nor what it was worth"""
    ACCEPT = "accept"
    """an option, or with `ANY_RESPONSE` any response that was given, is right as well"""
    POINTS = "points"
    """the part is worth another number of points"""
    RUBRIC = "rubric"
    """a task is graded by another rubric"""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision about everybody's marks in one task or quiz."""

    kind: DecisionKind
    work: str
    part: str
    """id of an item or name of a check; empty for a rubric"""
    reason: str
    by: str
    at: datetime
    option: str = ""
    """of `ACCEPT`"""
    points: float | None = None
    """of `POINTS`"""
    rubric: tuple[Criterion, ...] = ()
    """of `RUBRIC`"""
    raised: int = 0
    lowered: int = 0
    """how many students' marks it changed when it was made; says nothing of how to grade"""


class Level(StrEnum):
    """What a student's page holds."""

    SCORE = "score"
    """the score, and the points of each part"""
    FEEDBACK = "feedback"
    """also what was responded or submitted, and what is to be said of it"""
    SOLUTIONS = "solutions"
    """also what would have been right, and the evidence"""


@dataclass(frozen=True, slots=True)
class Release:
    """A score as a student was told it."""

    student: str
    work: str
    level: Level
    score: float | None
    points: float
    at: datetime

    @property
    def share(self) -> float | None:
        """The score as a share of what could be had; None where there is none."""
        return None if self.score is None or not self.points else self.score / self.points
