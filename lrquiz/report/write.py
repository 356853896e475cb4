"""Write the pages of a quiz and of a graded class."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lrquiz.analysis.items import Analysis
from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.model.quiz import Quiz
from lrquiz.report.class_view import Link, class_view, index_view
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.hidden import hidden
from lrquiz.report.kinds import (
    CLASS,
    FEEDBACK,
    INDEX,
    PIPELINE,
    PRACTICE,
    STAFF,
    VERIFICATION,
    without_unneeded,
)
from lrquiz.report.page import write_page
from lrquiz.report.pipeline_view import pipeline_view
from lrquiz.report.places import STAFF_PAGES, STUDENTS, file_name, student_page
from lrquiz.report.quiz_view import quiz_view
from lrquiz.report.staff_view import staff_view
from lrquiz.report.told import Told
from lrquiz.report.verification_view import Checked, verification_view
from lrquiz.resources.files import explained
from lrquiz.resources.texts import ENGLISH, base_of


def write_quiz_page(quiz: Quiz, path: Path, language: str = ENGLISH) -> None:
    """Write the practice page of `quiz` in a language, as far as it is translated into that.

    Raises:
        OutputError: it cannot be written.
    """
    view = quiz_view(quiz.spoken(base_of(language)))
    page = without_unneeded(PRACTICE, {each.kind for each in view.items})
    write_page(path, page, view, language)


def write_pipeline_page(page: PipelinePage, path: Path) -> None:
    """Write the page of a pipeline.

    Raises:
        OutputError: it cannot be written.
    """
    view = pipeline_view(page)
    kind = without_unneeded(PIPELINE, {each.kind for each in view.items})
    write_page(path, kind, view)


def write_verification(checked: Sequence[Checked], bank: str, path: Path) -> None:
    """Write the verification report of a bank, called `bank`.

    Raises:
        OutputError: it cannot be written.
    """
    write_page(path, VERIFICATION, verification_view(checked, bank))


def write_student_page(told: Told, folder: Path) -> None:
    """Write the page of one student to `folder/students/<id>/feedback.html`.

    It holds what `told.level` allows, and nothing that is for staff alone.

    Raises:
        OutputError: it cannot be written.
    """
    page = folder / STUDENTS / student_page(told.record.student)
    write_page(page, FEEDBACK, feedback_view(told), told.language)


def write_staff_page(told: Told, folder: Path) -> None:
    """Write everything about one student's work to `folder/staff/feedback/<name>.html`.

    Raises:
        OutputError: it cannot be written.
    """
    view = staff_view(hidden(told))
    page = _staff_page(told, folder)
    write_page(page, STAFF, view)


def write_class_pages(
    tolds: Sequence[Told],
    folder: Path,
    extra: Sequence[Link] = (),
    missing: Sequence[str] = (),
    analysis: Analysis | None = None,
) -> Path:
    """Write the class page and the index, both for staff, and return the index.

    Pages for staff that are missing are written too; and those of students, where names are shown.

    Args:
        tolds: at least one.
        folder: of the results.
        extra: further links of the index.
        missing: shown for students who handed in nothing.
        analysis: of items or checks, over first attempts; made from `tolds` where it is None.

    Raises:
        OutputError: a page cannot be written.
    """
    for told in tolds:
        _write_missing(told, folder)
    staff = folder / "staff"
    view = class_view([hidden(each) for each in tolds], analysis, missing)
    write_page(staff / "class.html", CLASS, view)
    pages = [Link("class.html", "Class page", "scores, items, endings, mistakes"), *extra]
    write_page(staff / "index.html", INDEX, index_view(tolds, pages))
    return staff / "index.html"


def remove_other_pages(tolds: Sequence[Told], folder: Path, *, of_students: bool) -> None:
    """Remove pages of earlier reports that are of none of these, or name who has a code now.

    Args:
        tolds: whose pages stay.
        folder: of the results.
        of_students: remove students' pages too.

    Raises:
        OutputError: one cannot be removed.
    """
    kept = {_staff_page(each, folder) for each in tolds}
    old = [each for each in (folder / "staff" / STAFF_PAGES).glob("*.html") if each not in kept]
    if of_students:
        own = {folder / STUDENTS / student_page(each.record.student) for each in tolds}
        old += [e for e in (folder / STUDENTS).glob("*/feedback.html") if e not in own]
    for each in old:
        with explained(each):
            each.unlink()


def _write_missing(told: Told, folder: Path) -> None:
    if not _staff_page(told, folder).exists():
        write_staff_page(told, folder)
    if not told.name and not (folder / STUDENTS / student_page(told.record.student)).exists():
        write_student_page(told, folder)


def _staff_page(told: Told, folder: Path) -> Path:
    return folder / "staff" / STAFF_PAGES / f"{file_name(told.shown)}.html"
