"""What is written to a gradebook: attempts as they are found, results as they are known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.people import PeopleWriter
from lrquiz.grade.gradebook.queries import RECORD, Gradebook
from lrquiz.grade.gradebook.transaction import now, transaction
from lrquiz.grade.intake import ResponseFile, Submission
from lrquiz.grade.records import read_all_records, versions
from lrquiz.model.decision import Decision
from lrquiz.model.record import Record

_GRADED = """SELECT student, submission FROM result
    WHERE id IN (SELECT max(id) FROM result WHERE task = ? GROUP BY student, submission)
    AND (score IS NOT NULL OR ending = 'ok') AND task_version = ? AND secret = ? AND versions = ?"""
_LAST = """SELECT id, submission, place FROM attempt WHERE student = ? AND task = ?
    ORDER BY id DESC LIMIT 1"""
_ATTEMPT = """INSERT INTO attempt (student, task, submission, handed_in, seen, place)
    VALUES (?, ?, ?, ?, ?, ?)"""
_RESULT = """INSERT INTO result (student, task, submission, task_version, secret, versions, tier,
    ending, detail, score, points, seconds, memory_mib, graded)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_COUNT = "SELECT count(*) FROM attempt WHERE student = ?"
_FORGET = (
    "DELETE FROM record WHERE result IN (SELECT id FROM result WHERE student = ?)",
    "DELETE FROM result WHERE student = ?",
    "DELETE FROM attempt WHERE student = ?",
    "DELETE FROM adjustment WHERE student = ?",
    "DELETE FROM release WHERE student = ?",
    "DELETE FROM assignment WHERE student = ?",
)


class Writer(PeopleWriter, Gradebook):
    """The one writer of a gradebook. Every method that writes is one transaction."""

    def hand_in(
        self,
        task: str,
        submissions: Iterable[Submission | ResponseFile],
        handed_in: Mapping[str, datetime],
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
        with transaction(self._connection, self.path):
            for each in submissions:
                moment = handed_in.get(each.student)
                self._attempt(each.student, task, each.digest, moment, each.place)

    def graded(self, task: str, version: str, secret: str) -> set[tuple[str, str]]:
        """Return (student, digest) of what needs no grading: nothing changed, no fault of ours.

        What waits for a person is graded; what was refused unscored is not, since what it needs may
        be there by now.

        Args:
            task: id of the task or quiz.
            version: of the task or quiz, with what was decided about it.
            secret: fingerprint of the secret that draws the hidden data.

        Raises:
            GradebookError: the file cannot be read.
        """
        values = [task, version, secret, _spelled(versions())]
        with told(self.path):
            return set(self._connection.execute(_GRADED, values).fetchall())

    def add(self, record: Record) -> int:
        """Keep one result and return its number.

        Once this returns, no kill and no power cut loses it.

        Raises:
            GradebookError: it cannot be written; nothing of it is in the file then.
        """
        with transaction(self._connection, self.path):
            return self._result(record, now())

    def decide(self, decision: Decision, records: Iterable[Record]) -> None:
        """Keep a decision and the results that follow from it, all or none.

        Raises:
            GradebookError: they cannot be written.
        """
        with transaction(self._connection, self.path):
            self._decide(decision)
            for record in records:
                self._result(record, now())

    def forget(self, student: str) -> int:
        """Erase everything about a student; return how many attempts there were.

        What was deleted is overwritten and the file is written anew, so that no page of it holds
        any of it.

        Raises:
            GradebookError: it cannot be written; nothing is erased then.
        """
        with told(self.path):
            self._connection.execute("PRAGMA secure_delete = ON")
        with transaction(self._connection, self.path):
            count = self._connection.execute(_COUNT, [student]).fetchone()[0]
            for command in _FORGET:
                self._connection.execute(command, [student])
        with told(self.path):
            self._connection.execute("VACUUM")
        return int(count)

    def copy_to(self, path: Path) -> None:
        """Write a copy of the whole gradebook to `path`, as one file.

        Raises:
            GradebookError: it cannot be written, or there is such a file.
        """
        with told(path):
            self._connection.execute("VACUUM INTO ?", [str(path)])

    def import_records(self, path: Path) -> int:
        """Read in, once, the file of records of an older release; return how many results it had.

        The file is left as it is. Of one content only the newest record is taken.

        Raises:
            RecordsError: it is no such file.
            GradebookError: it cannot be written.
        """
        records = read_all_records(path)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        with transaction(self._connection, self.path):
            known = "SELECT 1 FROM imported WHERE digest = ?"
            if self._connection.execute(known, [digest]).fetchone():
                return 0
            newest = {(each.student, each.task, each.submission): each for each in records}
            for each in records:
                self._attempt(each.student, each.task, each.submission, None, "")
            count = sum(self._unknown(record) for record in newest.values())
            values = [digest, count, now()]
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

    def _attempt(
        self, student: str, task: str, digest: str, handed_in: datetime | None, place: str
    ) -> None:
        moment = None if handed_in is None else handed_in.isoformat()
        last = self._connection.execute(_LAST, [student, task]).fetchone()
        if last is None or last[1] != digest:
            values = [student, task, digest, moment, now(), place]
            self._connection.execute(_ATTEMPT, values)
        elif moment is not None or last[2] != place:  # told later than the attempt, or corrected
            change = "UPDATE attempt SET handed_in = coalesce(?, handed_in), place = ? WHERE id = ?"
            self._connection.execute(change, [moment, place, last[0]])

    def _result(self, record: Record, graded: str | None) -> int:
        one = (record.student, record.task, record.submission, record.task_version, record.secret)
        two = (_spelled(record.versions), record.tier, str(record.ending), record.detail)
        three = (record.score, record.points, record.seconds, record.memory_mib, graded)
        result = self._connection.execute(_RESULT, (*one, *two, *three)).lastrowid or 0
        values = [result, RECORD.dump_json(record).decode()]
        self._connection.execute("INSERT INTO record VALUES (?, ?)", values)
        return result


def _spelled(version_of: Mapping[str, str]) -> str:
    """Return versions as the one text that tells them from others."""
    return json.dumps(dict(version_of), sort_keys=True)
