"""The pages of an exam's papers, and what their files are called."""

from __future__ import annotations

from lrquiz.errors import RosterError
from lrquiz.report.exam_view import ExamView
from lrquiz.report.kinds import EXAM, without_unneeded
from lrquiz.report.page import render_page

EVERYBODY = "paper"
"""what the page is called that is for everybody"""
_LONGEST = 100
_RESERVED = frozenset('<>:"/\\|?*')
"""characters that no file name holds on one system or another"""


def exam_page(view: ExamView) -> str:
    """Return the page of one exam paper: a form that works on paper and with scripts off."""
    page = without_unneeded(EXAM, {each.kind for each in view.items})
    return render_page(page, view, view.language)


def page_file(student: str, *, everybody: bool = False) -> str:
    """Return what the page of a student is called.

    Args:
        student: its id; empty for the page that is for everybody.
        everybody: such a page lies beside it.

    Raises:
        RosterError: a file of this name would lie elsewhere, hide, or take another's place.
    """
    if not student:
        return f"{EVERYBODY}.html"
    if not _is_file_name(student) or (everybody and student.casefold() == EVERYBODY):
        message = (
            f"the id {student!r} cannot name a file of this exam: give this student another one, "
            f"of at most {_LONGEST} characters, without any of {''.join(sorted(_RESERVED))}, and "
            "with no dot or blank in front or at its end"
        )
        raise RosterError(message)
    return f"{student}.html"


def _is_file_name(text: str) -> bool:
    return (
        text.isprintable()
        and text.strip(" .") == text
        and len(text.encode()) <= _LONGEST
        and not _RESERVED & set(text)
    )
