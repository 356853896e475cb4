"""Read who submitted what from the list that Gradescope adds to an export.

It is YAML written by one program. Only the lines that name submitters are read, by their
indentation, so neither a parser for all of YAML nor what students wrote elsewhere in it matters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

_ENTRY = re.compile(r"(submission_\d+):\s*")
_FIELD = re.compile(r"  (?P<first>[- ]) :(?P<key>name|sid|email): ?(?P<value>.*)")
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
