"""Grade on a cluster: Dask distributed schedules, each of its workers has a box of its own.

What travels to the workers: the task with its reference, the secret that draws hidden data, and
students' code. Who may talk to the scheduler may run anything on its workers. So it has to be one
that staff alone reach, and on a network that others share, one that speaks TLS (`tls://`).

The client stays the one writer of the gradebook. A submission whose worker is lost goes to another
worker; one that loses its workers again and again, also when it runs alone, ends as an internal
error, which costs no points.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from lrquiz.errors import ClusterError
from lrquiz.model.run import FULL

if TYPE_CHECKING:
    from lrquiz.grade.cluster.client import Cluster
    from lrquiz.model.task import Task

__all__ = ["open_cluster"]


@contextmanager
def open_cluster(address: str, task: Task, secret: bytes, minimum: str = FULL) -> Iterator[Cluster]:
    """Connect to a scheduler and have its workers ready to grade one task.

    Args:
        address: of the scheduler, such as `tcp://10.0.0.1:8786`, or `tls://...` with the
            certificates that Dask's own configuration names.
        task: that is graded, rubric and all.
        secret: draws the hidden data.
        minimum: the least containment that a worker must offer.

    Raises:
        ClusterError: Dask is not installed, the scheduler cannot be reached or has no workers, or
            a worker has other versions or no such containment; the message names it.
    """
    if find_spec("distributed") is None:
        message = "--scheduler needs Dask distributed: pip install 'lrquiz[cluster]'"
        raise ClusterError(message)
    from lrquiz.grade.cluster.connecting import (  # noqa: PLC0415 - it needs the extra
        connected,
        prepared,
    )

    with connected(address) as client, prepared(client, task, secret, minimum) as cluster:
        yield cluster
