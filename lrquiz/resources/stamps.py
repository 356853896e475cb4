"""Whether a file is still the one it was, told without reading it."""

from __future__ import annotations

from pathlib import Path

from lrquiz.errors import DataError

Stamp = tuple[Path, int, int]
"""a file with its size in bytes and the time of its last change in nanoseconds"""


def stamp(path: Path) -> Stamp:
    """Return what tells that a file is still the one it was, without reading it.

    Raises:
        DataError: there is no such file.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    return path, found.st_size, found.st_mtime_ns


def unreadable(path: Path, error: OSError) -> DataError:
    """Return the error to raise for a file of data that cannot be read."""
    return DataError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}")
