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
    """The environment of commands: an evidence store of the session's own, wide lines."""
    store = str(tmp_path_factory.mktemp("evidence"))
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
