"""What a student gets for one piece of work, once the rules of the course are applied."""

from __future__ import annotations

from dataclasses import dataclass

NOTHING_HANDED_IN = "nothing handed in"
"""the ending of who is on the roster and handed in nothing: no score, and nobody to look at it"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One row of the scores."""

    student: str
    score: float | None
    """what counts; None while a person has to look at the attempt"""
    points: float
    """what a full score is"""
    ending: str
    detail: str
    submission: str
    """digest of the attempt that counts"""
    days_late: int | None = None
    """None where nothing tells when it was handed in, or nothing was due"""
    factor: float = 1.0
    """what lateness leaves of the score"""
    shared_by: str = ""
    """the member of the group whose attempt it is, where it is another's"""
    machine: float | None = None
    """what the machine gave, before a person's mark and the late rule; None where it gave none"""
    adjusted: bool = False
    """whether a person's mark is in the score"""

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing that could have been graded."""
        return self.ending == NOTHING_HANDED_IN

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at it before it can count."""
        return self.score is None and not self.is_missing
