"""What happens on a worker: it opens a box when grading begins and closes it when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from lrquiz.errors import ClusterError, LrquizError
from lrquiz.grade.code.box import HARNESS
from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import Submission
from lrquiz.grade.records import versions
from lrquiz.model.record import Record
from lrquiz.model.task import Task
from lrquiz.sandbox import Sandbox


class GradingPlugin(WorkerPlugin):
    """Gives a worker process one box, with a zygote of its own, for as long as grading lasts.

    It is sent to workers that are there and to those that come later. However many threads a
    worker has, all of them use this box: it runs several submissions at once.
    """

    def __init__(self, task: Task, secret: bytes, minimum: str, wanted: Mapping[str, str]) -> None:
        self._task = task
        self._secret = secret
        self._minimum = minimum
        self._wanted = dict(wanted)
        self._box: Sandbox | None = None
        self.fault = "its box is not open"
        """why this worker cannot grade; empty when it can"""

    async def setup(self, worker: Worker) -> None:  # noqa: ARG002 - the name is Dask's
        """Open the box, beside the worker's event loop: PyTorch takes its time."""
        self.fault = await asyncio.to_thread(self._open)

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the name is Dask's
        """Close the box; whatever still runs in it ends."""
        self.fault = "its box is closed"
        if self._box is not None:
            await asyncio.to_thread(self._box.__exit__, None, None, None)

    def grade(self, submission: Submission) -> Record:
        """Return the record of one submission.

        Raises:
            ClusterError: this worker cannot grade.
        """
        if self.fault or self._box is None:
            raise ClusterError(self.fault)
        return Grader(self._task, self._secret, self._box).grade(submission)

    def _open(self) -> str:
        own = versions()
        if own != self._wanted:
            return f"has {_spelled(own)} where this machine has {_spelled(self._wanted)}"
        box = Sandbox(HARNESS, minimum=self._minimum)
        try:
            box.__enter__()
        except (LrquizError, OSError) as error:
            return str(error)
        self._box = box
        return ""


def _spelled(versions_of: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in sorted(versions_of.items()))


def fault_of(name: str, dask_worker: Worker) -> str:
    """Return why a worker cannot grade; empty when it can."""
    plugin = dask_worker.plugins.get(name)
    return plugin.fault if isinstance(plugin, GradingPlugin) else "was not made ready"


def grade_one(name: str, submission: Submission) -> Record:
    """Grade one submission on the worker that this runs on.

    Raises:
        ClusterError: the worker cannot grade; the message names it.
    """
    worker = get_worker()
    plugin = worker.plugins.get(name)
    if not isinstance(plugin, GradingPlugin) or plugin.fault:
        message = f"worker {worker.address} cannot grade: {fault_of(name, worker)}"
        raise ClusterError(message)
    return plugin.grade(submission)
