"""What a folder of results says: whose marks count, what they are, and where they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import RecordsError
from lrquiz.grade.batch import read_batch, standing_of
from lrquiz.grade.course.folder import course_roster, find_course
from lrquiz.grade.gradebook import read_gradebook
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.marks import Rules
from lrquiz.model.course import NOBODY, Course, Roster
from lrquiz.model.mark import Mark
from lrquiz.model.record import Record


@dataclass(frozen=True, slots=True)
class Graded:
    """A folder of results, as it stands in its gradebook."""

    work: str
    """id of the task or quiz"""
    folder: Path
    marks: tuple[Mark, ...]
    """what counts, people's marks and the late rule in it; not of those who handed in nothing"""
    records: Mapping[str, Record]
    """by student, what was found in the attempt that counts"""
    places: Mapping[str, str]
    """by student, the name under which the last attempt came"""
    unmatched: tuple[Listed, ...]
    """what was handed in by nobody known"""
    roster: Roster


def read_graded(folder: Path, gradebook: Path | None = None) -> Graded:
    """Return what a folder of results says now; nothing in it is changed.

    Args:
        folder: that `lrquiz grade` wrote.
        gradebook: in place of the one that it was graded into.

    Raises:
        RecordsError: nothing was graded into it, or not to the end.
        GradebookError: its gradebook cannot be read.
    """
    batch = read_batch(folder)
    if batch is None:
        message = f"{folder}: holds no finished grading; give the folder that lrquiz grade wrote"
        raise RecordsError(message)
    course = find_course(folder) or find_course(Path.cwd())
    path = gradebook or folder / batch.gradebook
    if not path.exists() and course is not None:  # the folder has moved
        path = course.gradebook
    roster = NOBODY if course is None else course_roster(course)[0]
    return _read(folder, batch.task, set(batch.pages), path, course, roster)


def _read(  # noqa: PLR0913, PLR0917 - what was found of a folder
    folder: Path, work: str, students: set[str], path: Path, course: Course | None, roster: Roster
) -> Graded:
    rules = Rules(work, course, roster)
    with read_gradebook(path) as book:
        standing = standing_of(book, rules, students)
        # Who handed in nothing and was marked by a person has an attempt without any record.
        graded = [each for each in standing.counting if each.submission]
        records = {each.student: book.record(each) for each in graded}
        places = {each.student: each.place for each in book.attempts(work) if each.place}
        unmatched = book.unmatched(work)
    marks = tuple(mark for mark in standing.marks if not mark.is_missing)
    kept = {student: place for student, place in places.items() if student in students}
    return Graded(work, folder, marks, records, kept, unmatched, roster)
