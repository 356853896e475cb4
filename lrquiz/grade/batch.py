"""One folder of results: what was graded into it, and what its pages show."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import RecordsError
from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.grade.marks import Rules, counting_attempts, marks_of, shared, with_missing
from lrquiz.grade.people.adjusting import in_force, standing
from lrquiz.model.decision import Adjustment, Level
from lrquiz.model.mark import Mark
from lrquiz.resources.files import PRIVATE, write_bytes

BATCH = Path("staff", "batch.json")


@dataclass(frozen=True, slots=True)
class Batch:
    """What a folder of results holds, written when all of it is there."""

    task: str
    gradebook: str
    """its place, from the folder of results"""
    pages: Mapping[str, int]
    """by student, the number of the result that the feedback page shows"""
    quiz: str = ""
    """place of the quiz file, from the folder of results; empty for a task"""
    level: Level = Level.FEEDBACK
    """what students' pages hold"""
    anonymous: bool = False
    """whether pages for staff name students by codes; there are no pages for students then"""
    shown: Mapping[str, str] = field(default_factory=dict)
    """by student, the digest of what the pages show; who has none gets new pages"""
    schema: str = "lrquiz/batch"
    version: int = 1


_BATCH = TypeAdapter(Batch)


def write_batch(folder: Path, batch: Batch) -> None:
    """Note in a folder of results what it holds.

    Raises:
        OutputError: it cannot be written.
    """
    write_bytes(folder / BATCH, _BATCH.dump_json(batch, indent=1), PRIVATE)


def place_from(folder: Path, path: Path) -> str:
    """Return the place of a file as a folder of results notes it, so that both can move."""
    return os.path.relpath(path.absolute(), folder.absolute())


def read_batch(folder: Path) -> Batch | None:
    """Return what a folder of results holds; None where grading has not ended once.

    Raises:
        RecordsError: its note of that is damaged or of another release.
    """
    path = folder / BATCH
    if not path.exists():
        return None
    try:
        batch = _BATCH.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise RecordsError(f"{path}: cannot be read; run lrquiz grade again to renew it") from error
    if (batch.schema, batch.version) != ("lrquiz/batch", 1):
        message = f"{path}: {batch.schema} version {batch.version} is not lrquiz/batch version 1"
        raise RecordsError(message)
    return batch


def counted(book: Gradebook, rules: Rules, students: set[str] | None) -> tuple[Attempt, ...]:
    """Return the attempts that count, of these students or of all.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    return counting_attempts(_wanted(book, rules, students), rules)


def _wanted(book: Gradebook, rules: Rules, students: set[str] | None) -> list[Attempt]:
    """Return the attempts of these students, or of all.

    A mark that a person gave to who handed in nothing has a place in every folder.
    """
    return [
        each
        for each in standing(book, rules.task)
        if students is None or each.student in students or not each.submission
    ]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a class stands in one piece of work."""

    counting: tuple[Attempt, ...]
    """the attempt of each student that counts"""
    marks: tuple[Mark, ...]
    """of everybody: late rule, sharing and people's marks in them, who handed in nothing too"""
    parts: Mapping[str, Mapping[str, Adjustment]]
    """by student, people's marks of the attempt that counts, by part"""

    @property
    def mark_of(self) -> dict[str, Mark]:
        """The marks by student."""
        return {each.student: each for each in self.marks}

    @property
    def missing(self) -> tuple[str, ...]:
        """Who handed in nothing, in order."""
        return tuple(each.student for each in self.marks if each.is_missing)


def standing_of(book: Gradebook, rules: Rules, students: set[str] | None = None) -> Standing:
    """Return how these students stand, or all; and who of the roster handed in nothing at all.

    Raises:
        GradebookError: the gradebook cannot be read.
    """
    wanted = _wanted(book, rules, students)
    counting = counting_attempts(wanted, rules)
    marks = shared(marks_of(wanted, rules), rules.roster)
    attempted = {each.student for each in book.attempts(rules.task)}
    by_attempt = in_force(book.adjustments(rules.task))
    parts = {e.student: by_attempt.get((e.student, e.submission), {}) for e in counting}
    return Standing(counting, with_missing(marks, rules.roster, attempted), parts)
