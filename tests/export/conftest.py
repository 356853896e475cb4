"""Fixtures for exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.tasks import load_task
from lrquiz.model.task import Task


@pytest.fixture(scope="session")
def task(repository: Path) -> Task:
    return load_task(repository / "question_bank" / "tasks" / "train-with-schedule")
