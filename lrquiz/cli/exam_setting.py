"""Where an exam is held: who sits it, by which secret it is drawn, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.cli.drawing import Wanted
    from lrquiz.cli.exam_options import ExamOptions
    from lrquiz.model.course import Course, Roster
    from lrquiz.quiz import Sitting


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an exam is held: who sits it, and the file of its secret."""

    course: Course | None
    roster: Roster
    secret: Path


def sitting_of(wanted: Wanted, options: ExamOptions, console: Console) -> tuple[Sitting, Setting]:
    """Return who sits an exam and how its papers are drawn, and where it is held.

    Raises:
        LrquizError: the blueprint, the roster or the secret is missing or malformed.
    """
    from lrquiz.bank.bank import load_blueprint
    from lrquiz.quiz import Sitting

    setting = _setting(options, console)
    assert wanted.blueprint is not None, "the options were checked"
    course = setting.course
    sitting = Sitting(
        blueprint=load_blueprint(wanted.blueprint),
        students=setting.roster.students,
        secret=_secret(setting.secret, options, console),
        seed=wanted.seed,
        language="en" if course is None else course.language,
        share_variants=options.share_variants,
        one_paper=options.one_paper,
    )
    return sitting, setting


def _setting(options: ExamOptions, console: Console) -> Setting:
    """Return who sits the exam; what options do not say is the course's.

    Raises:
        CourseError: there is no course, and nothing else says it.
        RosterError: nobody is on the roster, or it is malformed.
    """
    from datetime import UTC

    from lrquiz.errors import CourseError, RosterError
    from lrquiz.grade.course.folder import course_roster, find_course
    from lrquiz.grade.course.roster import read_roster

    course = find_course(Path.cwd())
    secret = options.secret or (None if course is None else course.secret)
    if secret is None or (course is None and options.roster is None):
        message = (
            "an exam needs a roster and a secret: run this in a course folder (lrquiz init DIR "
            "makes one), or give --roster FILE and --secret FILE"
        )
        raise CourseError(message)
    zone = UTC if course is None else course.zone
    if options.roster is not None or course is None:
        assert options.roster is not None, "it was asked for above"
        path, (roster, notices) = options.roster, read_roster(options.roster, zone)
    else:
        path, (roster, notices) = course.roster, course_roster(course)
    for notice in notices:
        console.print(notice)
    if not roster.students:
        raise RosterError(f"{path}: nobody is on this roster; add a line for each student")
    return Setting(course, roster, secret)


def _secret(path: Path, options: ExamOptions, console: Console) -> bytes:
    """Return the secret; a dry run makes none, and draws by one that is forgotten."""
    import secrets

    from lrquiz.resources.secret import load_secret

    if options.dry_run and not path.exists():
        console.print(f"{path}: there is no secret yet; this dry run draws by one of its own")
        return secrets.token_bytes(32)
    return load_secret(path)
