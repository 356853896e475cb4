"""Fixtures that several rooms share: the command as a process, and one evidence store for all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# No example is too slow for a shared machine; CI draws the same ones every time, so that a landing
# does not hang on luck, while everybody else's runs keep searching.
settings.register_profile("lrquiz", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("lrquiz")

REPOSITORY = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Share out the processors among the processes that test side by side.

    A laboratory starts one worker for each processor that it may use, and every worker imports
    torch: so they start no more of them than there is room for.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is not None:
        processors = sorted(os.sched_getaffinity(0))
        count = int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        if len(processors) >= count:
            # A worker that takes the place of one that crashed has a number of its own.
            mine = int(worker.removeprefix("gw")) % count
            os.sched_setaffinity(0, processors[mine::count])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what trains longest, so that nobody waits for it in the end."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:  # noqa: ANN401 - whatever was printed
        return json.loads(self.stdout)


Command = Callable[..., Finished]


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of commands: an evidence store of the session's own, wide lines.

    Processes that test side by side have the same one: its entries are whole or absent.
    """
    folder = tmp_path_factory.getbasetemp()
    beside = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    store = str(beside / "evidence-of-the-session")
    return {**os.environ, "LRQUIZ_CACHE": store, "COLUMNS": "200", "PYTHONPATH": str(REPOSITORY)}


@pytest.fixture(scope="session")
def lrquiz(environment: dict[str, str]) -> Command:
    """Run the `lrquiz` command as a process and return how it ended."""

    def run(*arguments: object, cwd: Path | None = None, timeout: float = 300) -> Finished:
        command = [sys.executable, "-W", "error", "-m", "lrquiz", *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=cwd,
            env=environment,
            timeout=timeout,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    return run
