"""Write the pages of a quiz and of a graded class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.report.class_view import Link, class_view, index_view
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.page import write_page
from lrquiz.report.quiz_view import quiz_view


def write_quiz_page(quiz: Quiz, path: Path) -> None:
    """Write the practice page of `quiz`.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(path, "quiz/practice.html.j2", quiz_view(quiz), script="practice.js")


def write_class_pages(records: Sequence[Record], folder: Path, extra: Sequence[Link] = ()) -> Path:
    """Write a page per student, the class page and the index; return the index.

    Students' pages go to `folder/students/<id>/`, what only staff may see to `folder/staff/`.

    Raises:
        OutputError: a page cannot be written.
    """
    for record in records:
        page = folder / "students" / record.student / "feedback.html"
        write_page(page, "feedback/feedback.html.j2", feedback_view(record))
    view = class_view(records, students="../students")
    write_page(folder / "staff" / "class.html", "class/class.html.j2", view)
    index = folder / "staff" / "index.html"
    pages = [Link("class.html", "Class page", "distribution, endings, common mistakes"), *extra]
    title = f"Task {records[0].task}: {len(records)} submissions"
    listing = index_view(title, pages, records, students="../students")
    write_page(index, "index/index.html.j2", listing)
    return index
