"""Open a gradebook: to read, or as its one writer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from lrquiz.errors import GradebookError
from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.queries import Gradebook
from lrquiz.grade.gradebook.schema import migrate, require_readable, schema_version
from lrquiz.grade.gradebook.writer import Writer
from lrquiz.resources.files import PRIVATE, explained
from lrquiz.resources.local_disk import is_local

_PATIENCE = 30.0
"""seconds that a write waits for a reader, and a reader for a write, before either gives up"""


@contextmanager
def read_gradebook(path: Path) -> Iterator[Gradebook]:
    """Open a gradebook to read; a grading may be writing to it meanwhile.

    Raises:
        GradebookError: it is missing, damaged, or of another release.
    """
    if not path.is_file():
        raise GradebookError(f"{path}: there is no such gradebook; run lrquiz grade first")
    with told(path), closing(_connect(path, "ro")) as connection:
        require_readable(connection, path)
        yield Gradebook(connection, path)


@contextmanager
def open_gradebook(path: Path) -> Iterator[Writer]:
    """Open a gradebook as its one writer; make it where there is none.

    Raises:
        GradebookError: it is damaged, of a newer release, not writable, or has a writer already.
        OutputError: it cannot be made.
    """
    for each in (path, _lock_of(path)):
        with explained(each), suppress(FileExistsError):
            os.close(os.open(each, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    with _only_writer(path), told(path), closing(_connect(path, "rw")) as connection:
        schema_version(connection, path)  # a file that is not ours is not touched
        _set_journal(connection, local=is_local(path.parent))
        migrate(connection, path)
        try:
            yield Writer(connection, path)
        finally:
            _leave_one_file(connection)


@contextmanager
def _only_writer(path: Path) -> Iterator[None]:
    """Hold the lock of the one writer for as long as the context lasts.

    The lock is a transaction on an empty database beside the gradebook: SQLite knows how each
    system locks, the system lets go of it however the process ends, and readers are not kept out.
    """
    held_at = _lock_of(path)
    with told(path), closing(sqlite3.connect(held_at, timeout=0, isolation_level=None)) as held:
        try:
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            message = f"{path}: another lrquiz is grading into it; wait until that one has ended"
            raise GradebookError(message) from error
        yield


def _lock_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.lock")


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    where = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(where, uri=True, timeout=_PATIENCE, isolation_level=None)


def _set_journal(connection: sqlite3.Connection, *, local: bool) -> None:
    """Choose how a transaction is made whole.

    The write-ahead log needs memory that all its readers share, which no network disk has.
    """
    connection.execute(f"PRAGMA journal_mode = {'WAL' if local else 'DELETE'}")
    connection.execute("PRAGMA synchronous = FULL")


def _leave_one_file(connection: sqlite3.Connection) -> None:
    """Fold the log into the file, so that a copy of this one file is a copy of everything.

    With a reader at work it stays for the next time; every result is safe in the log too.
    """
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA journal_mode = DELETE")
