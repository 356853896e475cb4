"""From the rows of a table of marks to what is kept of them: all of it, or every fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lrquiz.errors import AdjustmentError
from lrquiz.grade.gradebook import Writer
from lrquiz.grade.intake import Submission
from lrquiz.grade.people.adjust_file import MarkRow
from lrquiz.grade.people.aim import Aim, FaultError, aim_of
from lrquiz.grade.people.knowing import Known, People, WorkKnown
from lrquiz.grade.people.marking import Marking, adjustment_of
from lrquiz.model.decision import Adjustment


@dataclass
class Plan:
    """What a table of marks comes to."""

    marked: list[tuple[Aim, Adjustment]] = field(default_factory=list)
    """what is new, with what it is about"""
    assigned: dict[tuple[str, str], str] = field(default_factory=dict)
    """whose unmatched files are, by work and place"""
    unmarked: int = 0
    """rows without points and comment"""
    kept: int = 0
    """rows that the gradebook holds already"""


def plan_of(rows: Sequence[MarkRow], path: str, known: Known, marking: Marking) -> Plan:
    """Return what is new in a table of marks; the gradebook is only read.

    Raises:
        AdjustmentError: a row cannot be applied; the message lists every fault with its line.
        GradebookError: the gradebook cannot be read.
    """
    planner, faults = _Planner(known, marking), []
    for row in rows:
        try:
            planner.add(row)
        except FaultError as fault:
            faults.append(f"{path}:{row.line}: {fault}")
    if faults:
        raise AdjustmentError("\n".join(faults))
    return planner.plan


def keep(plan: Plan, book: Writer, by: str) -> None:
    """Keep all of a plan, or nothing of it.

    Raises:
        GradebookError: it cannot be written.
    """
    with book.together():
        for aim, _ in plan.marked:
            if aim.attempt is None:
                absent = Submission(aim.record.student, "", "")
                book.hand_in(aim.work.id, [absent], {})
                book.add(aim.record)
        book.adjust(mark for _, mark in plan.marked)
        for (work, place), student in plan.assigned.items():
            book.assign(work, [(place, student)], by)


class _Planner:
    """Takes rows in, one by one."""

    def __init__(self, known: Known, marking: Marking) -> None:
        self.plan = Plan()
        self._known, self._marking = known, marking
        self._people = People(known)
        self._ids = known.book.tasks()
        self._works: dict[str, WorkKnown] = {}
        self._rows: dict[tuple[str, str, str, str], MarkRow] = {}

    def add(self, row: MarkRow) -> None:
        """Take one row in.

        Raises:
            FaultError: it cannot be applied.
        """
        may_assign = bool(row.file and row.student and not row.submission)
        if row.is_blank and not may_assign:
            self.plan.unmarked += 1
            return
        work = self._work(row)
        place = work.place(row.file) if may_assign else None
        if place is not None:
            self._assign(row, work, place)
        elif row.is_blank:
            self.plan.unmarked += 1
        else:
            self._mark(row, work)

    def _work(self, row: MarkRow) -> WorkKnown:
        name = row.work or self._marking.work or (self._ids[0] if len(self._ids) == 1 else "")
        there_are = f"there are: {', '.join(self._ids) or 'none'}"
        if not name:
            raise FaultError(f"names no work, and --work does not either; {there_are}")
        if name not in self._ids:
            raise FaultError(f"nobody handed in anything at the work {name!r}; {there_are}")
        if name not in self._works:
            self._works[name] = WorkKnown(self._known, name)
        return self._works[name]

    def _student(self, row: MarkRow) -> str:
        found = self._people.find(row.student) if row.student else None
        if found is None:
            told = f"{row.student!r} is neither a student of the course nor the code of one"
            raise FaultError(told if row.student else "names no student")
        return found

    def _assign(self, row: MarkRow, work: WorkKnown, place: str) -> None:
        if row.points:
            message = (
                f"gives points for {place!r}, of which nobody knows whose it is; leave them out, "
                "grade again, and mark it then"
            )
            raise FaultError(message)
        student = self._student(row)
        held = self.plan.assigned.setdefault((work.id, place), student)
        if held != student:
            raise FaultError(f"{place!r} is given to {held!r} in another row")

    def _mark(self, row: MarkRow, work: WorkKnown) -> None:
        aim = aim_of(row, work, self._student(row))
        mark = adjustment_of(aim, self._marking)
        first = self._rows.setdefault((mark.student, mark.work, mark.submission, mark.part), row)
        if first is not row:
            if _said(first) != _said(row):
                raise FaultError(f"another mark of the same part stands on line {first.line}")
        elif aim.held is not None and _values(aim.held) == _values(mark):
            self.plan.kept += 1
        else:
            self.plan.marked.append((aim, mark))


def _said(row: MarkRow) -> tuple[str, ...]:
    return (row.points, row.comment, row.reason, row.by)


def _values(mark: Adjustment) -> tuple[object, ...]:
    return (mark.points, mark.comment, mark.reason, mark.by)
