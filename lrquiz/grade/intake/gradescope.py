"""Read who submitted what, and when, from the list that Gradescope adds to an export.

It is YAML written by one program. Only the lines that name submitters and times are read, by their
indentation, so neither a parser for all of YAML nor what students wrote elsewhere in it matters.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

_ENTRY = re.compile(r"(submission_\d+):\s*")
_FIELD = re.compile(r"  (?P<first>[- ]) :(?P<key>name|sid|email): ?(?P<value>.*)")
_CREATED = re.compile(
    r"  :created_at: (?P<day>\d{4}-\d\d-\d\d) (?P<time>\d\d:\d\d:\d\d)(?:\.\d+)? "
    r"(?P<zone>Z|[+-]\d\d:\d\d)"
)
_SUBMITTERS = re.compile(r"  :submitters:\s*")


@dataclass(frozen=True, slots=True)
class Submitter:
    """One of those who handed in together; empty where nothing is known."""

    name: str = ""
    sid: str = ""
    email: str = ""


def submitters_of(text: str) -> dict[str, tuple[Submitter, ...]]:
    """Return who submitted each `submission_<number>`; what cannot be read has nobody."""
    found: dict[str, list[dict[str, str]]] = {}
    current: list[dict[str, str]] | None = None
    entry = ""
    for line in text.splitlines():
        if match := _ENTRY.fullmatch(line):
            entry, current = match[1], None
        elif _SUBMITTERS.fullmatch(line):
            current = found.setdefault(entry, [])
        elif current is not None and (match := _FIELD.fullmatch(line)):
            if match["first"] == "-" or not current:
                current.append({})
            current[-1][match["key"]] = _scalar(match["value"])
        else:
            current = None
    return {entry: tuple(Submitter(**each) for each in rows) for entry, rows in found.items()}


def times_of(text: str) -> dict[str, datetime]:
    """Return when each `submission_<number>` was handed in, where it says so.

    Earlier submissions and results stand deeper in the list, so their times are passed over.
    """
    found: dict[str, datetime] = {}
    entry = ""
    for line in text.splitlines():
        if match := _ENTRY.fullmatch(line):
            entry = match[1]
        elif (match := _CREATED.fullmatch(line.rstrip())) and entry not in found:
            zone = match["zone"].replace("Z", "+00:00")
            with suppress(ValueError):  # such as the 31st of June
                found[entry] = datetime.fromisoformat(f"{match['day']}T{match['time']}{zone}")
    return found


def _scalar(text: str) -> str:
    """Return a YAML scalar on one line; nothing where it is none that such a list holds."""
    value = text.strip()
    if value.startswith("'"):
        return value[1:-1].replace("''", "'") if value.endswith("'") and len(value) > 1 else ""
    if value.startswith('"'):
        try:
            return str(json.loads(re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", value)))
        except ValueError:
            return ""
    return "" if value in {"", "~", "null"} or value[0] in "|>&*!" else value
