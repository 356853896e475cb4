"""Run responses to fill-ins that no option foresaw: each text once, whoever wrote it.

Importing this imports the judge, and with it torch; grading does so only where something is to run.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from lrquiz.errors import SubmissionsError
from lrquiz.grade.code.box import Box
from lrquiz.grade.code.fill_in import submission_of, task_of
from lrquiz.grade.code.grading import Grader
from lrquiz.model.quiz import QuizItem
from lrquiz.model.record import ItemResponse, Record

_ANYBODY = ""
"""hidden data is drawn for all who responded alike, so that the same text ends the same"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What running a response showed."""

    is_right: bool | None
    """None after a fault of ours"""
    fault: str = ""
    """of ours, for staff"""
    tier: str = ""
    seconds: float = 0.0
    memory_mib: float = 0.0


@dataclass
class Runs:
    """Runs of responses, under way or done."""

    secret: bytes
    box: Box
    pool: ThreadPoolExecutor
    _known: dict[tuple[str, str, str], Future[Ran]] = field(default_factory=dict)

    def of(self, item: QuizItem, response: ItemResponse) -> Future[Ran]:
        """Return the run of a response; begin it where nobody responded this before."""
        key = (item.id, item.variant, response.text.strip())
        if key not in self._known:
            self._known[key] = self.pool.submit(run, item, response.text, self.secret, self.box)
        return self._known[key]


@contextmanager
def opened_runs(secret: bytes, box: Box, jobs: int) -> Iterator[Runs]:
    """Open runs in a box, `jobs` at a time; when the context ends, nothing new begins."""
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="respond")
    try:
        yield Runs(secret, box, pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def run(item: QuizItem, text: str, secret: bytes, box: Box) -> Ran:
    """Run a response to a fill-in, and say whether it trains as a right one does."""
    assert item.blank is not None, "only a fill-in with its code is run"
    right = next(each.text for each in item.options if each.id in item.key)
    try:
        submission = submission_of(_ANYBODY, item.id, item.blank, text)
    except SubmissionsError:
        return Ran(is_right=False)  # longer than a blank takes, or not one line: never right
    record = Grader(task_of(item.id, item.title, item.blank, right), secret, box).grade(submission)
    return _ran(record)


def _ran(record: Record) -> Ran:
    if record.score is None:
        return Ran(None, record.detail)
    is_right = record.score == record.points
    return Ran(is_right, "", record.tier, record.seconds, record.memory_mib)
