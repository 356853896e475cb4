"""What intake found, for people and for programs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lrquiz.model.course import NOBODY

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.cli.grading.naming import Names
    from lrquiz.cli.grading.work import Work
    from lrquiz.grade.intake import Intake, Listed
    from lrquiz.grade.subjects import Taken

_SHOWN = 8
"""lines of one list before the rest are only counted"""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was handed in, and what of it is graded."""

    intake: Intake
    taken: Taken


def take_in(work: Work, console: Console) -> TakenIn:
    """Collect what was handed in and tell what became of it.

    What could be matched to nobody is noted in a gradebook that is there, for `lrquiz todo`.

    Raises:
        SubmissionsError: there is nothing there, or nothing that can be graded.
    """
    from lrquiz.errors import SubmissionsError
    from lrquiz.grade.gradebook import open_gradebook
    from lrquiz.grade.intake import collect

    roster, path, assigned = work.roster, work.gradebook_file, {}
    is_kept = path.exists() or work.course is not None
    if path.exists():
        with open_gradebook(path) as book:
            assigned = book.assigned(work.subject.id)
    intake = collect(work.submissions, None if roster == NOBODY else roster, assigned=assigned)
    found = TakenIn(intake, work.subject.taken(intake))
    _show(found, console, hidden=work.anonymous)
    if not found.taken.entries:
        if is_kept:
            with open_gradebook(path) as book:
                book.note_unmatched(work.subject.id, found.taken.unmatched)
        message = f"{work.submissions}: holds nothing that can be graded; see the lists above"
        raise SubmissionsError(message)
    return found


def intake_json(found: TakenIn, names: Names) -> dict[str, Any]:
    """Return what was matched by what, and what is not graded, as JSON values.

    Args:
        found: what was handed in.
        names: what students are called; places are left out where names are hidden, for they are
            names too.
    """
    taken = found.taken
    return {
        "matched": [
            {
                "student": names.of(each.student),
                "place": "" if names.are_hidden else each.place,
                "by": str(each.by),
                "notes": list(each.notes),
            }
            for each in taken.entries
        ],
        "aside": _listed(taken.aside, names),
        "unmatched": _listed(taken.unmatched, names),
        "ignored": _listed(taken.ignored, names),
    }


def _listed(rows: tuple[Listed, ...], names: Names) -> list[dict[str, str]]:
    if names.are_hidden:
        return [{"place": "", "reason": ""} for _ in rows]
    return [{"place": each.place, "reason": each.reason} for each in rows]


def _show(found: TakenIn, console: Console, *, hidden: bool) -> None:
    taken = found.taken
    ways = Counter(str(each.by) for each in taken.entries)
    if set(ways) - {"place"}:
        told = ", ".join(f"{count} by {way}" for way, count in ways.most_common())
        console.print(f"{len(taken.entries)} submissions matched to the roster: {told}")
    for title, rows in (
        ("for something else, set aside", taken.aside),
        ("unmatched, not graded", taken.unmatched),
        ("files ignored", taken.ignored),
    ):
        _list(title, [f"  {each.place}: {each.reason}" for each in rows], console, hidden=hidden)
    notes = [f"  {each.student}: {note}" for each in taken.entries for note in each.notes]
    _list("notes for students, on their pages", notes, console, hidden=hidden)


def _list(title: str, lines: list[str], console: Console, *, hidden: bool) -> None:
    if not lines:
        return
    console.print(f"{title}: {len(lines)}")
    if hidden:  # places are names
        return
    for line in lines[:_SHOWN]:
        console.print(line)
    if len(lines) > _SHOWN:
        console.print(f"  and {len(lines) - _SHOWN} more; --json lists all")
