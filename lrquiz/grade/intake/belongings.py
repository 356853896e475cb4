"""Find what lies on disk in the name of one student."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lrquiz.grade.intake.matching import Register
from lrquiz.grade.intake.names import label_of
from lrquiz.model.course import NOBODY, Roster, folded

_DEPTH = 4
"""folders of folders of submissions, such as one for each week"""


def belongings(folder: Path, student: str, roster: Roster, depth: int = _DEPTH) -> Iterator[Path]:
    """Yield the files and folders below `folder` whose names make them this student's.

    Told as intake tells whose a place is; no file is opened, no link is followed, and what lies in
    the folder of somebody else is theirs.

    Args:
        folder: of submissions, or of folders of them.
        student: an id.
        roster: of the course; without one, the name itself is the identity.
        depth: how many folders deep to look.
    """
    register = None if roster == NOBODY else Register(roster)
    for entry in sorted(folder.iterdir()):
        is_folder = entry.is_dir() and not entry.is_symlink()
        whose = _whose(entry.name, register, is_folder=is_folder)
        is_somebodys = bool(whose) and register is not None
        if whose == folded(student):
            yield entry
        elif is_folder and depth > 1 and not is_somebodys:
            yield from belongings(entry, student, roster, depth - 1)


def _whose(name: str, register: Register | None, *, is_folder: bool) -> str:
    label = label_of(name, folder=is_folder)
    found = label.identity if register is None else register.match_label(label).student
    return folded(found)
