"""What is written to a gradebook: attempts as they are found, results as they are known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.queries import RECORD, Gradebook
from lrquiz.grade.intake import Submission
from lrquiz.grade.records import read_all_records, versions
from lrquiz.model.record import Record
from lrquiz.model.task import Task

_GRADED = """SELECT student, submission FROM result
    WHERE id IN (SELECT max(id) FROM result WHERE task = ? GROUP BY student, submission)
    AND score IS NOT NULL AND task_version = ? AND secret = ? AND versions = ?"""
_LAST = "SELECT id, submission FROM attempt WHERE student = ? AND task = ? ORDER BY id DESC LIMIT 1"
_ATTEMPT = "INSERT INTO attempt (student, task, submission, handed_in, seen) VALUES (?, ?, ?, ?, ?)"
_RESULT = """INSERT INTO result (student, task, submission, task_version, secret, versions, tier,
    ending, detail, score, points, seconds, memory_mib, graded)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""


class Writer(Gradebook):
    """The one writer of a gradebook. Every method that writes is one transaction."""

    def hand_in(
        self, task: str, submissions: Iterable[Submission], handed_in: Mapping[str, datetime]
    ) -> None:
        """Note what was handed in; what is a student's last attempt already is not noted again.

        A moment that was not known before, or was another, is noted with it.

        Args:
            task: its id.
            submissions: what intake found.
            handed_in: by student, the moment of handing in, where something trusted tells it.

        Raises:
            GradebookError: it cannot be written.
        """
        with self._transaction():
            for each in submissions:
                self._attempt(each.student, task, each.digest, handed_in.get(each.student))

    def graded(self, task: Task, secret: str) -> set[tuple[str, str]]:
        """Return (student, digest) of what needs no grading: nothing changed, no fault of ours.

        Args:
            task: its id and version must be those of the result.
            secret: fingerprint of the secret that draws the hidden data.

        Raises:
            GradebookError: the file cannot be read.
        """
        values = [task.id, task.version, secret, _spelled(versions())]
        with told(self.path):
            return set(self._connection.execute(_GRADED, values).fetchall())

    def add(self, record: Record) -> int:
        """Keep one result and return its number.

        Once this returns, no kill and no power cut loses it.

        Raises:
            GradebookError: it cannot be written; nothing of it is in the file then.
        """
        with self._transaction():
            return self._result(record, _now())

    def import_records(self, path: Path) -> int:
        """Read in, once, the file of records of an older release; return how many results it had.

        The file is left as it is. Of one content only the newest record is taken.

        Raises:
            RecordsError: it is no such file.
            GradebookError: it cannot be written.
        """
        records = read_all_records(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with self._transaction():
            known = "SELECT 1 FROM imported WHERE digest = ?"
            if self._connection.execute(known, [digest]).fetchone():
                return 0
            newest = {(each.student, each.task, each.submission): each for each in records}
            for each in records:
                self._attempt(each.student, each.task, each.submission, None)
            count = sum(self._unknown(record) for record in newest.values())
            values = [digest, count, _now()]
            self._connection.execute("INSERT INTO imported VALUES (?, ?, ?)", values)
        return count

    def _unknown(self, record: Record) -> bool:
        """Keep a record of which no result is known; say whether there was none."""
        query = "SELECT 1 FROM result WHERE student = ? AND task = ? AND submission = ?"
        values = [record.student, record.task, record.submission]
        if self._connection.execute(query, values).fetchone():
            return False
        self._result(record, None)
        return True

    def _attempt(self, student: str, task: str, digest: str, handed_in: datetime | None) -> None:
        moment = None if handed_in is None else handed_in.isoformat()
        last = self._connection.execute(_LAST, [student, task]).fetchone()
        if last is None or last[1] != digest:
            self._connection.execute(_ATTEMPT, [student, task, digest, moment, _now()])
        elif moment is not None:  # told later than the attempt itself, or corrected
            values = [moment, last[0]]
            self._connection.execute("UPDATE attempt SET handed_in = ? WHERE id = ?", values)

    def _result(self, record: Record, graded: str | None) -> int:
        one = (record.student, record.task, record.submission, record.task_version, record.secret)
        two = (_spelled(record.versions), record.tier, str(record.ending), record.detail)
        three = (record.score, record.points, record.seconds, record.memory_mib, graded)
        result = self._connection.execute(_RESULT, (*one, *two, *three)).lastrowid or 0
        values = [result, RECORD.dump_json(record).decode()]
        self._connection.execute("INSERT INTO record VALUES (?, ?)", values)
        return result

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise


def _spelled(version_of: Mapping[str, str]) -> str:
    """Return versions as the one text that tells them from others."""
    return json.dumps(dict(version_of), sort_keys=True)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
