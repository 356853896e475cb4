"""Connect to a scheduler, and have its workers ready to grade."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import uuid4

from distributed import Client

from lrquiz.errors import ClusterError
from lrquiz.grade.cluster.client import Cluster
from lrquiz.grade.cluster.worker import GradingPlugin, fault_of
from lrquiz.grade.records import versions
from lrquiz.model.task import Task

_REACHED = 10.0
"""seconds in which a scheduler must answer"""


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Connect to a scheduler that has workers.

    Raises:
        ClusterError: it cannot be reached, or has no workers.
    """
    log = logging.getLogger("distributed")
    level = log.level
    log.setLevel(logging.CRITICAL)  # what matters is said in one sentence
    client = None
    try:
        client = _client(address)
        if not client.nthreads():
            message = f"{address}: the scheduler has no workers; start some with: dask worker ..."
            raise ClusterError(message)
        yield client
    finally:
        if client is not None:
            with suppress(Exception):  # a scheduler that is gone needs no goodbye
                client.close(timeout=_REACHED)
        log.setLevel(level)


class _Client(Client):
    """A client that ends quietly where it could not connect, in place of a warning at exit."""

    def start(self, **kwargs: Any) -> None:  # noqa: ANN401 - handed through
        """Connect.

        Raises:
            OSError: nobody answered.
        """
        try:
            super().start(**kwargs)  # type: ignore[no-untyped-call]  # Dask's
        except BaseException:
            self.status = "closed"
            self._loop_runner.stop()
            raise


def _client(address: str) -> Client:
    try:
        return _Client(  # type: ignore[no-untyped-call]  # Dask's
            address, timeout=_REACHED, set_as_default=False, name="lrquiz"
        )
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        message = (
            f"{address}: the scheduler cannot be reached ({why}); start one with: dask scheduler, "
            "and give its address, such as tcp://10.0.0.1:8786"
        )
        raise ClusterError(message) from error


@contextmanager
def prepared(client: Client, task: Task, secret: bytes, minimum: str) -> Iterator[Cluster]:
    """Have every worker open a box, and close it in the end.

    Raises:
        ClusterError: a worker has other versions or no such box.
    """
    name = f"lrquiz-{uuid4().hex}"
    _require_versions(client)
    plugin = GradingPlugin(task, secret, minimum, versions())
    try:
        client.register_plugin(plugin, name)
        faults = client.run(fault_of, name)
        _refuse({worker: fault for worker, fault in faults.items() if fault})
        yield Cluster(client, name, task, secret)
    finally:
        with suppress(Exception):  # workers that are gone have taken their boxes along
            client.unregister_worker_plugin(name)


def _require_versions(client: Client) -> None:
    """Refuse workers whose lrquiz or torch is another: scores depend on both."""
    wanted = versions()
    held = client.run(versions, on_error="return")
    _refuse(
        {
            worker: f"has {_spelled(each)} where this machine has {_spelled(wanted)}"
            for worker, each in held.items()
            if each != wanted
        }
    )


def _spelled(found: object) -> str:
    if isinstance(found, dict):
        return ", ".join(f"{name} {version}" for name, version in sorted(found.items()))
    return f"no lrquiz that it can import ({found})"


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        lines = (f"worker {worker} cannot grade: {why}" for worker, why in sorted(faults.items()))
        raise ClusterError("\n".join(lines))
