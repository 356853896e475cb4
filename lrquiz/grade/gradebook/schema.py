"""The tables of a gradebook, and how an older one becomes one of today.

`user_version` counts the steps of `MIGRATIONS` that a file has been through. A step that was
released is never changed: what is new is a step of its own at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from lrquiz.errors import GradebookError

Steps = Sequence[Sequence[str]]
APPLICATION_ID = 0x6C725131
"""tells a gradebook from any other SQLite file: `lrQ1`"""

MIGRATIONS: Steps = (
    (
        # What was handed in, in order. The same content again is a further attempt.
        """CREATE TABLE attempt (
            id INTEGER PRIMARY KEY,
            student TEXT NOT NULL,
            task TEXT NOT NULL,
            submission TEXT NOT NULL,
            handed_in TEXT,
            seen TEXT NOT NULL
        )""",
        "CREATE INDEX attempt_by_student ON attempt (student, task)",
        "CREATE INDEX attempt_by_task ON attempt (task)",
        # What grading found, in order. Of one content the newest result counts.
        """CREATE TABLE result (
            id INTEGER PRIMARY KEY,
            student TEXT NOT NULL,
            task TEXT NOT NULL,
            submission TEXT NOT NULL,
            task_version TEXT NOT NULL,
            secret TEXT NOT NULL,
            versions TEXT NOT NULL,
            tier TEXT NOT NULL,
            ending TEXT NOT NULL,
            detail TEXT NOT NULL,
            score REAL,
            points REAL NOT NULL,
            seconds REAL NOT NULL,
            memory_mib REAL NOT NULL,
            graded TEXT
        )""",
        "CREATE INDEX result_by_submission ON result (student, task, submission)",
        "CREATE INDEX result_by_task ON result (task)",
        # All that reports need, apart from the columns above so that these are read quickly.
        """CREATE TABLE record (
            result INTEGER PRIMARY KEY REFERENCES result (id),
            json TEXT NOT NULL
        )""",
        """CREATE TABLE imported (
            digest TEXT PRIMARY KEY,
            results INTEGER NOT NULL,
            at TEXT NOT NULL
        )""",
        """CREATE VIEW standing AS
            SELECT a.id AS attempt, a.student, a.task, a.submission, a.handed_in,
                r.id AS result, r.task_version, r.tier, r.ending, r.detail, r.score, r.points,
                r.seconds, r.memory_mib, r.graded
            FROM attempt a JOIN result r ON r.id = (
                SELECT max(id) FROM result
                WHERE student = a.student AND task = a.task AND submission = a.submission
            )""",
    ),
    (
        # The name under which it came, so that feedback can go back under it.
        "ALTER TABLE attempt ADD COLUMN place TEXT NOT NULL DEFAULT ''",
        "DROP VIEW standing",
        """CREATE VIEW standing AS
            SELECT a.id AS attempt, a.student, a.task, a.submission, a.handed_in, a.place,
                r.id AS result, r.task_version, r.tier, r.ending, r.detail, r.score, r.points,
                r.seconds, r.memory_mib, r.graded
            FROM attempt a JOIN result r ON r.id = (
                SELECT max(id) FROM result
                WHERE student = a.student AND task = a.task AND submission = a.submission
            )""",
        # What people decided. Rows are added, never changed.
        """CREATE TABLE adjustment (
            id INTEGER PRIMARY KEY,
            student TEXT NOT NULL,
            work TEXT NOT NULL,
            part TEXT NOT NULL,
            points REAL,
            comment TEXT NOT NULL,
            reason TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL,
            submission TEXT NOT NULL
        )""",
        "CREATE INDEX adjustment_by_work ON adjustment (work, student)",
        """CREATE TABLE decision (
            id INTEGER PRIMARY KEY,
            work TEXT NOT NULL,
            json TEXT NOT NULL
        )""",
        """CREATE TABLE release (
            id INTEGER PRIMARY KEY,
            student TEXT NOT NULL,
            work TEXT NOT NULL,
            level TEXT NOT NULL,
            score REAL,
            points REAL NOT NULL,
            at TEXT NOT NULL
        )""",
        "CREATE INDEX release_by_work ON release (work, student)",
        """CREATE TABLE assignment (
            id INTEGER PRIMARY KEY,
            work TEXT NOT NULL,
            place TEXT NOT NULL,
            student TEXT NOT NULL,
            by TEXT NOT NULL,
            at TEXT NOT NULL
        )""",
        """CREATE TABLE unmatched (
            work TEXT NOT NULL,
            place TEXT NOT NULL,
            reason TEXT NOT NULL
        )""",
    ),
)


def require_readable(connection: sqlite3.Connection, path: Path, steps: Steps = MIGRATIONS) -> None:
    """Refuse what is no gradebook of a release that this one can read.

    Raises:
        GradebookError: it is another file, empty, older or newer.
    """
    version = schema_version(connection, path, steps)
    if version == 0:
        raise GradebookError(f"{path}: holds no results yet; run lrquiz grade first")
    if version < len(steps):
        message = f"{path}: was written by an older lrquiz; run lrquiz grade once to bring it up"
        raise GradebookError(message)


def migrate(connection: sqlite3.Connection, path: Path, steps: Steps = MIGRATIONS) -> int:
    """Bring a gradebook, or an empty file, up to the last of `steps`; return how many were due.

    All steps are one transaction: killed between two of them, the file is as it was.

    Raises:
        GradebookError: it is another file, or a newer release wrote it.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema_version(connection, path, steps)
        for step in steps[version:]:
            for statement in step:
                connection.execute(statement)
        if version < len(steps):
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return len(steps) - version


def schema_version(connection: sqlite3.Connection, path: Path, steps: Steps = MIGRATIONS) -> int:
    """Return how many of `steps` a gradebook has been through; 0 for an empty file.

    Raises:
        GradebookError: it is another file, or a newer release wrote it.
    """
    version, kind = _pragma(connection, "user_version"), _pragma(connection, "application_id")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if kind != APPLICATION_ID and (kind or version or tables):
        raise GradebookError(f"{path}: is not a gradebook but some other SQLite file; name another")
    if version > len(steps):
        message = (
            f"{path}: was written by a newer lrquiz (schema {version}; this one reads up to "
            f"{len(steps)}); update lrquiz"
        )
        raise GradebookError(message)
    return version


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
