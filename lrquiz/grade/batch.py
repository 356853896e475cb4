"""One folder of results: what was graded into it, and what its pages show."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import RecordsError
from lrquiz.grade.gradebook import Attempt, Gradebook
from lrquiz.grade.marks import Rules, counting_attempts
from lrquiz.grade.people.adjusting import standing
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
    schema: str = "lrquiz/batch"
    version: int = 1


_BATCH = TypeAdapter(Batch)


def write_batch(folder: Path, task: str, gradebook: Path, counting: Sequence[Attempt]) -> None:
    """Note in a folder of results what it holds.

    Raises:
        OutputError: it cannot be written.
    """
    place = os.path.relpath(gradebook.absolute(), folder.absolute())
    batch = Batch(task, place, {each.student: each.result for each in counting})
    write_bytes(folder / BATCH, _BATCH.dump_json(batch, indent=1), PRIVATE)


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
    attempts = standing(book, rules.task)
    wanted = [each for each in attempts if students is None or each.student in students]
    return counting_attempts(wanted, rules)
