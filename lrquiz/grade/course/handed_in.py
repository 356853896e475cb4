"""When things were handed in, as a platform's list says it: the time of a file proves nothing."""

from __future__ import annotations

import csv
from datetime import datetime, tzinfo
from pathlib import Path

from lrquiz.errors import RosterError
from lrquiz.grade.course.table import moment_of, rows_of, text_of
from lrquiz.model.course import folded


def read_handed_in(path: Path, zone: tzinfo) -> dict[str, datetime]:
    """Return the moment of handing in by folded id; an empty cell is a moment that is not known.

    Args:
        path: a table with the columns `id` and `handed_in`; others are passed over.
        zone: of moments that name none.

    Raises:
        RosterError: it cannot be read; the message lists every fault with its line.
    """
    try:
        header, *rows = [row for row in rows_of(text_of(path)) if any(row.cells)]
        titles = [folded(each) for each in header.cells]
        student, moment = titles.index("id"), titles.index("handed_in")
    except (ValueError, csv.Error) as error:
        message = f"{path}: is no table with the columns id and handed_in in its first line"
        raise RosterError(message) from error
    found: dict[str, datetime] = {}
    faults = []
    for row in rows:
        name, text = folded(row.get(student)), row.get(moment)
        if not name or name in found:
            faults.append(f"{path}:{row.line}: the id {row.get(student)!r} is empty or there twice")
        elif text:
            try:
                found[name] = moment_of(text, zone)
            except ValueError:
                faults.append(f"{path}:{row.line}: {text!r} is no moment such as 2026-12-03 23:59")
    if faults:
        raise RosterError("\n".join(faults))
    return found
