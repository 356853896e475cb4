"""`lrquiz forget`: erase one person from a course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lrquiz.export.forgetting import Belonging
    from lrquiz.model.course import Course, Roster, Student


@click.command("forget")
@click.argument("student")
@click.argument("folders", nargs=-1, type=click.Path(file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--yes", is_flag=True, help="Erase without asking.")
def forget_command(student: str, folders: tuple[Path, ...], *, dry_run: bool, yes: bool) -> int:
    """Erase one person from the course that the command runs in.

    STUDENT is an id of the roster. Erased are the gradebook's rows, what was handed in under the
    course's `submissions`, exam papers, pages, and the roster's row; scores and class pages are
    written again without the person. FOLDERS are folders of results or papers outside of the course
    folder. Archives, exports and copies are not changed: those that still mention the person are
    listed at the end. Exit code 1: something is left.
    """
    from lrquiz.cli.course.folders import exam_folders, graded_folders
    from lrquiz.export.forgetting import belongings_of

    course, roster = _course()
    one, console = _student(student, course, roster), people()
    roots = (course.folder, *folders)
    graded = [each for root in roots for each in graded_folders(root)]
    exams = [each for root in roots for each in exam_folders(root)]
    found = list(belongings_of(one.id, course, roster, graded, exams))
    _show(one, found, course, console)
    if dry_run:
        console.print("nothing was erased (--dry-run)")
        return 0
    if not yes:
        click.confirm(f"Erase {one.id} for good?", abort=True, err=True)
    _erase(one, course, found, graded, exams, console)
    return _told_what_is_left(one, roots, console)


def _course() -> tuple[Course, Roster]:
    from lrquiz.errors import CourseError
    from lrquiz.grade.course.folder import course_roster, find_course

    course = find_course(Path.cwd())
    if course is None:
        raise CourseError("no course here: run lrquiz forget in a course folder (lrquiz init)")
    return course, course_roster(course)[0]


def _student(wanted: str, course: Course, roster: Roster) -> Student:
    """Return the student of an id, on the roster or in the gradebook alone.

    Raises:
        CourseError: nobody has this id.
    """
    from lrquiz.errors import CourseError
    from lrquiz.grade.gradebook import read_gradebook
    from lrquiz.model.course import Student

    known = roster.find(wanted)
    if known is not None:
        return known
    if course.gradebook.exists():
        with read_gradebook(course.gradebook) as book:
            if wanted in book.students():
                return Student(wanted)
    message = f"{course.folder}: nobody of the id {wanted!r} is on the roster or in the gradebook"
    raise CourseError(message)


def _show(student: Student, found: Sequence[Belonging], course: Course, console: Console) -> None:
    console.print(f"{student.id} {student.name}".rstrip())
    console.print(f"  rows of {course.gradebook} and of {course.roster}")
    for each in found:
        console.print(f"  {each.what}: {each.path}")


def _erase(  # noqa: PLR0913, PLR0917 - all the places there are
    student: Student,
    course: Course,
    found: Sequence[Belonging],
    graded: Sequence[Path],
    exams: Sequence[Path],
    console: Console,
) -> None:
    """Erase all that was found; the roster's row last, since names are told by it."""
    from lrquiz.export.forgetting import erase, without_paper
    from lrquiz.grade.course.removal import remove_from_roster
    from lrquiz.grade.gradebook import open_gradebook

    if course.gradebook.exists():
        with open_gradebook(course.gradebook) as book:
            attempts = book.forget(student.id)
        console.print(f"erased {attempts} attempts from the gradebook")
    for each in found:
        erase(each)
    for folder in exams:
        without_paper(folder, student.id)
    if course.roster.exists():
        remove_from_roster(course.roster, student.id)
    for folder in graded:
        _write_again(folder, student.id, console)


def _write_again(folder: Path, student: str, console: Console) -> None:
    """Write the scores and pages of a folder without a student."""
    from lrquiz.cli.grading.graded import Wanted
    from lrquiz.cli.grading.releasing import report_folder
    from lrquiz.export.forgetting import without_page
    from lrquiz.resources.files import explained

    if without_page(folder, student):
        report_folder(Wanted(folder, folder), console)
        return
    for name in ("scores.csv", "staff/class.html", "staff/index.html"):
        with explained(folder / name):
            (folder / name).unlink(missing_ok=True)


def _told_what_is_left(student: Student, roots: Sequence[Path], console: Console) -> int:
    from lrquiz.resources.mentions import files_that_mention

    words = [student.id, student.name, student.email]
    left = [path for root in roots for path in files_that_mention(root, words)]
    for path in left:
        console.print(f"still mentions {student.id}, or cannot be read: {path}")
    if not left:
        console.print(f"{student.id} is forgotten; nothing here mentions them any more")
    return 1 if left else 0
