"""Where pages lie in a folder of results."""

from __future__ import annotations

from urllib.parse import quote

STUDENTS, STAFF_PAGES = "students", "feedback"
"""of students' pages in the folder, and of staff's pages in its folder `staff`"""


def file_name(name: str) -> str:
    """Return a student's name as a file can be called: as it is, but never a place elsewhere."""
    if name in {".", ".."} or "/" in name or "\\" in name or "\0" in name:
        return quote(name, safe=" ").replace(".", "%2E")
    return name


def student_page(student: str) -> str:
    """Return the place of a student's page, within the folder of students' pages."""
    return f"{file_name(student)}/feedback.html"
