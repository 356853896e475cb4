"""Records and scores in files: JSON for programs, CSV for spreadsheets, JSON lines of old."""

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
from lrquiz.model.mark import Mark
from lrquiz.model.record import Record
from lrquiz.resources.files import PRIVATE, write_text

_RECORD = TypeAdapter(Record)
_MARK = TypeAdapter(Mark)
_FORMULA = ("=", "+", "-", "@")
_COLUMNS = (
    *("student", "score", "points", "ending", "detail", "submission", "needs_attention"),
    *("days_late", "late_factor", "shared_by", "machine", "adjusted"),
)


def read_all_records(path: Path) -> tuple[Record, ...]:
    """Return every record of the file of JSON lines that releases before the gradebook wrote.

    A line torn by a kill is passed over: its submission was simply not graded.

    Raises:
        RecordsError: the file is missing or of another version.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise RecordsError(message) from error
    records = tuple(record for record in map(_parse, lines) if record is not None)
    if lines and not records:
        message = f"{path}: holds no records of grading; give the folder that lrquiz grade wrote"
        raise RecordsError(message)
    for record in records:
        _require_version(path, record)
    return records


def read_records(path: Path) -> tuple[Record, ...]:
    """Return the newest record of each student in a file of JSON lines, in order of students.

    Raises:
        RecordsError: the file is missing or of another version.
    """
    newest = {record.student: record for record in read_all_records(path)}
    return tuple(newest[student] for student in sorted(newest))


def versions() -> dict[str, str]:
    """Return the versions that a result depends on."""
    return {"lrquiz": lrquiz.__version__, "torch": version("torch")}


def scores_csv(marks: Iterable[Mark]) -> str:
    """Return scores as CSV; cells that a spreadsheet would run as formulas are quoted as text.

    One row for each student, also for who is on the roster and has the ending "nothing handed in".
    `score` is what counts; it is empty where a person has to look (`needs_attention` says yes) and
    where nothing was handed in. `machine` is what the machine gave, before people's marks
    (`adjusted`) and lateness. `days_late` is empty where nothing tells when it was handed in, or
    nothing was due.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for mark in marks:
        writer.writerow([_inert(cell) for cell in _cells(mark)])
    return out.getvalue()


def _cells(mark: Mark) -> tuple[str, ...]:
    days = "" if mark.days_late is None else str(mark.days_late)
    attention = "yes" if mark.needs_attention else ""
    one = (mark.student, _number(mark.score), f"{mark.points:g}", mark.ending, mark.detail)
    two = (mark.submission, attention, days, f"{mark.factor:g}", mark.shared_by)
    return (*one, *two, _number(mark.machine), "yes" if mark.adjusted else "")


def _number(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def write_scores(path: Path, marks: Iterable[Mark]) -> None:
    """Write `scores_csv` to `path`, for its owner's eyes only.

    Raises:
        OutputError: it cannot be written.
    """
    write_text(path, scores_csv(marks), PRIVATE)


def marks_json(marks: Iterable[Mark]) -> list[object]:
    """Return marks as JSON values, for programs."""
    return [_MARK.dump_python(mark, mode="json") for mark in marks]


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
