"""Take one student out of a roster, and leave every other byte of it as it is."""

from __future__ import annotations

import io
from pathlib import Path

from lrquiz.grade.course.roster import students_of
from lrquiz.grade.course.table import rows_of, text_of
from lrquiz.model.course import folded
from lrquiz.resources.files import PRIVATE, write_text

_MARK = "\ufeff"


def remove_from_roster(path: Path, student: str) -> bool:
    """Remove the row of a student; say whether there was one.

    Raises:
        RosterError: it cannot be read.
        OutputError: it cannot be written; it is as it was then.
    """
    text = text_of(path)
    kept = without(text, student, str(path))
    if kept != text:
        mark = _MARK if path.read_bytes().startswith(_MARK.encode()) else ""
        write_text(path, mark + kept, PRIVATE)
    return kept != text


def without(text: str, student: str, path: str) -> str:
    """Return a roster's text without the row of a student.

    Raises:
        RosterError: it is no table with a column of ids.
    """
    _, students, columns = students_of(text, path)
    wanted = {
        row.line for row in students if folded(row.get(columns.places["id"])) == folded(student)
    }
    lines = io.StringIO(text, newline="").readlines()
    begins = [row.line - 1 for row in rows_of(text)]
    for begin, end in reversed(list(zip(begins, [*begins[1:], len(lines)], strict=True))):
        if begin + 1 in wanted:
            del lines[begin:end]
    return "".join(lines)
