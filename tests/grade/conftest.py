"""Fixtures for grading: the shipped task, a fixed secret, one box for the session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lrquiz.bank.tasks import load_task
from lrquiz.grade.code.box import HARNESS
from lrquiz.model.task import Task
from lrquiz.sandbox import Sandbox, probe_tier

SECRET = bytes(range(32))


@pytest.fixture(scope="session")
def task(repository: Path) -> Task:
    return load_task(repository / "question_bank" / "tasks" / "train-with-schedule")


@pytest.fixture(scope="session")
def box() -> Iterator[Sandbox]:
    tier = probe_tier()
    if tier.name != "full":
        pytest.skip(f"no box here: {tier.reason}")
    with Sandbox(HARNESS) as opened:
        yield opened


@pytest.fixture(scope="session")
def secret() -> bytes:
    return SECRET
