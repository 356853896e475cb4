"""The laboratory: asks for trials by the hundred, trains what the store does not hold."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Protocol, Self, TypeVar

from lrquiz.errors import LocalCodeError, RecipeError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments import worker
from lrquiz.experiments.local_recipe import require_permission
from lrquiz.experiments.pieces import Batch, Place, make_batch, pieces, torch_version
from lrquiz.experiments.pools import Pools
from lrquiz.experiments.worker import Trial
from lrquiz.model.item import Code, Experiment
from lrquiz.model.trace import Trace

__all__ = ["Laboratory", "Progress", "TrialSource", "torch_version"]

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""called with trials trained now and trials found in the store"""


class TrialSource(Protocol):
    """Where trials come from: the laboratory, or what an audit puts in front of it."""

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        """Return for each arm one trace per seed, in order."""


class Laboratory:
    """Runs experiments in worker processes and keeps what they show.

    Use as a context manager. Workers start with the first trial that the store does not hold.
    """

    def __init__(
        self,
        store: EvidenceStore,
        workers: int | None = None,
        progress: Progress = lambda *_: None,
        *,
        allow_local: bool = False,
    ) -> None:
        """Open a laboratory.

        Args:
            store: where trials are kept.
            workers: processes that train; by default as many as there are processors.
            progress: told of every trial.
            allow_local: execute recipes of a bank's own; without, they are refused.
        """
        self._allow_local = allow_local
        self._store = store
        self._workers = workers or len(os.sched_getaffinity(0))
        self._progress = progress
        self._pools = Pools(self._workers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # An interrupt must not wait for the pieces of work that workers hold.
        self._pools.close(kill=kind is not None)

    def trials(
        self, experiment: Experiment, seeds: range, *, without: str = ""
    ) -> dict[str, tuple[Trace, ...]]:
        """Return for each arm one trace per seed, in order, trained now or kept from before.

        With `without`, a call of the catalogue does nothing in the loop that trains them; they are
        kept apart from what the recipe itself shows.

        Raises:
            RecipeError: there are no seeds, or the recipe failed with these settings.
            LocalCodeError: the recipe is a bank's own and not allowed, or cannot be loaded.
            OutputError: the store cannot be written.
        """
        require_permission(experiment, allow_local=self._allow_local)
        if not seeds:
            message = f"{experiment.recipe}: no seeds were asked for; evidence needs one at least"
            raise RecipeError(message)
        try:
            batches = {
                arm: make_batch(experiment.recipe, settings, seeds, experiment.epochs, without)
                for arm, settings in experiment.arms.items()
            }
        except (TypeError, ValueError) as error:  # a setting as text, or one that is not finite
            raise RecipeError(f"{experiment.recipe}: a setting is no number: {error}") from error
        kept = {arm: self._store.get(batch.key) for arm, batch in batches.items()}
        missing = {batch.key: batch for arm, batch in batches.items() if kept[arm] is None}
        self._progress(0, len(seeds) * (len(batches) - len(missing)))
        trained = self._train(list(missing.values()))
        return {arm: kept[arm] or trained[batch.key] for arm, batch in batches.items()}

    def call(
        self, task: Callable[[Code, Trial, int], T], recipe: Code, trial: Trial, epochs: int
    ) -> T:
        """Return what a function of `worker` makes of one trial in a worker.

        Raises:
            RecipeError: the recipe failed with these settings.
            LocalCodeError: the recipe is a bank's own and cannot be loaded.
        """
        return _result(self._pools.of(recipe).submit(task, recipe, trial, epochs), recipe)

    def _train(self, batches: Sequence[Batch]) -> dict[str, tuple[Trace, ...]]:
        """Train batches, keep each in the store as it completes, and return them by their keys."""
        found: dict[str, dict[int, Trace]] = {batch.key: {} for batch in batches}
        wanted = {batch.key: len(batch.seeds) for batch in batches}
        waiting = {self._submit(piece): piece for piece in pieces(batches, self._workers)}
        for done in as_completed(waiting):
            piece, traces = waiting[done], _result(done, waiting[done][0].batch.recipe)
            self._progress(len(traces), 0)
            for place, trace in zip(piece, traces, strict=True):
                found[place.batch.key][place.index] = trace
            for key in {place.batch.key for place in piece}:
                if len(found[key]) == wanted[key]:
                    self._store.put(key, _in_order(found[key]))
        return {key: _in_order(traces) for key, traces in found.items()}

    def _submit(self, piece: Sequence[Place]) -> Future[list[Trace]]:
        batch, trials = piece[0].batch, [place.trial for place in piece]
        pool = self._pools.of(batch.recipe)
        return pool.submit(worker.train, batch.recipe, trials, batch.epochs, batch.without)


def _in_order(traces: dict[int, Trace]) -> tuple[Trace, ...]:
    return tuple(traces[index] for index in sorted(traces))


def _result(future: Future[T], recipe: Code) -> T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        message = (
            f"a worker died while training {recipe}; is the machine out of memory, or does the "
            "recipe end its own process?"
        )
        raise RecipeError(message) from error
    except (RecipeError, LocalCodeError):
        raise
    except Exception as error:
        message = f"recipe {recipe} failed: {type(error).__name__}: {error}"
        raise RecipeError(message) from error
