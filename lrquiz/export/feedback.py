"""Pack students' pages so that Moodle or Canvas hands each to its student.

* Moodle (assignment, "Upload multiple feedback files in a zip") reads the number in
  `Full name_12345_assignsubmission_file_`, the folder that the download had for each student, or
  the prefix of each file where it had no folders.
* Canvas ("Re-Upload Submissions") reads the numbers of student and upload in
  `lovelaceada_LATE_12345_67890_train.py`; it ignores what has other numbers. It attaches the page
  as a comment, under the name that the student's own upload has there, so the ending `.html` that
  is added here only helps those who look into the zip.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from lrquiz.errors import ExportError
from lrquiz.export.zipped import zipped
from lrquiz.grade.intake.names import System, label_of

PAGE = "feedback.html"
_MOODLE = re.compile(
    r"(?P<folder>[^_/]+_\d+_assignsubmission_[a-z]+)(?P<rest>_?)(?P<file>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Packed:
    """A zip of pages, and who is not in it."""

    content: bytes
    names: Mapping[str, str]
    """by student, the name of the page in the zip"""
    without_name: tuple[str, ...]
    """students whose submission came under no name of that platform"""
    without_page: tuple[str, ...]
    """students of whom there is no page"""


def pack_feedback(folder: Path, places: Mapping[str, str], platform: str) -> Packed:
    """Return the pages of a folder of results, packed for a platform; same pages, same bytes.

    Args:
        folder: of results, with `students/<id>/feedback.html`.
        places: the name under which each student's last submission came.
        platform: `moodle` or `canvas`.

    Raises:
        ExportError: no submission came under a name of that platform, or two under one.
    """
    naming = _NAMING[platform]
    pages = {student: folder / "students" / student / PAGE for student in sorted(places)}
    named = {student: name for student in pages if (name := naming(places[student]))}
    found = {student: name for student, name in named.items() if pages[student].is_file()}
    if not named:
        message = (
            f"{folder}: no page to pack: nothing that was graded came in an export of "
            f"{platform.capitalize()}; grade the zip that it lets you download, as it is"
        )
        raise ExportError(message)
    if not found:
        raise ExportError(f"{folder}: holds no pages for students; run lrquiz report first")
    _refuse_twins(found)
    files = {name: pages[student].read_bytes() for student, name in found.items()}
    return Packed(
        zipped(files),
        found,
        tuple(student for student in pages if student not in named),
        tuple(student for student in named if student not in found),
    )


def _refuse_twins(found: Mapping[str, str]) -> None:
    """Refuse names that stand for two students: one would get the other's page."""
    by_name: dict[str, str] = {}
    for student, name in found.items():
        other = by_name.setdefault(name, student)
        if other != student:
            message = (
                f"{other} and {student} handed in as one ({name}), and each has a page of their "
                "own; give these two their pages by hand"
            )
            raise ExportError(message)


def _moodle(place: str) -> str:
    match = _MOODLE.fullmatch(place)
    if match is None:
        return ""
    if match["file"]:
        return f"{match['folder']}_{PAGE}"
    return f"{match['folder']}{match['rest']}/{PAGE}"


def _canvas(place: str) -> str:
    label = label_of(place, folder=False)
    if label.system is not System.CANVAS or not label.upload:
        return ""
    return place if place.lower().endswith(".html") else f"{place}.html"


_NAMING: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"moodle": _moodle, "canvas": _canvas}
)
