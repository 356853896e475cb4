"""What waits for a person, as the table that `lrquiz adjust` reads back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from lrquiz.grade.gradebook import Attempt
from lrquiz.grade.people.adjust_file import COLUMNS
from lrquiz.grade.people.cells import capped, table
from lrquiz.grade.people.knowing import Known, WorkKnown
from lrquiz.model.decision import WHOLE, Adjustment
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome

_SHORT = 500
"""characters of a cell that only says what a row is about"""
DIGEST_MARK = "#"
"""before a digest, lest a spreadsheet take `12e45` for a number"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for a person; its fields are the columns, in their order."""

    student: str
    work: str
    part: str = ""
    points: str = ""
    comment: str = ""
    reason: str = ""
    by: str = ""
    what: str = ""
    worth: str = ""
    context: str = ""
    response: str = ""
    submission: str = ""
    file: str = ""


def waiting_in(known: Known, works: Sequence[str], quiz: Quiz | None = None) -> tuple[Waiting, ...]:
    """Return everything that waits for a person, in order of works, students and parts.

    Where codes are given, they stand for students, and what only a name could settle, files of
    which nobody knows whose they are, is left out.

    Args:
        known: the gradebook, and its course.
        works: ids of tasks and quizzes.
        quiz: whose items are to be named; None where they are not at hand.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    rows = [row for work in works for row in _in_work(WorkKnown(known, work), quiz)]
    if known.codes:
        rows = [_anonymous(each, known) for each in rows if each.student]
    return tuple(sorted(rows, key=lambda row: (row.work, row.student, row.part, row.file)))


def todo_csv(rows: Sequence[Waiting]) -> str:
    """Return the table: its columns are `COLUMNS`, no cell is a formula, each is one line."""
    return table(COLUMNS, (astuple(each) for each in rows))


def _in_work(work: WorkKnown, quiz: Quiz | None) -> Iterator[Waiting]:
    quiz = quiz if quiz is not None and quiz.id == work.id else None
    for attempt in work.counting.values():
        yield from _open(work, attempt, quiz)
        yield from _left_behind(work, attempt)
    for place in work.unmatched:
        what = f"nobody knows whose this file is: {place.reason}; write the student, no points"
        yield Waiting("", work.id, what=capped(what, _SHORT), file=place.place)


def _open(work: WorkKnown, attempt: Attempt, quiz: Quiz | None) -> Iterator[Waiting]:
    """Yield what of an attempt nobody has marked: the whole of it, or its open responses."""
    if attempt.score is not None:
        return
    record = work.record(attempt)
    row = _row(attempt)
    waits = [each for each in record.checks if each.outcome is Outcome.OPEN and each.worth]
    if not waits:
        kind = "internal error" if record.ending is Ending.INTERNAL_ERROR else "flagged"
        what = capped("; ".join((f"{kind}: {record.detail}", *record.staff_notes)), _SHORT)
        yield replace(row, what=what, worth=f"{record.points:g}", response=capped(record.source))
    for each in waits:
        mark = work.parts(attempt).get(each.check)
        if mark is None or mark.points is None:
            yield _open_part(row, each, record, quiz)


def _open_part(row: Waiting, check: CheckResult, record: Record, quiz: Quiz | None) -> Waiting:
    given = next((each for each in record.responses if each.item == check.check), None)
    text = "" if given is None else given.text or ", ".join(given.chosen)
    item = next((each for each in quiz.items if each.id == check.check), None) if quiz else None
    return replace(
        row,
        part=check.check,
        what=capped(f"open response: {check.evidence or 'a person marks it'}", _SHORT),
        worth=f"{check.worth:g}",
        context=capped(f"{item.title}: {item.stem}" if item else check.says, _SHORT),
        response=capped(text),
    )


def _left_behind(work: WorkKnown, attempt: Attempt) -> Iterator[Waiting]:
    """Yield the marks that were made for an earlier attempt and hold for it alone."""
    now = work.parts(attempt)
    for part, mark in _earlier_marks(work, attempt).items():
        if part not in now and WHOLE not in now and part not in work.voided:
            what = (
                f"was adjusted for an earlier attempt: {mark.points:g} points by {mark.by}, "
                f"{mark.reason}; does it hold for this one?"
            )
            worth = {each.check: each.worth for each in work.record(attempt).checks}
            points = worth.get(part, attempt.points)
            what = capped(what, _SHORT)
            yield replace(_row(attempt), part=part, what=what, worth=f"{points:g}")


def _earlier_marks(work: WorkKnown, attempt: Attempt) -> Mapping[str, Adjustment]:
    found: dict[str, Adjustment] = {}
    for each in work.attempts:
        if each is attempt:
            break
        if each.student == attempt.student and each.submission != attempt.submission:
            marks = work.parts(each)
            found.update({part: mark for part, mark in marks.items() if mark.points is not None})
    return found


def _row(attempt: Attempt) -> Waiting:
    digest = f"{DIGEST_MARK}{attempt.submission}" if attempt.submission else ""
    return Waiting(attempt.student, attempt.task, submission=digest, file=attempt.place)


def _anonymous(row: Waiting, known: Known) -> Waiting:
    """Return a row that names nobody: the place of a file may hold a name, so it goes too."""
    what = row.what
    for student, code in known.codes.items():
        if student in what:
            what = re.sub(rf"(?<!\w){re.escape(student)}(?!\w)", code, what)
    return replace(row, student=known.codes[row.student], what=what, file="")
