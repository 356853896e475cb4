"""From attempts to marks: what is late, what that costs, which attempt counts, who shares it.

Pure functions. A time of handing in is given or it is not: without one there is no late rule,
since the time of a file is whatever the last program that touched it made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lrquiz.grade.gradebook import Attempt
from lrquiz.model.course import NOBODY, Counting, Course, LateRule, Roster, Student, folded
from lrquiz.model.mark import NOTHING_HANDED_IN, Mark

_DAY = timedelta(days=1)


def days_late(
    handed_in: datetime | None, due: datetime | None, grace: timedelta = timedelta()
) -> int | None:
    """Return how many days have begun since something was due; 0 in time, None if unknown."""
    if handed_in is None or due is None:
        return None
    late = handed_in - due
    return 0 if late <= max(grace, timedelta()) else -(-late // _DAY)


def late_factor(days: int | None, rule: LateRule | None, own_free_days: int | None = None) -> float:
    """Return what share of a score is left to a hand-in that many days late, from 0 to 1.

    Args:
        days: as `days_late` says.
        rule: the course's; None where lateness costs nothing.
        own_free_days: what the student has in place of the rule's free days. The last day moves
            with them.
    """
    if rule is None or not days:
        return 1.0
    free = rule.free_days if own_free_days is None else own_free_days
    if days > max(rule.last_day + free - rule.free_days, free):
        return 0.0
    return min(1.0, max(0.0, 1 - rule.per_day * max(0, days - free)))


@dataclass(frozen=True, slots=True)
class Rules:
    """What turns the attempts at one task into marks."""

    task: str
    course: Course | None = None
    roster: Roster = NOBODY

    @property
    def counting(self) -> Counting:
        """Which attempt counts; the last one outside a course."""
        return Counting.LAST if self.course is None else self.course.counting

    def mark(self, attempt: Attempt) -> Mark:
        """Return the mark of one attempt."""
        student = self.roster.find(attempt.student)
        days, factor = self._lateness(attempt, student)
        factor = 1.0 if attempt.is_last_word else factor
        return Mark(
            student=attempt.student,
            score=None if attempt.score is None else attempt.score * factor,
            points=attempt.points,
            ending=attempt.ending,
            detail=attempt.detail,
            submission=attempt.submission,
            days_late=days,
            factor=factor,
            machine=attempt.machine,
            adjusted=attempt.adjusted,
        )

    def _lateness(self, attempt: Attempt, student: Student | None) -> tuple[int | None, float]:
        if self.course is None:
            return None, 1.0
        rule = self.course.late
        grace = timedelta() if rule is None else rule.grace
        days = days_late(attempt.handed_in, self.course.due(self.task, student), grace)
        return days, late_factor(days, rule, None if student is None else student.late_days)


def counting_attempts(attempts: Iterable[Attempt], rules: Rules) -> tuple[Attempt, ...]:
    """Return each student's attempt that counts, in order of students.

    Where the best one counts, an attempt that waits for a person stands as long as it could still
    become the best: as long as all that lateness leaves of its points is more than any other has.

    Args:
        attempts: at one task, the first first.
        rules: of the course.
    """
    groups: dict[str, list[Attempt]] = {}
    for each in attempts:
        groups.setdefault(each.student, []).append(each)
    choose = _last if rules.counting is Counting.LAST else _best
    return tuple(choose(groups[student], rules) for student in sorted(groups))


def _last(attempts: Sequence[Attempt], _: Rules) -> Attempt:
    return attempts[-1]


def _best(attempts: Sequence[Attempt], rules: Rules) -> Attempt:
    ranked = [(_rank(rules.mark(each)), at) for at, each in enumerate(attempts)]
    return attempts[max(ranked)[-1]]


def marks_of(attempts: Sequence[Attempt], rules: Rules) -> tuple[Mark, ...]:
    """Return the mark of each student's attempt that counts, before anybody shares.

    Where an attempt without a score stands before one that has one, the detail says why.
    """
    scored: dict[str, list[float]] = {}
    for mark in map(rules.mark, attempts):
        scored.setdefault(mark.student, []).extend([] if mark.score is None else [mark.score])
    counting = map(rules.mark, counting_attempts(attempts, rules))
    return tuple(_explained(each, scored[each.student], rules) for each in counting)


def _explained(mark: Mark, scores: Sequence[float], rules: Rules) -> Mark:
    if mark.score is not None or not scores:
        return mark
    why = "it is the last one, and another has"
    if rules.counting is Counting.BEST:
        why = "it could still have more than the best of the others,"
    told = f"{mark.detail}; {why} {max(scores):g} points"
    return replace(mark, detail=told.removeprefix("; "))


def shared(marks: Sequence[Mark], roster: Roster) -> tuple[Mark, ...]:
    """Return the marks of everyone, the members of a group having the best mark among them.

    A member who handed in nothing has a row too. Who is in no group keeps the mark as it is.
    """
    by_student = {mark.student: mark for mark in marks}
    names = {folded(mark.student): mark.student for mark in marks}
    for mark in marks:
        for member in roster.sharing_with(mark.student):
            # The roster may spell an id otherwise than the place of a submission does.
            name = names.get(folded(member.id), member.id)
            held = by_student.get(name)
            if held is None or _rank(mark) > _rank(held):
                by_student[name] = replace(mark, student=name, shared_by=mark.student)
    return tuple(by_student[student] for student in sorted(by_student))


def with_missing(
    marks: Sequence[Mark], roster: Roster, attempted: Iterable[str]
) -> tuple[Mark, ...]:
    """Return marks with a row for everybody on the roster who handed in nothing.

    Args:
        marks: of everybody else; the most points among them are what could be had.
        roster: of the course.
        attempted: ids of all who have an attempt, whether there is a mark of it here or not.
    """
    known = {folded(each) for each in (*(mark.student for mark in marks), *attempted)}
    points = max((mark.points for mark in marks), default=0.0)
    missing = (
        Mark(each.id, None, points, NOTHING_HANDED_IN, "", "")
        for each in roster.students
        if folded(each.id) not in known
    )
    return tuple(sorted((*marks, *missing), key=lambda mark: mark.student))


def _rank(mark: Mark) -> tuple[float, bool]:
    """Order marks by what they are, or could become; of two that agree a score is certain."""
    if mark.score is None:
        return (mark.points * mark.factor, False)
    return (mark.score, True)
