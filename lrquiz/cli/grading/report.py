"""`lrquiz report`: write the pages of a quiz or a graded class again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, people
from lrquiz.cli.generate import PRACTICE_PAGE

if TYPE_CHECKING:
    from lrquiz.model.record import Record


@click.command("report")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=None,
    help="Folder for the pages (default: beside the source).",
)
@click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the one that SOURCE was graded into).",
)
def report_command(source: Path, out: Path | None, gradebook: Path | None) -> int:
    """Write pages again from recorded results.

    SOURCE is a quiz.json or a graded folder. Nothing is trained, run or graded.
    """
    is_class = source.is_dir()
    written = _class_pages(source, out, gradebook) if is_class else _quiz_page(source, out)
    people().print(f"wrote {written}")
    return 0


def _class_pages(folder: Path, out: Path | None, gradebook: Path | None) -> Path:
    from lrquiz.errors import RecordsError
    from lrquiz.report.write import write_class_pages, write_feedback

    records = _records(folder, gradebook)
    if not records:
        raise RecordsError(f"{folder}: nothing has been graded yet")
    for record in records:
        write_feedback(record, out or folder)
    return write_class_pages(records, out or folder)


def _records(folder: Path, chosen: Path | None) -> tuple[Record, ...]:
    """Return the records that count in a graded folder; nothing in it is changed."""
    from lrquiz.cli.grading.batch import GRADEBOOK, OLD_RECORDS
    from lrquiz.grade.batch import counted, read_batch
    from lrquiz.grade.course.folder import course_roster, find_course
    from lrquiz.grade.gradebook import read_gradebook
    from lrquiz.grade.marks import Rules
    from lrquiz.grade.records import read_records
    from lrquiz.model.course import NOBODY

    batch, course = read_batch(folder), find_course(folder)
    path = chosen or folder / (GRADEBOOK if batch is None else batch.gradebook)
    if not path.exists() and course is not None:  # a grading that was killed, or moved
        path = course.gradebook
    if not path.exists() and (folder / OLD_RECORDS).exists():
        return read_records(folder / OLD_RECORDS)
    with read_gradebook(path) as book:
        task = book.newest_task() if batch is None else batch.task
        students = None if batch is None else set(batch.pages)
        roster = NOBODY if course is None else course_roster(course)[0]
        attempts = counted(book, Rules(task or "", course, roster), students)
        return tuple(book.record(each) for each in attempts)


def _quiz_page(source: Path, out: Path | None) -> Path:
    from lrquiz.quiz import read_quiz
    from lrquiz.report.write import write_quiz_page

    page = (out or source.parent) / PRACTICE_PAGE
    write_quiz_page(read_quiz(source), page)
    return page
