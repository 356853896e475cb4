"""What people decided, as a gradebook keeps it: adjustments, decisions, releases, whose a file is.

Rows are only ever added, so that the book tells who decided what, when and why; only a person who
is forgotten is taken out.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.transaction import now, transaction
from lrquiz.grade.intake.found import Listed
from lrquiz.model.decision import Adjustment, Decision, Level, Release

_DECISION = TypeAdapter(Decision)
_ADJUSTMENT = "student, work, part, points, comment, reason, by, at, submission"
_RELEASE = "student, work, level, score, points, at"


class People:
    """Reads what people decided."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def adjustments(self, work: str) -> tuple[Adjustment, ...]:
        """Return every adjustment in one task or quiz, the first first.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = f"SELECT {_ADJUSTMENT} FROM adjustment WHERE work = ? ORDER BY id"  # noqa: S608
        return tuple(
            Adjustment(
                *(student, of, part, points, comment, reason, by),
                at=datetime.fromisoformat(at),
                submission=submission,
            )
            for student, of, part, points, comment, reason, by, at, submission in self._rows(
                query, work
            )
        )

    def decisions(self, work: str) -> tuple[Decision, ...]:
        """Return every decision about one task or quiz, the first first.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = "SELECT json FROM decision WHERE work = ? ORDER BY id"
        return tuple(_DECISION.validate_json(row[0]) for row in self._rows(query, work))

    def releases(self, work: str) -> dict[str, Release]:
        """Return the newest release to each student of one task or quiz.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = f"SELECT {_RELEASE} FROM release WHERE work = ? ORDER BY id"  # noqa: S608
        rows = (
            Release(student, of, Level(level), score, points, datetime.fromisoformat(at))
            for student, of, level, score, points, at in self._rows(query, work)
        )
        return {each.student: each for each in rows}

    def assigned(self, work: str) -> dict[str, str]:
        """Return whose each place is that a person assigned to a student, by place.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = "SELECT place, student FROM assignment WHERE work = ? ORDER BY id"
        return dict(self._rows(query, work))

    def unmatched(self, work: str) -> tuple[Listed, ...]:
        """Return the places that the last grading could match to nobody.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = "SELECT place, reason FROM unmatched WHERE work = ? ORDER BY place"
        return tuple(Listed(*row) for row in self._rows(query, work))

    def _rows(self, query: str, work: str) -> list[tuple[Any, ...]]:
        with told(self.path):
            return self._connection.execute(query, [work]).fetchall()


class PeopleWriter(People):
    """Writes what people decided. Every method is one transaction."""

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make all that is written in the context one change, whole or not at all.

        Raises:
            GradebookError: it cannot be written.
        """
        with transaction(self._connection, self.path):
            yield

    def adjust(self, adjustments: Iterable[Adjustment]) -> None:
        """Keep adjustments, all or none.

        Raises:
            GradebookError: they cannot be written.
        """
        marks = ", ".join("?" * 9)
        command = f"INSERT INTO adjustment ({_ADJUSTMENT}) VALUES ({marks})"  # noqa: S608
        with transaction(self._connection, self.path):
            for one in adjustments:
                values = (one.student, one.work, one.part, one.points, one.comment, one.reason)
                more = (one.by, one.at.isoformat(), one.submission)
                self._connection.execute(command, (*values, *more))

    def release(self, releases: Iterable[Release]) -> None:
        """Keep what students are told, all or none.

        Raises:
            GradebookError: it cannot be written.
        """
        command = f"INSERT INTO release ({_RELEASE}) VALUES (?, ?, ?, ?, ?, ?)"  # noqa: S608
        with transaction(self._connection, self.path):
            for one in releases:
                told_now = (str(one.level), one.score, one.points, one.at.isoformat())
                self._connection.execute(command, (one.student, one.work, *told_now))

    def assign(self, work: str, students: Iterable[tuple[str, str]], by: str) -> None:
        """Keep whose places are, as (place, student); the newest one of a place counts.

        Raises:
            GradebookError: it cannot be written.
        """
        command = "INSERT INTO assignment (work, place, student, by, at) VALUES (?, ?, ?, ?, ?)"
        with transaction(self._connection, self.path):
            for place, student in students:
                self._connection.execute(command, (work, place, student, by, now()))

    def note_unmatched(self, work: str, places: Iterable[Listed]) -> None:
        """Keep which places nobody could be matched to, in place of those of the last grading.

        Raises:
            GradebookError: it cannot be written.
        """
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM unmatched WHERE work = ?", [work])
            for each in places:
                values = (work, each.place, each.reason)
                self._connection.execute("INSERT INTO unmatched VALUES (?, ?, ?)", values)

    def _decide(self, decision: Decision) -> None:
        """Keep a decision, within a transaction that its results are part of."""
        values = (decision.work, _DECISION.dump_json(decision).decode())
        self._connection.execute("INSERT INTO decision (work, json) VALUES (?, ?)", values)
