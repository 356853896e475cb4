"""Cells of tables that people edit: one line each, and never a formula to a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from lrquiz.model.course import folded

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""the last four are the wide ones, which some spreadsheets read likewise"""
LONGEST = 4000
"""characters of a student's text in one cell; no spreadsheet takes more than 32,767"""


def one_line(text: str) -> str:
    """Return a text with a space for everything that is not to be seen, line ends included."""
    return "".join(each if each.isprintable() else " " for each in text)


def capped(text: str, longest: int = LONGEST) -> str:
    """Return a text as one line of so many characters, saying how many more there are."""
    line = one_line(text).strip()
    more = len(line) - longest
    return line if more <= 0 else f"{line[:longest]} [... {more} more characters]"


def inert(text: str) -> str:
    """Return a cell that no spreadsheet runs: before what looks like a formula stands a quote."""
    return f"'{text}" if _is_risky(text) else text


def active(cell: str) -> str:
    """Return what `inert` made a cell of."""
    return cell[1:] if cell.startswith("'") and _is_risky(cell[1:]) else cell


def spelled(text: str) -> str:
    """Return what is left of a name or place that has been through a table, to compare it by."""
    return folded(one_line(text))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV with a byte order mark, without which spreadsheets take it for another code."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([inert(one_line(cell)) for cell in row])
    return "\ufeff" + out.getvalue()


def _is_risky(text: str) -> bool:
    # A quote of the text's own before it would be taken for one of ours.
    return text.lstrip("' \t\r\n").startswith(_FORMULA)
