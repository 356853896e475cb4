"""The client's side: hand out submissions, take in records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from uuid import uuid4

from distributed import CancelledError, Client, Future, KilledWorker

from lrquiz.errors import ClusterError
from lrquiz.grade.cluster.worker import grade_one
from lrquiz.grade.code.grading import flagged
from lrquiz.grade.intake import Submission
from lrquiz.model.record import Record
from lrquiz.model.task import Task

_PATIENCE = 60.0
"""seconds without any worker after which grading stops; a lost one may be on its way back"""
_LOOK = 2.0
"""seconds between two looks at whether there are workers"""
_RETRIES = 2
"""how often a submission is tried again after an exception that is not its own"""
_GO_ON = "what was finished is kept; run the same command again"
_NOBODY = f"no worker has been there for {_PATIENCE:.0f} seconds; {_GO_ON}"


@dataclass
class _Batch:
    """What is under way."""

    waiting: dict[str, tuple[Future[Record], Submission]] = field(default_factory=dict)
    """by key of the task"""
    done: SimpleQueue[Future[Record]] = field(default_factory=SimpleQueue)


class Cluster:
    """Workers that are ready to grade one task."""

    def __init__(self, client: Client, name: str, task: Task, secret: bytes) -> None:
        self._client = client
        self._name = name
        self._task = task
        self._secret = secret

    def grade_all(self, submissions: Sequence[Submission]) -> Iterator[Record]:
        """Yield records as they are finished.

        Raises:
            ClusterError: the scheduler or all workers were lost, or a worker that came later is not
                fit to grade. Records that were yielded stand.
        """
        suspects: list[Submission] = []
        for submission, record in self._graded(submissions):
            if record is None:
                suspects.append(submission)
            else:
                yield record
        # Dask blames everything that waited on a worker when it died. Alone, only the one to blame
        # can lose its workers.
        for each in suspects:
            for submission, record in self._graded([each]):
                yield record or self._lost(submission)

    def _graded(
        self, submissions: Sequence[Submission]
    ) -> Iterator[tuple[Submission, Record | None]]:
        """Yield each submission with its record; with None where its workers died repeatedly."""
        batch = _Batch()
        try:
            for each in submissions:
                self._submit(each, batch)
            while batch.waiting:
                future, submission = batch.waiting.pop(str(self._next(batch).key))
                yield submission, self._record(future, submission)
        finally:
            with suppress(Exception):  # after Ctrl-C nothing that has not started may start
                self._client.cancel([future for future, _ in batch.waiting.values()])

    def _submit(self, submission: Submission, batch: _Batch) -> None:
        # The key tells nothing of the student: dashboards and logs show it.
        key = f"lrquiz-{submission.digest}-{uuid4().hex}"
        future = self._client.submit(
            grade_one, self._name, submission, key=key, pure=False, retries=_RETRIES
        )
        batch.waiting[key] = (future, submission)
        future.add_done_callback(batch.done.put)

    def _next(self, batch: _Batch) -> Future[Record]:
        """Wait for what ends next, and see to it that there is somebody to wait for."""
        alone = 0.0
        while True:
            with suppress(Empty):
                return batch.done.get(timeout=_LOOK)
            alone = 0.0 if self._has_workers() else alone + _LOOK
            if alone >= _PATIENCE:
                raise ClusterError(_NOBODY)

    def _has_workers(self) -> bool:
        try:
            return bool(self._client.nthreads())
        except OSError:  # the scheduler does not answer just now
            return False

    def _record(self, future: Future[Record], submission: Submission) -> Record | None:
        """Return a record; None where workers died. One can die with a record not yet fetched."""
        try:
            return self._fetched(future)
        except KilledWorker:
            return None
        except ClusterError:
            raise
        except CancelledError as error:
            raise ClusterError(f"the scheduler was lost; {_GO_ON}") from error
        except Exception as error:  # noqa: BLE001 - one submission's error stops nobody else
            detail = f"a worker failed: {type(error).__name__}: {error}"
            return flagged(self._task, self._secret, submission, detail)

    def _fetched(self, future: Future[Record]) -> Record:
        """Return what a task gave; where its worker died meanwhile, another does it again."""
        while True:
            with suppress(TimeoutError):
                record: Record = future.result(timeout=_PATIENCE)
                return record
            if not self._has_workers():
                raise ClusterError(_NOBODY)

    def _lost(self, submission: Submission) -> Record:
        detail = "every worker that it was given to died, also when nothing else ran there"
        return flagged(self._task, self._secret, submission, detail)
