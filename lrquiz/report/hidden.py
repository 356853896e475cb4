"""Keep a student's id out of what staff read, where codes stand for names."""

from __future__ import annotations

import re
from dataclasses import replace

from lrquiz.model.record import Record
from lrquiz.report.told import Told

_SHORTEST = 3
"""characters of an id that is looked for in what a student wrote; `1` may be any number"""


def hidden(told: Told) -> Told:
    """Return the same work under the name that is shown; as it is where names are not hidden.

    An id is taken out of the texts of the record too: students sign what they write.
    """
    if not told.name or told.name == told.record.student:
        return told
    return replace(told, record=_renamed(told.record, told.name))


def _renamed(record: Record, name: str) -> Record:
    named = replace(record, student=name)
    if len(record.student) < _SHORTEST:
        return named
    whole = re.compile(rf"(?<![^\W_]){re.escape(record.student)}(?![^\W_])", re.IGNORECASE)

    def without(text: str) -> str:
        return whole.sub(lambda _: name, text)

    return replace(
        named,
        detail=without(record.detail),
        source=without(record.source),
        stdout=without(record.stdout),
        stderr=without(record.stderr),
        notes=tuple(map(without, record.notes)),
        staff_notes=tuple(map(without, record.staff_notes)),
        responses=tuple(replace(each, text=without(each.text)) for each in record.responses),
        checks=tuple(replace(each, evidence=without(each.evidence)) for each in record.checks),
    )
