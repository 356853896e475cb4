"""What the commands for a person's last word share: the gradebook, its course, who decides."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrquiz.grade.gradebook import Gradebook, Writer
    from lrquiz.grade.people.knowing import Known
    from lrquiz.model.course import Course, Roster

gradebook_option = click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the course's; in no course, name the one that "
    "lrquiz grade wrote: OUT/staff/gradebook.sqlite).",
)
roster_option = click.option(
    "--roster",
    type=FILE,
    default=None,
    help="Who is in the course (default: its roster.csv), for marks of who handed in nothing.",
)
by_option = click.option(
    "--by", default="", help="Who decides (default: the name you are logged in by)."
)
RENEW = (
    "to renew scores and pages: lrquiz report DIR, where DIR is the folder that lrquiz grade wrote"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody sits down to mark."""

    course: Course | None
    roster: Roster
    gradebook: Path

    @property
    def secret(self) -> Path:
        """The secret of papers, hidden data and codes; in no course, beside the gradebook."""
        if self.course is not None:
            return self.course.secret
        return self.gradebook.with_name("secret")

    def known(self, book: Gradebook, *, codes: bool) -> Known:
        """Return a gradebook with the rules of the course, and with codes where there are any.

        Args:
            book: opened.
            codes: whether there must be codes; the secret is made by `lrquiz grade` or `init`.

        Raises:
            SubmissionsError: there must be codes, and there is no secret.
        """
        from lrquiz.grade.people.codes import codes_of
        from lrquiz.grade.people.knowing import Known, everyone

        found = {}
        if codes or self.secret.exists():
            found = codes_of(_kept_secret(self.secret), everyone(book, self.roster))
        return Known(book, self.course, self.roster, found)


def desk(gradebook: Path | None, roster: Path | None = None) -> Desk:
    """Return the gradebook that was named, or the one of the course that the command runs in.

    Raises:
        GradebookError: neither is there.
    """
    from datetime import UTC

    from lrquiz.errors import GradebookError
    from lrquiz.grade.course.folder import course_roster, find_course
    from lrquiz.grade.course.roster import read_roster
    from lrquiz.model.course import NOBODY

    course = find_course(Path.cwd())
    people = NOBODY if course is None else course_roster(course)[0]
    if roster is not None:
        people = read_roster(roster, UTC if course is None else course.zone)[0]
    path = gradebook or (None if course is None else course.gradebook)
    if path is None:
        message = (
            "there is no course here; name the gradebook: --gradebook OUT/staff/gradebook.sqlite"
        )
        raise GradebookError(message)
    return Desk(course, people, path)


@contextmanager
def opened(path: Path, *, dry_run: bool) -> Iterator[tuple[Gradebook, Writer | None]]:
    """Open a gradebook that is there: to read, and unless it is a dry run to write as well.

    Raises:
        GradebookError: it is not there, damaged, of another release, or has a writer already.
    """
    from lrquiz.grade.gradebook import open_gradebook, read_gradebook

    if dry_run or not path.is_file():
        with read_gradebook(path) as book:
            yield book, None
    else:
        with open_gradebook(path) as writer:
            yield writer, writer


def decider(named: str) -> str:
    """Return who decides: the name that was given, or the one that the system knows; or nobody."""
    import getpass

    try:
        return named or getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        return ""


def _kept_secret(path: Path) -> bytes:
    from lrquiz.errors import SubmissionsError
    from lrquiz.resources.secret import load_secret

    if not path.exists():
        raise SubmissionsError(f"{path}: there is no secret here, so there are no codes for names")
    return load_secret(path)
