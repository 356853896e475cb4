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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from functools import partial
from typing import Any

from lrquiz.errors import RecipeError
from lrquiz.experiments.agreement import Check, refuse_disagreement
from lrquiz.experiments.local_recipe import checked, explaining
from lrquiz.model.item import Code
from lrquiz.model.recorded import RecordedRun
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
    with explaining(recipe), _in_float32():
        return checked(recipe, _train(recipe, trials, epochs, without), epochs)


def record(recipe: Code, trial: Trial, epochs: int) -> RecordedRun:
    """Train one trial on the reference loop and return all that a page shows of it.

    Raises:
        RecipeError: the recipe does not show its data or its model, or a bank's own recipe failed.
        LocalCodeError: a bank's own recipe cannot be loaded.
        Exception: whatever a recipe of ours lets through.
    """
    from lrquiz.experiments import recording  # noqa: PLC0415
    from lrquiz.experiments.recipe import load_recipe, make_arm  # noqa: PLC0415

    with explaining(recipe), _in_float32(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = load_recipe(recipe)
        return recording.record(module, make_arm(module, trial.settings), trial.seed, epochs)


@contextmanager
def _in_float32() -> Iterator[None]:
    """Refuse training that begins or ends with another default type than float32.

    Raises:
        RecipeError: evidence would be kept as what float32 shows, and is not.
    """
    _require_float32()
    yield
    _require_float32()


def _require_float32() -> None:
    import torch  # noqa: PLC0415

    if torch.get_default_dtype() is not torch.float32:
        message = (
            f"the default type of tensors was set to {torch.get_default_dtype()}, but evidence is "
            "that of torch.float32; give a type to the tensors that need another"
        )
        raise RecipeError(message)


def _train(recipe: Code, trials: Sequence[Trial], epochs: int, without: str) -> list[Trace]:
    from lrquiz.experiments.batched import is_batchable, train_batched  # noqa: PLC0415
    from lrquiz.experiments.mutation import dropped  # noqa: PLC0415
    from lrquiz.experiments.recipe import load_recipe, make_arm, run_nudged, run_plain  # noqa: PLC0415

    module = load_recipe(recipe)
    arms = [make_arm(module, trial.settings) for trial in trials]
    pairs = [(arm, trial.seed) for arm, trial in zip(arms, trials, strict=True)]
    with warnings.catch_warnings():
        # Mistakes are what some recipes are about; torch's advice on them is for people.
        warnings.simplefilter("ignore")
        if without or not is_batchable(module):
            with dropped(without) if without else nullcontext():
                return [run_plain(module, arm, seed, epochs) for arm, seed in pairs]
        traces = train_batched(module, pairs, epochs)
        checks = [
            Check(f"{arm}, seed {seed}", partial(run_nudged, module, arm, seed, epochs), trace)
            for (arm, seed), trace in zip(pairs, traces, strict=True)
        ]
        for sample in (place for place, trial in enumerate(trials) if trial.is_sample):
            refuse_disagreement([checks[place] for place in _alike(trials, sample)])
        return traces


def _alike(trials: Sequence[Trial], sample: int) -> list[int]:
    """Return the place of a sample, then those of the other trials of its arm."""
    others = (place for place in range(len(trials)) if place != sample)
    settings = trials[sample].settings
    return [sample, *(place for place in others if trials[place].settings == settings)]
