"""What intake found, for people and for programs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lrquiz.model.course import NOBODY

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from lrquiz.grade.intake import Intake, Listed
    from lrquiz.model.course import Roster

_SHOWN = 8
"""lines of one list before the rest are only counted"""


def take_in(path: Path, roster: Roster, console: Console) -> Intake:
    """Collect what was handed in and tell what became of it.

    Raises:
        SubmissionsError: there is nothing there, or nothing that can be graded.
    """
    from lrquiz.errors import SubmissionsError
    from lrquiz.grade.intake import collect

    intake = collect(path, None if roster == NOBODY else roster)
    _show(intake, console)
    if not intake.submissions:
        raise SubmissionsError(f"{path}: holds nothing that can be graded; see the lists above")
    return intake


def intake_json(intake: Intake) -> dict[str, Any]:
    """Return what was matched by what, and what is not graded, as JSON values."""
    return {
        "matched": [
            {
                "student": each.student,
                "place": each.place,
                "by": str(each.by),
                "notes": list(each.notes),
            }
            for each in intake.submissions
        ],
        "responses": [
            {"student": each.student, "place": each.place, "by": str(each.by)}
            for each in intake.responses
        ],
        "unmatched": _listed(intake.unmatched),
        "ignored": _listed(intake.ignored),
    }


def _listed(rows: tuple[Listed, ...]) -> list[dict[str, str]]:
    return [{"place": each.place, "reason": each.reason} for each in rows]


def _show(intake: Intake, console: Console) -> None:
    ways = Counter(str(each.by) for each in intake.submissions)
    if set(ways) - {"place"}:
        found = ", ".join(f"{count} by {way}" for way, count in ways.most_common())
        console.print(f"{len(intake.submissions)} submissions matched to the roster: {found}")
    aside = [f"  {each.place}: of {each.student}" for each in intake.responses]
    _list("response files, set aside", aside, console)
    unmatched = [f"  {each.place}: {each.reason}" for each in intake.unmatched]
    _list("unmatched, not graded", unmatched, console)
    ignored = [f"  {each.place}: {each.reason}" for each in intake.ignored]
    _list("files ignored", ignored, console)
    notes = [f"  {each.student}: {note}" for each in intake.submissions for note in each.notes]
    _list("notes for students, on their pages", notes, console)


def _list(title: str, lines: list[str], console: Console) -> None:
    if not lines:
        return
    console.print(f"{title}: {len(lines)}")
    for line in lines[:_SHOWN]:
        console.print(line)
    if len(lines) > _SHOWN:
        console.print(f"  and {len(lines) - _SHOWN} more; --json lists all")
