"""Train trials of one arm; runs in the laboratory's worker processes.

Torch is imported where it is used, so that the parent can name these functions without it.
"""

from __future__ import annotations

import importlib
import signal
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from lrquiz.model.trace import Trace


def prepare() -> None:
    """Set a worker up: one thread, and Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)


def train(
    recipe: str, settings: Mapping[str, Any], seeds: Sequence[int], epochs: int
) -> list[Trace]:
    """Train one arm once per seed.

    Raises:
        Exception: whatever the recipe lets through, a fault of its settings or of ours.
    """
    module = importlib.import_module(f"lrquiz.experiments.recipes.{recipe}")
    arm = module.Arm(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()})
    with warnings.catch_warnings():
        # Mistakes are what some recipes are about; torch's advice on them is for people.
        warnings.simplefilter("ignore")
        return [module.run(arm, seed, epochs) for seed in seeds]
