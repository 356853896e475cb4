"""A small class: what was handed in, and what a deterministic grader says of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from lrquiz.grade.intake import Submission
from lrquiz.grade.records import versions
from lrquiz.model.record import Record
from lrquiz.model.run import Ending, Limits
from lrquiz.model.task import Task

SECRET = "0123456789abcdef"  # noqa: S105 - the fingerprint of one
TASK = Task(
    id="task",
    folder=Path(),
    title="",
    statement="",
    function="train",
    layers=(2, 2),
    rows=1,
    batch_size=1,
    cases=(),
    rubric=(),
    tolerance=0.0,
    limits=Limits(),
    reference="",
    version="v1",
)


def handed_in(student: str, source: str = "x = 1") -> Submission:
    return Submission(student, source, hashlib.sha256(source.encode()).hexdigest()[:16])


def graded(submission: Submission, score: float | None = 7.0, version: str = "v1") -> Record:
    """Return the record that grading `submission` to `TASK` gives."""
    return Record(
        student=submission.student,
        submission=submission.digest,
        source=submission.source,
        task=TASK.id,
        task_version=version,
        ending=Ending.INTERNAL_ERROR if score is None else Ending.OK,
        detail="",
        score=score,
        points=10.0,
        seconds=0.25,
        memory_mib=64.0,
        tier="full",
        secret=SECRET,
        versions=versions(),
    )
