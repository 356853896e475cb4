"""One warm box for all programs of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lrquiz.diagnosis.running import ENTRY
from lrquiz.model.run import REDUCED
from lrquiz.sandbox import Sandbox, probe_tier
from lrquiz.sandbox.box import Box
from lrquiz.sandbox.ordinary import OrdinaryProcess


@pytest.fixture(scope="session")
def box() -> Iterator[Box]:
    """The best box that there is here, for programs of our own."""
    if probe_tier().reaches(REDUCED):
        with Sandbox(ENTRY, minimum=REDUCED) as sandbox:
            yield sandbox
    else:
        with OrdinaryProcess(ENTRY) as process:
            yield process
