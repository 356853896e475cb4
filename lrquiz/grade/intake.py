"""Find submissions in a folder. Who wrote one follows from its place, never from its contents."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import SubmissionsError

MAX_SOURCE_BYTES = 200_000
_NO_LINK_NO_WAIT = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)  # not on Windows
_PREFERRED = ("submission.py", "train.py", "starter.py")


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's code, or why there is none."""

    student: str
    source: str
    digest: str
    """of the submitted bytes"""
    fault: str = ""
    """why it cannot be run; empty when it can"""


def collect(folder: Path) -> tuple[Submission, ...]:
    """Return the submissions in `folder`, in order of students.

    A file `<student>.py`, or a folder `<student>/` with one Python file, is a submission.

    Raises:
        SubmissionsError: there is no such folder, it holds nothing, or one student twice.
    """
    if not folder.is_dir():
        message = f"{folder}: there is no such folder of submissions"
        raise SubmissionsError(message)
    entries = sorted(each for each in folder.iterdir() if not each.name.startswith((".", "__")))
    if not entries:
        message = f"{folder}: holds no submissions; expected files <student>.py"
        raise SubmissionsError(message)
    found: dict[str, Submission] = {}
    for entry in entries:
        submission = _submission(entry)
        if submission.student in found:
            message = f"{folder}: two submissions of {submission.student!r}; keep one of them"
            raise SubmissionsError(message)
        found[submission.student] = submission
    return tuple(found.values())


def read_submission(path: Path) -> Submission:
    """Return one file of one's own as a submission.

    Raises:
        SubmissionsError: it cannot be run: it is not there, or no Python file.
    """
    found = _from_file("you", path)
    if found.fault:
        raise SubmissionsError(f"{path}: {found.fault}")
    return found


def _printable(name: str) -> str:
    """Return a file's name as text that any page, table and terminal can show.

    Bytes that are no UTF-8, control characters and the like are spelled out, so names stay apart.
    """
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in name)


def _submission(entry: Path) -> Submission:
    if entry.is_dir() and not entry.is_symlink():
        return _from_folder(entry)
    return _from_file(_printable(entry.stem), entry)


def _from_folder(folder: Path) -> Submission:
    student, files = _printable(folder.name), sorted(folder.glob("*.py"))
    preferred = [path for path in files if path.name in _PREFERRED]
    if len(files) == 1 or len(preferred) == 1:
        return _from_file(student, (preferred or files)[0])
    found = ", ".join(_printable(path.name) for path in files) or "no Python file"
    fault = f"expected one Python file, such as {_PREFERRED[0]}; found {found}"
    return _faulty(student, b"", fault)


def _from_file(student: str, path: Path) -> Submission:
    name = _printable(path.name)
    if path.suffix != ".py":
        return _faulty(student, b"", f"{name} is not a Python file; expected {student}.py")
    try:
        content = _read_regular(path)
    except OSError as error:
        return _faulty(student, b"", f"{name} cannot be read: {(error.strerror or '').lower()}")
    if content is None:
        return _faulty(student, b"", f"{name} is not a regular file")
    if len(content) > MAX_SOURCE_BYTES:
        fault = f"{name} is larger than the {MAX_SOURCE_BYTES} bytes a submission may have"
        return _faulty(student, content, fault)
    try:
        source = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _faulty(student, content, f"{name} is not UTF-8 text (byte {error.start})")
    return Submission(student, source, _digest(content))


def _read_regular(path: Path) -> bytes | None:
    """Return the file's bytes, one more than is allowed at most; None for links and devices."""
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK_NO_WAIT)
    except OSError:
        if path.is_symlink():
            return None
        raise
    with os.fdopen(descriptor, "rb") as content:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return None
        return content.read(MAX_SOURCE_BYTES + 1)


def _faulty(student: str, content: bytes, fault: str) -> Submission:
    return Submission(student, "", _digest(content + fault.encode()), fault)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
