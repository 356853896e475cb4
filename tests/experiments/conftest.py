"""What the rooms of experiments share."""

from __future__ import annotations

import pytest
import torch


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Train as workers do: with tensors this small, a second thread costs more than it gives."""
    torch.set_num_threads(1)
