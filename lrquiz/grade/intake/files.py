"""Files as intake sees them, from disk or archive: a path, a size, and a bounded way to read."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.model.course import folded

_NO_LINK_NO_WAIT = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # not on Windows
NOTHING = ".nothing"
"""the hidden file that stands for a folder, so that a student's empty folder is seen"""
_LEFTOVERS = ("__MACOSX", "__pycache__")


class UnreadableError(SubmissionsError):
    """A file or archive is refused; the message is the reason, in words for its student."""


@dataclass(frozen=True, slots=True)
class File:
    """One file that was handed in; nothing of it is read before `read`."""

    path: tuple[str, ...]
    """folders and name, from the place it belongs to"""
    size: int
    content: Callable[[int], bytes]
    """returns the content, cut after so many bytes"""
    fault: str = ""
    """why it is not to be read; empty when it is"""

    @property
    def name(self) -> str:
        """Its name, in characters that can be shown."""
        return printable(self.path[-1])

    @property
    def suffix(self) -> str:
        """Its ending in lower case, such as `.py`."""
        return os.path.splitext(self.path[-1])[1].lower()  # noqa: PTH122 - a name, no path

    @property
    def hidden(self) -> bool:
        """Whether it is what systems and editors leave behind, and nobody's work."""
        return any(part.startswith(".") or part in _LEFTOVERS for part in self.path)

    def read(self, limit: int) -> bytes:
        """Return its content.

        Raises:
            UnreadableError: it is larger than `limit` bytes, or cannot be read.
        """
        if self.fault:
            raise UnreadableError(self.fault)
        content = self.content(limit + 1) if self.size <= limit else b""
        if self.size > limit or len(content) > limit:
            raise UnreadableError(f"{self.name} is larger than the {limit} bytes it may have")
        return content


def printable(name: str) -> str:
    r"""Return a file's name as text that any page, table and terminal can show.

    Bytes that are no UTF-8, control characters and the like are spelled out as `\x1b`, and a
    backslash as two, so that names stay apart.
    """
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in name)


def files_in(folder: Path, limits: IntakeLimits) -> list[File]:
    """Return the files in a folder on disk and in its folders, in order of names.

    Links and devices are listed with a fault, and never followed.

    Raises:
        SubmissionsError: there are more than a class hands in, or a folder cannot be read.
    """
    found: list[File] = []
    try:
        for each in _walk(folder, (), limits):
            found.append(each)
            if len(found) > limits.members:
                raise SubmissionsError(f"{folder}: holds more than {limits.members} files")
    except OSError as error:
        why = (error.strerror or "").lower()
        raise SubmissionsError(f"{error.filename or folder}: cannot be read: {why}") from error
    return found


def file_at(path: Path, under: tuple[str, ...] = ()) -> File:
    """Return one file on disk, which may be a link or a device: then it has a fault."""
    name, status = printable(path.name), path.lstat()
    fault = "" if stat.S_ISREG(status.st_mode) else f"{name} is not a regular file"
    return File((*under, path.name), status.st_size, lambda limit: _read(path, limit), fault)


def apart(files: Iterable[File]) -> list[File]:
    """Return files of one place, with a fault on those whose names differ by spelling alone.

    Which of `Train.py` and `train.py` counts is for a person to say.
    """
    listed = list(files)
    seen: dict[str, int] = {}
    for each in listed:
        key = folded("/".join(each.path))
        seen[key] = seen.get(key, 0) + 1
    return [
        replace(each, fault=each.fault or f"{each.name} is there twice, but for its spelling")
        if seen[folded("/".join(each.path))] > 1 and each.path[-1] != NOTHING
        else each
        for each in listed
    ]


def _walk(folder: Path, under: tuple[str, ...], limits: IntakeLimits) -> Iterator[File]:
    if under:
        yield File((*under, NOTHING), 0, lambda _: b"")
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            if len(under) < limits.folders:
                yield from _walk(entry, (*under, entry.name), limits)
        else:
            yield file_at(entry, under)


def _read(path: Path, limit: int) -> bytes:
    name = printable(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK_NO_WAIT)
    except OSError as error:
        raise UnreadableError(f"{name} cannot be read: {(error.strerror or '').lower()}") from error
    with os.fdopen(descriptor, "rb") as content:
        # Looked at once more: it may have been exchanged for a link or a pipe since it was listed.
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnreadableError(f"{name} is not a regular file")
        return content.read(limit)
