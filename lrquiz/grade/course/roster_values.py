"""What single cells of a roster mean: factors, numbers of days, deadlines."""

from __future__ import annotations

import math
from datetime import datetime, tzinfo

from lrquiz.grade.course.table import moment_of

Faults = list[tuple[int, str]]
"""line and sentence of everything that is wrong with a file"""
_MOST_EXTRA_TIME, _MOST_LATE_DAYS = 10.0, 366


def extra_time(text: str, line: int, faults: Faults) -> float:
    """Return the factor of a cell, 1 for an empty one; note what is wrong in `faults`."""
    try:
        factor = float(text.replace(",", ".")) if text else 1.0
    except ValueError:
        factor = math.nan
    if not 1.0 <= factor <= _MOST_EXTRA_TIME:
        fault = f"extra_time {text!r} is no factor from 1 to {_MOST_EXTRA_TIME:g}, such as 1.25"
        faults.append((line, fault))
    return factor


def late_days(text: str, line: int, faults: Faults) -> int | None:
    """Return the number of a cell, None for an empty one; note what is wrong in `faults`."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) <= _MOST_LATE_DAYS):
        faults.append((line, f"late_days {text!r} is no whole number from 0 to {_MOST_LATE_DAYS}"))
        return None
    return int(text)


def due(text: str, zone: tzinfo, line: int, faults: Faults) -> datetime | None:
    """Return the moment of a cell, None for an empty one; note what is wrong in `faults`."""
    if not text:
        return None
    try:
        return moment_of(text, zone)
    except ValueError:
        faults.append((line, f"due {text!r} is no date such as 2026-12-03 or 2026-12-03 23:59"))
        return None
