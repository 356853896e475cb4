"""What a gradebook can be asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import GradebookError
from lrquiz.grade.gradebook.faults import told
from lrquiz.grade.gradebook.people import People
from lrquiz.model.record import Record

RECORD = TypeAdapter(Record)
_COLUMNS = (
    "student, task, submission, handed_in, result, task_version, tier, ending, detail, score, "
    "points, seconds, memory_mib, graded, place"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt of one student at one task, with the newest result of its content."""

    student: str
    task: str
    submission: str
    """digest of the submitted bytes"""
    handed_in: datetime | None
    """None where nothing but a file's time would tell, which proves nothing"""
    result: int
    """number of its result in the gradebook"""
    task_version: str
    tier: str
    ending: str
    detail: str
    score: float | None
    """None while a person has to look at it"""
    points: float
    seconds: float
    memory_mib: float
    graded: datetime | None
    """None for a result that an older release wrote"""
    place: str = ""
    """the file, folder or export entry it came from"""
    machine: float | None = None
    """the machine's score, where `score` has a person's marks in it"""
    adjusted: bool = False
    """whether a person's marks are in `score`"""
    is_last_word: bool = False
    """whether a person marked the whole of it, which no late rule lowers"""


class Gradebook(People):
    """Reads the results of a course, and what people decided about them."""

    def attempts(self, task: str, student: str | None = None) -> tuple[Attempt, ...]:
        """Return graded attempts at a task, the first first: of one student, or of everybody.

        Raises:
            GradebookError: the file cannot be read.
        """
        query, values = f"SELECT {_COLUMNS} FROM standing WHERE task = ?", [task]  # noqa: S608
        if student is not None:
            query, values = f"{query} AND student = ?", [task, student]
        with told(self.path):
            rows = self._connection.execute(f"{query} ORDER BY attempt", values).fetchall()
        return tuple(_attempt(row) for row in rows)

    def record(self, attempt: Attempt) -> Record:
        """Return the whole record of an attempt.

        Raises:
            GradebookError: the file or the record cannot be read.
        """
        query = "SELECT json FROM record WHERE result = ?"
        with told(self.path):
            row = self._connection.execute(query, [attempt.result]).fetchone()
        try:
            return RECORD.validate_json(row[0])
        except (TypeError, ValidationError) as error:
            message = (
                f"{self.path}: is damaged: the record of result {attempt.result} cannot be read; "
                "restore it from a copy"
            )
            raise GradebookError(message) from error

    def tasks(self) -> tuple[str, ...]:
        """Return every task and quiz of which something was handed in.

        Raises:
            GradebookError: the file cannot be read.
        """
        with told(self.path):
            query = "SELECT DISTINCT task FROM attempt ORDER BY task"
            return tuple(row[0] for row in self._connection.execute(query).fetchall())

    def students(self) -> frozenset[str]:
        """Return everybody of whom there is anything in the book.

        Raises:
            GradebookError: the file cannot be read.
        """
        query = "SELECT student FROM attempt UNION SELECT student FROM adjustment"
        with told(self.path):
            return frozenset(row[0] for row in self._connection.execute(query).fetchall())

    def newest_task(self) -> str | None:
        """Return the task of the newest result; None if there is no result.

        Raises:
            GradebookError: the file cannot be read.
        """
        with told(self.path):
            query = "SELECT task FROM result ORDER BY id DESC LIMIT 1"
            row = self._connection.execute(query).fetchone()
        return None if row is None else str(row[0])


def _attempt(row: tuple[str | None, ...]) -> Attempt:
    student, task, submission, handed_in, *others, graded, place = row
    values = (student, task, submission, _moment(handed_in), *others, _moment(graded), place)
    attempt = Attempt(*values)  # type: ignore[arg-type]  # as the columns are declared
    return replace(attempt, machine=attempt.score)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
