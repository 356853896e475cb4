"""What intake found: submissions, and everything that is none, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class MatchedBy(StrEnum):
    """What told whose a place is."""

    PLACE = "place"
    ID = "id"
    EMAIL = "email"
    NAME = "name"


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


@dataclass(frozen=True, slots=True)
class Listed:
    """A place or file that is not graded."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResponseFile:
    """A file of responses to a quiz, recognised and set aside."""

    student: str
    place: str
    by: MatchedBy
    content: bytes


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything that a class handed in; nothing of it is passed over in silence.

    Hidden files, and what operating systems and Python leave beside one's own, are no submissions.
    """

    submissions: tuple[Submission, ...] = ()
    """in order of students, one each"""
    responses: tuple[ResponseFile, ...] = ()
    unmatched: tuple[Listed, ...] = ()
    """places of which it is not certain whose they are; none of them is graded"""
    ignored: tuple[Listed, ...] = ()
    """files that nobody needs for grading, and those that could not be read"""
