"""What intake found: submissions, and everything that is none, with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MatchedBy(StrEnum):
    """What told whose a place is."""

    PLACE = "place"
    ID = "id"
    EMAIL = "email"
    NAME = "name"
    PERSON = "person"
    """somebody said so, by `lrquiz adjust`"""


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's code, or why there is none."""

    student: str
    source: str
    digest: str
    """of the submitted bytes"""
    fault: str = ""
    """why it cannot be run; empty when it can"""
    modules: Mapping[str, str] = field(default_factory=dict)
    """source by path of the student's modules that the source may import, such as `a/b.py`"""
    notes: tuple[str, ...] = ()
    """what the student should know of how it was read"""
    place: str = ""
    """the file, folder or export entry it came from"""
    by: MatchedBy = MatchedBy.PLACE
    """what told whose it is"""
    handed_in: datetime | None = None
    """when, where the platform it was exported from says so"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A place or file that is not graded."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """A file of responses to a quiz, as it was handed in."""

    student: str
    place: str
    by: MatchedBy
    content: bytes
    name: str = ""
    """of the file, within its place"""
    fault: str = ""
    """why it cannot be read; empty when it can"""
    order: int = 0
    """the platform's number of the upload, larger for later ones; 0 where there is none"""
    handed_in: datetime | None = None
    """when, where the platform it was exported from says so"""
    notes: tuple[str, ...] = ()
    """as of a submission"""

    @property
    def digest(self) -> str:
        """The digest of its bytes, as of submissions."""
        return hashlib.sha256(self.content or self.fault.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that a class handed in; nothing of it is passed over in silence.

    Hidden files, and what operating systems and Python leave beside one's own, are no submissions.
    """

    submissions: tuple[Submission, ...] = ()
    """in order of students, one each"""
    responses: tuple[ResponseFile, ...] = ()
    """every one of every place"""
    unlike: tuple[ResponseFile, ...] = ()
    """JSON files that do not look like responses: torn ones, say"""
    unmatched: tuple[Listed, ...] = ()
    """places of which it is not certain whose they are; none of them is graded"""
    ignored: tuple[Listed, ...] = ()
    """files that nobody needs for grading, and those that could not be read"""
    late: tuple[str, ...] = ()
    """students whose place says that it is late, and not when it was handed in"""
