"""A table that a spreadsheet or a learning platform saved: its text, its rows, its dates."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from pathlib import Path

from lrquiz.errors import RosterError

_SEPARATORS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file with the line it begins on."""

    line: int
    cells: tuple[str, ...]

    def get(self, place: int | None) -> str:
        """Return a cell without the spaces around it; empty where there is none."""
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""


def text_of(path: Path) -> str:
    """Return the text of a table that a spreadsheet saved, without its byte order mark.

    Raises:
        RosterError: it cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise RosterError(message) from error
    except UnicodeDecodeError as error:
        message = f"{path}: not UTF-8 at byte {error.start}; save the file as CSV in UTF-8"
        raise RosterError(message) from error


def rows_of(text: str) -> Iterator[Row]:
    """Yield rows; quoted cells may hold line ends, so a row's line is where it begins."""
    first = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    reader, line = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1
    for cells in reader:
        yield Row(line, tuple(cells))
        line = reader.line_num + 1


def moment_of(text: str, zone: tzinfo) -> datetime:
    """Return a date with or without a time; one without a time is the last second of its day.

    Args:
        text: as in ISO 8601, a blank for the T being welcome.
        zone: where the text names none.

    Raises:
        ValueError: it is no date.
    """
    moment = datetime.fromisoformat(text)
    if len(text) <= len("2026-12-03"):
        moment = datetime.combine(moment, time(23, 59, 59))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
