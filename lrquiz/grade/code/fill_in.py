"""A response to a fill-in as a submission: the code with its blank filled in, judged by weights.

Any text is welcome, and runs in the box. It is right if on hidden data it trains step for step as a
response does of which training runs showed that it is.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from lrquiz.bank.blanks import BATCH_SIZE, BLANK, LAYERS, LONGEST_RESPONSE, ROWS, filled
from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake import Submission
from lrquiz.model.quiz import QuizBlank
from lrquiz.model.run import Limits
from lrquiz.model.task import Case, Criterion, Task

_CASE = "hidden"
_TOLERANCE = 1e-5
"""the same number spelled otherwise is 1e-7 away at most, a rate off by a ten-thousandth 1e-4"""
_CHECKS = {"leaves_finite_weights": 0.0, "weights_move": 0.0, "follows_the_reference": 1.0}


def task_of(item: str, title: str, blank: QuizBlank, reference: str) -> Task:
    """Return the task that a fill-in is.

    Args:
        item: its id.
        title: of the item.
        blank: the code, and for how many epochs it trains.
        reference: a response that is right, as training runs showed.
    """
    source = filled(blank.code, reference)
    return Task(
        id=item,
        folder=Path(),
        title=title,
        statement="",
        function="train",
        layers=LAYERS,
        rows=ROWS,
        batch_size=BATCH_SIZE,
        cases=(Case(_CASE, {"epochs": blank.epochs}),),
        rubric=tuple(Criterion(check, points, _CASE) for check, points in _CHECKS.items()),
        tolerance=_TOLERANCE,
        limits=Limits(wall_seconds=10.0, cpu_seconds=4),  # it trains for a tenth of a second
        reference=source,
        version=hashlib.sha256(source.encode()).hexdigest()[:16],
    )


def submission_of(student: str, item: str, blank: QuizBlank, response: str) -> Submission:
    """Return a response as a submission.

    Raises:
        SubmissionsError: it is empty, has several lines, or is longer than a blank takes.
    """
    written = response.strip()
    if not written or not written.isprintable() or len(written) > LONGEST_RESPONSE:
        message = (
            f"a response to {item} is one line of 1 to {LONGEST_RESPONSE} characters, "
            f"what belongs in the place of {BLANK}"
        )
        raise SubmissionsError(message)
    source = filled(blank.code, written)
    return Submission(student, source, hashlib.sha256(source.encode()).hexdigest())
