"""Everything that a course folder holds of one student, and how each part of it is erased.

Files are found by what they are called and where they lie; the gradebook, papers and roster are
rewritten without the student. What is found last is the roster's row, so that a forgetting that was
interrupted finds everything again.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.grade.batch import read_batch, write_batch
from lrquiz.grade.intake.belongings import belongings
from lrquiz.model.course import Course, Roster, folded
from lrquiz.quiz import read_papers, write_papers
from lrquiz.quiz.papersfile import PAPERS_FILE
from lrquiz.resources.files import explained

_REMEDY = "make it writable, and run the same command again"


@dataclass(frozen=True, slots=True)
class Belonging:
    """A file or folder that is one student's."""

    path: Path
    what: str


def belongings_of(
    student: str, course: Course, roster: Roster, graded: Iterable[Path], exams: Iterable[Path]
) -> Iterator[Belonging]:
    """Yield the files and folders of a student in a course.

    Args:
        student: an id.
        course: its folder of submissions is searched.
        roster: tells whose a name is.
        graded: folders of results.
        exams: folders of exam papers.
    """
    submissions = course.folder / "submissions"
    if submissions.is_dir():
        for path in belongings(submissions, student, roster):
            yield Belonging(path, "handed in")
    for folder in graded:
        for path in (folder / "students" / student, folder / "staff" / "feedback"):
            yield from (Belonging(each, "page") for each in _pages(path, student))
    for folder in exams:
        path = folder / "papers" / f"{student}.html"
        if path.is_file():
            yield Belonging(path, "exam paper")


def _pages(path: Path, student: str) -> Iterator[Path]:
    if path.name == student and path.is_dir():
        yield path
    elif (page := path / f"{student}.html").is_file():
        yield page


def erase(found: Belonging) -> None:
    """Delete a file or folder; a link is deleted, never followed.

    Raises:
        OutputError: it cannot be deleted.
    """
    with explained(found.path, _REMEDY):
        if found.path.is_dir() and not found.path.is_symlink():
            shutil.rmtree(found.path)
        else:
            found.path.unlink(missing_ok=True)


def without_paper(folder: Path, student: str) -> bool:
    """Take a student's paper out of a folder of exam papers; say whether there was one.

    Raises:
        QuizError: its papers cannot be read.
        OutputError: they cannot be written.
    """
    path = folder / PAPERS_FILE
    papers = read_papers(path)
    kept = tuple(each for each in papers.papers if folded(each.student) != folded(student))
    if len(kept) < len(papers.papers):
        write_papers(replace(papers, papers=kept), path)
    return len(kept) < len(papers.papers)


def without_page(folder: Path, student: str) -> bool:
    """Take a student out of a folder's note of its pages; say whether any student is left.

    Raises:
        RecordsError: the note cannot be read.
        OutputError: it cannot be written.
    """
    batch = read_batch(folder)
    if batch is None:
        return False
    pages = {each: number for each, number in batch.pages.items() if each != student}
    shown = {each: digest for each, digest in batch.shown.items() if each != student}
    if len(pages) < len(batch.pages) or len(shown) < len(batch.shown):
        write_batch(folder, replace(batch, pages=pages, shown=shown))
    return bool(pages)
