"""The cells of a CSV file with where each stands in its bytes, so that one can be replaced alone.

A file that is read and written again by a CSV library comes back with other quotes and line ends.
Here every byte outside of the cells that are replaced stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lrquiz.errors import ExportError

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = (b",", b";", b"\t")
_QUOTE = b'"'
_ENDS = (b"\r", b"\n")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what it says, and which bytes say it, quotes included."""

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One row that holds anything, with the line of the file that it begins on, from 1."""

    line: int
    cells: tuple[Cell, ...]

    def text(self, place: int | None) -> str:
        """Return what a cell says, without the spaces around it; empty where there is none."""
        known = place is not None and place < len(self.cells)
        return self.cells[place].text.strip() if known and place is not None else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as it came."""

    content: bytes
    delimiter: bytes
    rows: tuple[Row, ...]

    def replaced(self, changes: Iterable[tuple[Cell, str]]) -> bytes:
        """Return the file with some cells saying something else; a quoted cell stays quoted."""
        parts, at = [], 0
        for cell, text in sorted(changes, key=lambda change: change[0].start):
            parts += [self.content[at : cell.start], self._written(text, quoted=cell.quoted)]
            at = cell.end
        return b"".join([*parts, self.content[at:]])

    def _written(self, text: str, *, quoted: bool) -> bytes:
        raw = text.encode()
        if quoted or any(each in raw for each in (self.delimiter, _QUOTE, *_ENDS)):
            return _QUOTE + raw.replace(_QUOTE, _QUOTE * 2) + _QUOTE
        return raw


def read_table(content: bytes, name: str) -> Table:
    """Return the cells of a CSV file; separated by commas, semicolons or tabs.

    Args:
        content: the file.
        name: of the file, for errors.

    Raises:
        ExportError: it is not UTF-8, holds nothing, or has a quote that is never closed.
    """
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{name}: not UTF-8 at byte {error.start}; export it again as CSV in UTF-8"
        raise ExportError(message) from error
    start = len(_BOM) if content.startswith(_BOM) else 0
    delimiter = _delimiter(content[start:])
    rows = tuple(row for row in _rows(content, start, delimiter, name) if _says_anything(row))
    if not rows:
        raise ExportError(f"{name}: holds no table; give the file that Canvas or Moodle exported")
    return Table(content, delimiter, rows)


def _says_anything(row: Row) -> bool:
    return any(cell.text.strip() for cell in row.cells)


def _delimiter(content: bytes) -> bytes:
    """Return what separates the cells of the first line, looked for outside of quotes."""
    outside = b"".join(content.split(_QUOTE)[::2])
    first = re.split(rb"[\r\n]", outside, maxsplit=1)[0]
    return max(_DELIMITERS, key=first.count)


def _rows(content: bytes, start: int, delimiter: bytes, name: str) -> Iterator[Row]:
    at, line = start, 1
    while at < len(content):
        begun, cells = line, []
        while True:
            cell = _cell(content, at, delimiter, f"{name}:{line}")
            cells.append(cell)
            line += _lines(content[cell.start : cell.end])
            at = cell.end
            if content[at : at + 1] != delimiter:
                break
            at += 1
        yield Row(begun, tuple(cells))
        at += 2 if content[at : at + 2] == b"\r\n" else 1
        line += 1


def _cell(content: bytes, start: int, delimiter: bytes, where: str) -> Cell:
    quoted = content[start : start + 1] == _QUOTE
    at = _closed(content, start, where) if quoted else start
    stops = (found for each in (delimiter, *_ENDS) if (found := content.find(each, at)) >= 0)
    end = min(stops, default=len(content))
    raw = content[start:end]
    if quoted:  # what stands behind the closing quote belongs to the cell, as csv has it
        inner = content[start + 1 : at - 1].replace(_QUOTE * 2, _QUOTE)
        raw = inner + content[at:end]
    return Cell(raw.decode(), start, end, quoted)


def _closed(content: bytes, start: int, where: str) -> int:
    """Return the place behind the quote that closes the one at `start`."""
    at = content.find(_QUOTE, start + 1)
    while at >= 0 and content[at + 1 : at + 2] == _QUOTE:
        at = content.find(_QUOTE, at + 2)
    if at < 0:
        raise ExportError(f"{where}: a quote is opened and never closed; export the file again")
    return at + 1


def _lines(raw: bytes) -> int:
    return raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
