"""One warm sandbox for all tests of this folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES, ENTRY  # type: ignore[import-not-found]

from lrquiz.sandbox import Sandbox, probe_tier

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def full_tier() -> None:
    """Skip where this machine cannot contain anything: there is no box to test."""
    tier = probe_tier()
    if tier.name != "full":
        pytest.skip(f"no box on this machine: {tier.reason}. {tier.remedy}")


@pytest.fixture(scope="session")
def sandbox(full_tier: None) -> Iterator[Sandbox]:  # noqa: ARG001 - asked for its skip
    with Sandbox(ENTRY, path=[ENTRIES]) as box:
        yield box
