"""What the name of a place tells: the conventions of the systems that courses export from.

* Canvas, flat: `lovelaceada_LATE_12345_67890_train-1.py`: the sortable name without spaces and
  punctuation, the system's numbers of user and file, the student's own file name with `-1`, `-2`
  where one of that name was there before.
* Moodle: folders `Ada Lovelace_12345_assignsubmission_file` (older releases add a `_`), or flat
  files with that prefix. The number belongs to the assignment: it is nobody's id.
* Gradescope: folders `submission_12345` beside `submission_metadata.yml`.

In each, the system's part stands first and the student's words last, so what a file is called
cannot make it somebody else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from lrquiz.grade.intake.archives import TAR, UNKNOWN, ZIP
from lrquiz.grade.intake.files import printable

METADATA = "submission_metadata.yml"
_CANVAS = re.compile(
    r"(?P<name>[^/]*?)_?(?P<late>(?<![^_])late_)?(?P<number>\d+)_"
    r"(?:(?P<upload>\d{1,18})_(?P<file>[^/]+)|(?P<own>(?:text|link)\.html))",
    re.IGNORECASE | re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<name>[^_]+)_(?P<number>\d+)_assignsubmission_[a-z]+_?(?P<file>[^/]*)", re.DOTALL
)
_GRADESCOPE = re.compile(r"submission_(?P<number>\d+)")
_COPY = re.compile(r"(?P<stem>.+)-(?P<count>\d{1,3})", re.DOTALL)
_CODE = (".py", ".ipynb", ".json", ".txt")


class System(StrEnum):
    """Where a name's convention comes from."""

    NONE = "none"
    CANVAS = "Canvas"
    MOODLE = "Moodle"
    GRADESCOPE = "Gradescope"


@dataclass(frozen=True, slots=True)
class Label:
    """What a name tells of whose place it is."""

    system: System
    name: str
    """who, as the system spells it; without a system, all there is"""
    number: str = ""
    """the system's own number of the student or the submission"""
    file: str = ""
    """what the student called the file, where the system put its words before"""
    upload: int = 0
    """the system's number of the file; later ones are larger"""
    late: bool = False

    @property
    def identity(self) -> str:
        """Who it is where there is no roster: the same for every file of one place."""
        if self.system is System.GRADESCOPE:
            return f"submission_{self.number}"
        return printable("_".join(filter(None, (self.name, self.number))))


def label_of(entry: str, *, folder: bool) -> Label:
    """Return what the name of a file or folder tells; without a system it is all a name."""
    if match := _MOODLE.fullmatch(entry):
        return Label(System.MOODLE, match["name"], match["number"], match["file"])
    if folder and (match := _GRADESCOPE.fullmatch(entry)):
        return Label(System.GRADESCOPE, "", match["number"])
    if not folder and (match := _CANVAS.fullmatch(entry)):
        return Label(
            System.CANVAS,
            match["name"],
            match["number"],
            match["file"] or match["own"],
            int(match["upload"] or 0),
            late=bool(match["late"]),
        )
    return Label(System.NONE, entry if folder else stem_of(entry))


def stem_of(name: str) -> str:
    """Return a file's name without its ending; those of archives may have two parts."""
    lower = name.lower()
    for suffix in (*TAR, *ZIP, *UNKNOWN, *_CODE):
        if lower.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name.rpartition(".")[0] or name


def copy_of(name: str) -> tuple[str, int]:
    """Return a file's name as it was handed in, and how many of that name came before it.

    `train-2.py` is the second copy of `train.py`: Canvas numbers what is handed in again.
    """
    stem = stem_of(name)
    match = _COPY.fullmatch(stem)
    if match is None:
        return name, 0
    return match["stem"] + name[len(stem) :], int(match["count"])
