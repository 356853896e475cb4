"""A code task whose submissions are graded on a cluster, behind the face that all grading has."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from lrquiz.errors import ClusterError
from lrquiz.grade.cluster import open_cluster
from lrquiz.grade.intake import Submission
from lrquiz.grade.people.deciding import ruled_task
from lrquiz.grade.subjects import Entry, OpenBox, Subject, TaskSubject
from lrquiz.model.decision import Decision
from lrquiz.model.record import Record
from lrquiz.model.run import FULL


@dataclass(frozen=True, slots=True)
class ClusteredTask(TaskSubject):
    """A code task, and the scheduler whose workers have the boxes."""

    scheduler: str = ""
    minimum: str = FULL
    """the least containment that a worker must offer"""

    def ruled(self, decisions: Sequence[Decision]) -> ClusteredTask:
        """Return the task by the rubric that holds after decisions."""
        return replace(self, task=ruled_task(self.task, decisions))

    def grade(
        self,
        waiting: Sequence[Entry],
        secret: bytes,
        open_box: OpenBox,  # noqa: ARG002 - the workers have boxes of their own
        jobs: int,  # noqa: ARG002 - as many run as there are workers
    ) -> Generator[Record, None, None]:
        """Yield records as workers finish.

        Raises:
            ClusterError: the cluster cannot be reached, is not fit to grade, or was lost.
        """
        submissions = [each for each in waiting if isinstance(each, Submission)]
        with open_cluster(self.scheduler, self.task, secret, self.minimum) as cluster:
            yield from cluster.grade_all(submissions)


def on_cluster(subject: Subject, scheduler: str, minimum: str) -> Subject:
    """Return what is graded as it is graded on a cluster.

    Raises:
        ClusterError: it is a quiz, whose responses are scored faster than they are sent.
    """
    if not isinstance(subject, TaskSubject):
        message = "--scheduler is for code tasks; responses to a quiz are scored here in seconds"
        raise ClusterError(message)
    return ClusteredTask(subject.task, scheduler=scheduler, minimum=minimum)
