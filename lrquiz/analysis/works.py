"""What an item analysis looks at: the first attempt of each student, once it is scored."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lrquiz.grade.gradebook import Gradebook
from lrquiz.grade.people.adjusting import Parts, in_force, points_of, voided
from lrquiz.model.record import ItemResponse, Record


@dataclass(frozen=True, slots=True)
class Part:
    """One item or check of one student."""

    says: str
    points: float
    worth: float


@dataclass(frozen=True, slots=True)
class Work:
    """One student's attempt, part by part; what is worth nothing is left out."""

    parts: Mapping[str, Part]
    responses: Mapping[str, ItemResponse]

    @property
    def points(self) -> float:
        """What all parts give together."""
        return math.fsum(each.points for each in self.parts.values())

    @property
    def share(self) -> float:
        """What they give of what they are worth, from 0 to 1."""
        return self.points / math.fsum(each.worth for each in self.parts.values())


def scored_work(record: Record, marks: Parts) -> Work | None:
    """Return a record as a work, people's marks in it; None while a part of it waits for one."""
    names = _names(record)
    parts = {}
    for name, check in zip(names, record.checks, strict=True):
        points = points_of(check, marks)
        if points is None:
            return None
        if check.worth > 0:
            parts[name] = Part(check.says, points, check.worth)
    responses = {each.item: each for each in record.responses}
    return Work(parts, responses) if parts else None


def _names(record: Record) -> list[str]:
    """Return what tells checks apart; releases before this one repeated names of checks."""
    seen: Counter[str] = Counter()
    names = []
    for check in record.checks:
        seen[check.check] += 1
        names.append(
            check.check if seen[check.check] == 1 else f"{check.check} {seen[check.check]}"
        )
    return names


def first_works(book: Gradebook, task: str) -> tuple[Work, ...]:
    """Return the first attempt of everybody at a task or quiz that is scored, in their order.

    Later attempts are left out: they say how well feedback was read.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    marks, void = in_force(book.adjustments(task)), voided(book.decisions(task))
    first = {each.student: each for each in reversed(book.attempts(task))}
    found = []
    for student in sorted(first):
        given = marks.get((student, first[student].submission), {})
        counted = {part: mark for part, mark in given.items() if part not in void}
        found.append(scored_work(book.record(first[student]), counted))
    return tuple(each for each in found if each is not None)
