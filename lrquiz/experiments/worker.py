"""Train trials of one arm; runs in the laboratory's worker processes.

Torch is imported where it is used, so that the parent can name these functions without it.
"""

from __future__ import annotations

import importlib
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import warnings
from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from lrquiz.errors import RecipeError
from lrquiz.model.trace import Trace


def prepare() -> None:
    """Set a worker up: one thread, Ctrl-C left to the parent, and an end when the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    import torch  # noqa: PLC0415

    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)


def _end_with_parent() -> None:
    """Wait for the parent's end, even by kill -9: nobody is left to want what we train."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def train(
    recipe: str, settings: Mapping[str, Any], seeds: Sequence[int], epochs: int
) -> list[Trace]:
    """Train one arm once per seed, all together where the recipe can be batched.

    Raises:
        RecipeError: the batched engine and the recipe's plain loop disagree.
        Exception: whatever the recipe lets through, a fault of its settings or of ours.
    """
    from lrquiz.experiments.batched import is_batchable, train_batched  # noqa: PLC0415

    module = importlib.import_module(f"lrquiz.experiments.recipes.{recipe}")
    arm = module.Arm(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()})
    with warnings.catch_warnings():
        # Mistakes are what some recipes are about; torch's advice on them is for people.
        warnings.simplefilter("ignore")
        if not is_batchable(module):
            return [module.run(arm, seed, epochs) for seed in seeds]
        traces = train_batched(module, [arm] * len(seeds), seeds, epochs)
        for index in {0, len(seeds) - 1}:
            _compare(module, arm, seeds[index], traces[index])
        return traces


def _compare(module: ModuleType, arm: object, seed: int, batched: Trace) -> None:
    """Train one trial again on the plain loop; both must tell the same."""
    from lrquiz.experiments.agreement import disagreement  # noqa: PLC0415

    wrong = disagreement(module.run(arm, seed, batched.planned_epochs), batched)
    if wrong:
        message = f"the two engines disagree on {arm}, seed {seed}: {wrong}"
        raise RecipeError(message)
