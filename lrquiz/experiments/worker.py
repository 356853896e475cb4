"""Train trials of one recipe; runs in the laboratory's worker processes.

Torch is imported where it is used, so that the parent can name these functions without it.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import signal
import threading
import warnings
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from lrquiz.errors import DisagreementError
from lrquiz.experiments.local_recipe import checked, explaining
from lrquiz.model.item import Code
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class Trial:
    """One trial to train."""

    settings: Mapping[str, Any]
    """of its arm, complete"""
    seed: int
    is_sample: bool = False
    """whether to train it on the reference loop too, and compare"""


def prepare() -> None:
    """Set a worker up: one thread, Ctrl-C left to the parent, and an end when the parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):  # there is no stderr
        os.dup2(2, 1)  # stdout is the command's; what a recipe prints goes to people
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


def train(recipe: Code, trials: Sequence[Trial], epochs: int, without: str = "") -> list[Trace]:
    """Train trials in order, all together where the recipe can be batched.

    Where they are trained `without` a call, that is on the plain loop.

    Raises:
        DisagreementError: the batched engine and the reference loop disagree on a sample.
        RecipeError: the recipe's data are not finite, or a bank's own recipe failed.
        LocalCodeError: a bank's own recipe cannot be loaded.
        Exception: whatever a recipe of ours lets through, a fault of its settings or of ours.
    """
    with explaining(recipe):
        return checked(recipe, _train(recipe, trials, epochs, without), epochs)


def _train(recipe: Code, trials: Sequence[Trial], epochs: int, without: str) -> list[Trace]:
    from lrquiz.experiments.agreement import disagreement  # noqa: PLC0415
    from lrquiz.experiments.batched import is_batchable, train_batched  # noqa: PLC0415
    from lrquiz.experiments.mutation import dropped  # noqa: PLC0415
    from lrquiz.experiments.recipe import load_recipe, make_arm, run_nudged, run_plain  # noqa: PLC0415

    module = load_recipe(recipe)
    arms = [make_arm(module, trial.settings) for trial in trials]
    pairs = [(arm, trial.seed) for arm, trial in zip(arms, trials, strict=True)]
    with warnings.catch_warnings():
        # Mistakes are what some recipes are about; torch's advice on them is for people.
        warnings.simplefilter("ignore")
        if without:
            with dropped(without):
                return [run_plain(module, arm, seed, epochs) for arm, seed in pairs]
        if not is_batchable(module):
            return [run_plain(module, arm, seed, epochs) for arm, seed in pairs]
        traces = train_batched(module, pairs, epochs)
        for trial, (arm, seed), trace in zip(trials, pairs, traces, strict=True):
            reference = partial(run_nudged, module, arm, seed, epochs)
            wrong = trial.is_sample and disagreement(reference, trace)
            if wrong:
                message = f"the two engines disagree on {arm}, seed {seed}: {wrong}"
                raise DisagreementError(message)
        return traces
