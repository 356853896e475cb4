"""The file of records: one line per graded submission, appended the moment it is finished."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import lrquiz
from lrquiz.errors import RecordsError
from lrquiz.grade.intake import Submission
from lrquiz.grade.secret import fingerprint
from lrquiz.model.record import Record
from lrquiz.model.task import Task
from lrquiz.resources.files import PRIVATE, append_line, write_text

_RECORD = TypeAdapter(Record)
_FORMULA = ("=", "+", "-", "@")
_COLUMNS = ("student", "score", "points", "ending", "detail", "submission", "needs_attention")


def append_record(path: Path, record: Record) -> None:
    """Append one record and force it to the disk.

    Raises:
        OutputError: the file cannot be written.
    """
    append_line(path, _RECORD.dump_json(record).decode())


def read_records(path: Path) -> tuple[Record, ...]:
    """Return the newest record of each student, in order of students.

    A line torn by a kill is passed over: its submission is simply not graded yet.

    Raises:
        RecordsError: the file is missing or of another version.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise RecordsError(message) from error
    if lines and not any(map(_parse, lines)):
        message = f"{path}: holds no records of grading; give the folder that lrquiz grade wrote"
        raise RecordsError(message)
    newest = {}
    for line in lines:
        record = _parse(line)
        if record is not None:
            _require_version(path, record)
            newest[record.student] = record
    return tuple(newest[student] for student in sorted(newest))


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    return {"lrquiz": lrquiz.__version__, "torch": version("torch")}


def is_current(record: Record, submission: Submission, task: Task, secret: bytes) -> bool:
    """Say whether grading again would tell the same: nothing changed, and there was no fault."""
    return (
        not record.needs_attention
        and record.secret == fingerprint(secret)
        and record.submission == submission.digest
        and (record.task, record.task_version) == (task.id, task.version)
        and dict(record.versions) == versions()
    )


def scores_csv(records: Iterable[Record]) -> str:
    """Return scores as CSV; cells that a spreadsheet would run as formulas are quoted as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for record in records:
        score = "" if record.score is None else f"{record.score:g}"
        attention = "yes" if record.needs_attention else ""
        cells = (record.student, score, f"{record.points:g}", str(record.ending), record.detail)
        writer.writerow([_inert(cell) for cell in (*cells, record.submission, attention)])
    return out.getvalue()


def write_scores(path: Path, records: Iterable[Record]) -> None:
    """Write `scores_csv` to `path`, for its owner's eyes only.

    Raises:
        OutputError: it cannot be written.
    """
    write_text(path, scores_csv(records), PRIVATE)


def records_json(records: Iterable[Record]) -> list[object]:
    """Return records as JSON values, for programs."""
    return [_RECORD.dump_python(record, mode="json") for record in records]


def _parse(line: bytes) -> Record | None:
    try:
        return _RECORD.validate_json(line)
    except ValidationError:
        return None


def _require_version(path: Path, record: Record) -> None:
    if (record.schema, record.version) != ("lrquiz/record", 1):
        message = f"{path}: {record.schema} version {record.version} is not lrquiz/record version 1"
        raise RecordsError(message)


def _inert(cell: str) -> str:
    text = re.sub(r"[\s\x00-\x1f\x7f-\x9f]", " ", cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
