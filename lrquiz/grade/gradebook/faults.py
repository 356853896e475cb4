"""What SQLite complains of, as one sentence for the person at the terminal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from lrquiz.errors import GradebookError

_SENTENCES = MappingProxyType(
    {
        sqlite3.SQLITE_BUSY: "is in use by another lrquiz; wait until that one has ended",
        sqlite3.SQLITE_LOCKED: "is in use by another lrquiz; wait until that one has ended",
        sqlite3.SQLITE_READONLY: "may not be written; make the file and its folder writable",
        sqlite3.SQLITE_PERM: "may not be opened; make the file readable and writable for you",
        sqlite3.SQLITE_CANTOPEN: "cannot be opened; is its folder there, and writable for you?",
        sqlite3.SQLITE_FULL: "cannot be written: the disk is full; make room, then run it again",
        sqlite3.SQLITE_IOERR: "cannot be read or written to the end; is the disk full or failing?",
        sqlite3.SQLITE_NOTADB: "is not a gradebook, or is damaged; restore it from a copy",
        sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy",
    }
)
_PRIMARY = 0xFF
"""an extended result code holds the primary one in its lowest byte"""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the gradebook at `path` into a `GradebookError`.

    Nothing is lost by any of them: what was written before is in the file, and what was not is not.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
        sentence = _SENTENCES.get(code, f"cannot be used: {error}")
        raise GradebookError(f"{path}: {sentence}") from error
