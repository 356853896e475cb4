"""One change of a gradebook, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lrquiz.grade.gradebook.faults import told


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Make what happens in the context one change, once it ends; nothing of it if it fails.

    Within another one it is part of that.

    Raises:
        GradebookError: it cannot be written.
    """
    with told(path):
        if _is_open(connection):
            yield
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if _is_open(connection):  # a full disk has rolled back already
                connection.execute("ROLLBACK")
            raise


def _is_open(connection: sqlite3.Connection) -> bool:
    return connection.in_transaction


def now() -> str:
    """Return this moment as gradebooks write it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
