"""What a grading is about, and where its results go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.model.course import NOBODY

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.grade.subjects import Subject
    from lrquiz.model.course import Course, Roster

GRADEBOOK, SCORES = Path("staff", "gradebook.sqlite"), "scores.csv"
OLD_RECORDS = Path("staff", "records.jsonl")
"""what releases before the gradebook wrote"""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be graded, and where results go; what is None follows from the course."""

    subject: Subject
    submissions: Path
    out: Path
    secret: Path | None = None
    gradebook: Path | None = None
    jobs: int = 1
    course: Course | None = None
    roster: Roster = NOBODY
    handed_in: Path | None = None
    """a table of when it was handed in; it wins over what the platform's export says"""
    anonymous: bool = False
    """whether staff see codes for names"""

    @property
    def secret_file(self) -> Path:
        """The file of the secret that draws hidden data."""
        default = self.out / "staff" / "secret" if self.course is None else self.course.secret
        return self.secret or default

    @property
    def gradebook_file(self) -> Path:
        """The file that keeps every result."""
        default = self.out / GRADEBOOK if self.course is None else self.course.gradebook
        return self.gradebook or default


def here(console: Console) -> tuple[Course | None, Roster]:
    """Return the course that the command runs in, and who is in it."""
    from lrquiz.grade.course.folder import course_roster, find_course

    course = find_course(Path.cwd())
    if course is None:
        return None, NOBODY
    roster, notices = course_roster(course)
    for notice in notices:
        console.print(notice)
    return course, roster
