"""What people's marks and decisions do to everybody's marks, before they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from lrquiz.grade.gradebook import Gradebook
from lrquiz.grade.marks import Rules, counting_attempts, shared
from lrquiz.grade.people.adjusting import NO_CHANGES, Changes, standing
from lrquiz.model.decision import Release
from lrquiz.model.mark import Mark

_SAME = 1e-9
"""shares closer than this are one: they come from sums in another order"""


def share(mark: Mark | None) -> float | None:
    """Return the score as a share of what could be had; None where there is none."""
    return mark.score / mark.points if mark and mark.score is not None and mark.points else None


@dataclass(frozen=True, slots=True)
class Move:
    """One student's mark before and after."""

    student: str
    before: Mark | None
    after: Mark | None

    @property
    def direction(self) -> int:
        """1 where the share goes up, -1 where it goes down or a person has to look again, or 0."""
        old, new = share(self.before), share(self.after)
        if old is None or new is None:
            return (new is not None) - (old is not None)
        return (new > old + _SAME) - (new < old - _SAME)


def marks_of(book: Gradebook, rules: Rules, changes: Changes = NO_CHANGES) -> dict[str, Mark]:
    """Return everybody's mark in one piece of work, with late rule and sharing, by student.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    counting = counting_attempts(standing(book, rules.task, changes), rules)
    marks = shared([rules.mark(each) for each in counting], rules.roster)
    return {each.student: each for each in marks}


def moves(book: Gradebook, rules: Rules, changes: Changes) -> tuple[Move, ...]:
    """Return what changes would do to the mark of everybody, in order of students.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    before, after = marks_of(book, rules), marks_of(book, rules, changes)
    return tuple(
        Move(each, before.get(each), after.get(each)) for each in sorted({*before, *after})
    )


def below_release(found: Sequence[Move], releases: Mapping[str, Release]) -> tuple[Move, ...]:
    """Return the moves that take from students what they were told they have."""
    return tuple(
        each
        for each in found
        if each.direction < 0
        and (release := releases.get(each.student)) is not None
        and release.share is not None
        and not ((new := share(each.after)) is not None and new >= release.share - _SAME)
    )


def means(found: Sequence[Move]) -> tuple[float | None, float | None]:
    """Return the mean share before and after, of those who have one."""
    return _mean([share(each.before) for each in found]), _mean([share(e.after) for e in found])


def _mean(shares: Sequence[float | None]) -> float | None:
    known = [each for each in shares if each is not None]
    return fmean(known) if known else None
