"""Write the pages of a quiz and of a graded class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.report.class_view import Link, class_view, index_view
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.page import write_page
from lrquiz.report.pipeline_view import pipeline_view
from lrquiz.report.quiz_view import quiz_view


def write_quiz_page(quiz: Quiz, path: Path) -> None:
    """Write the practice page of `quiz`.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(path, "quiz/practice.html.j2", quiz_view(quiz), script="practice.js")


def write_pipeline_page(page: PipelinePage, path: Path) -> None:
    """Write the page of a pipeline.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(path, "pipeline/pipeline.html.j2", pipeline_view(page), script="practice.js")


def write_feedback(record: Record, folder: Path) -> None:
    """Write the feedback page of one student to `folder/students/<id>/`.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(_feedback_page(record, folder), "feedback/feedback.html.j2", feedback_view(record))


def write_class_pages(records: Sequence[Record], folder: Path, extra: Sequence[Link] = ()) -> Path:
    """Write the class page and the index, and students' pages that are missing; return the index.

    What only staff may see goes to `folder/staff/`.

    Raises:
        OutputError: a page cannot be written.
    """
    for record in records:
        if not _feedback_page(record, folder).exists():
            write_feedback(record, folder)
    view = class_view(records, students="../students")
    write_page(folder / "staff" / "class.html", "class/class.html.j2", view)
    index = folder / "staff" / "index.html"
    pages = [Link("class.html", "Class page", "distribution, endings, common mistakes"), *extra]
    title = f"Task {records[0].task}: {len(records)} submissions"
    listing = index_view(title, pages, records, students="../students")
    write_page(index, "index/index.html.j2", listing)
    return index


def _feedback_page(record: Record, folder: Path) -> Path:
    return folder / "students" / record.student / "feedback.html"
