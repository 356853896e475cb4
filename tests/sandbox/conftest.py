"""One warm sandbox per tier for all tests of this folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES, ENTRY, eventually, leftovers  # type: ignore[import-not-found]

from lrquiz.bank.tasks import load_task
from lrquiz.model.run import NONE
from lrquiz.sandbox import Sandbox, cgroup, landlock, probe_tier, scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrquiz.model.task import Task


@pytest.fixture(scope="session")
def full_tier() -> None:
    """Skip where this machine cannot contain anything: there is no box to test."""
    tier = probe_tier()
    if tier.name != "full":
        pytest.skip(f"no box on this machine: {tier.reason}. {tier.remedy}")


@pytest.fixture(scope="session")
def reduced_tier() -> None:
    """Skip where there is no Landlock."""
    if probe_tier().name == NONE or landlock.version() == 0:
        pytest.skip("this machine has no Landlock: it cannot have the tier `reduced`")


def _nothing_is_left() -> None:
    """Look for what boxes left; sweep first, as a new zygote would: some tests kill zygotes."""
    scratch.sweep()
    cgroup.find()
    assert eventually(lambda: not leftovers()), leftovers()


@pytest.fixture(scope="session")
def sandbox(full_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - asked for its skip
    with Sandbox(ENTRY, path=[ENTRIES], tier="full") as box:
        yield box
    _nothing_is_left()


@pytest.fixture(scope="session")
def reduced_sandbox(reduced_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - asked for its skip
    with Sandbox(ENTRY, path=[ENTRIES], tier="reduced") as box:
        yield box
    _nothing_is_left()


@pytest.fixture(params=["sandbox", "reduced_sandbox"], ids=["full", "reduced"])
def either(request: pytest.FixtureRequest) -> Sandbox:
    """The warm sandbox of each tier."""
    found: Sandbox = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="session")
def task(repository: Path) -> Task:
    return load_task(repository / "question_bank" / "tasks" / "train-with-schedule")
