"""The laboratory: asks for trials by the hundred, trains what the store does not hold."""

from __future__ import annotations

import functools
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import lrquiz
from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.evidence.store import EvidenceStore, digest
from lrquiz.experiments import worker
from lrquiz.model.item import Experiment
from lrquiz.model.trace import Trace

_FEW = 8  # trials of one piece on the plain loop: enough for few messages, few enough for progress

Progress = Callable[[int, int], None]
"""called with trials trained now and trials found in the store"""


def torch_version() -> str:
    """Return the version of torch that trains here, without importing it."""
    return version("torch")


@dataclass(frozen=True, slots=True)
class _Batch:
    """One arm with some seeds: what the store keeps as one entry."""

    recipe: str
    settings: Mapping[str, Any]
    seeds: tuple[int, ...]
    epochs: int

    @property
    def key(self) -> str:
        """The digest of everything its numbers depend on."""
        return digest(
            {
                "recipe": self.recipe,
                "settings": self.settings,
                "seeds": self.seeds,
                "epochs": self.epochs,
                "engine": "batched" if RECIPES[self.recipe].batched else "plain",
                "dtype": "float32",
                "torch": torch_version(),
                "sources": _sources(),
            }
        )


class Laboratory:
    """Runs experiments in worker processes and keeps what they show.

    Use as a context manager. Workers start with the first trial that the store does not hold.
    """

    def __init__(
        self,
        store: EvidenceStore,
        workers: int | None = None,
        progress: Progress = lambda *_: None,
    ) -> None:
        self._store = store
        self._workers = workers or len(os.sched_getaffinity(0))
        self._progress = progress
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is None:
            return
        if kind is not None:
            # An interrupt must not wait for the pieces of work that workers hold.
            for process in list((self._pool._processes or {}).values()):  # noqa: SLF001
                process.kill()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        """Return for each arm one trace per seed, in order, trained now or kept from before.

        Raises:
            RecipeError: the recipe failed with these settings.
            OutputError: the store cannot be written.
        """
        info = RECIPES[experiment.recipe]
        batches = {
            arm: _Batch(experiment.recipe, info.complete(settings), tuple(seeds), experiment.epochs)
            for arm, settings in experiment.arms.items()
        }
        kept = {arm: self._store.get(batch.key) for arm, batch in batches.items()}
        missing = {batch.key: batch for arm, batch in batches.items() if kept[arm] is None}
        self._progress(0, len(seeds) * (len(batches) - len(missing)))
        trained = self._train(list(missing.values()))
        return {arm: kept[arm] or trained[batch.key] for arm, batch in batches.items()}

    def _train(self, batches: Sequence[_Batch]) -> dict[str, tuple[Trace, ...]]:
        """Train batches, keep each in the store as it completes, and return them by their keys."""
        waiting = {self._submit(piece): batch for batch in batches for piece in _pieces(batch)}
        pieces: dict[str, list[Future[list[Trace]]]] = {}
        for future, batch in waiting.items():
            pieces.setdefault(batch.key, []).append(future)
        trained = {}
        for done in as_completed(waiting):
            batch = waiting[done]
            self._progress(len(_result(done, batch)), 0)
            if batch.key not in trained and all(each.done() for each in pieces[batch.key]):
                traces = [trace for each in pieces[batch.key] for trace in _result(each, batch)]
                trained[batch.key] = tuple(traces)
                self._store.put(batch.key, traces)
        return trained

    def _submit(self, piece: _Batch) -> Future[list[Trace]]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self._workers, context, worker.prepare)
        return self._pool.submit(
            worker.train, piece.recipe, piece.settings, piece.seeds, piece.epochs
        )


def _pieces(batch: _Batch) -> Iterator[_Batch]:
    """Split what the plain loop trains, for progress.

    A stacked program is one piece: how many trials it holds can change the last digits of each, so
    its numbers must depend on nothing but what the batch's key names.
    """
    size = len(batch.seeds) if RECIPES[batch.recipe].batched else _FEW
    for first in range(0, len(batch.seeds), size):
        yield replace(batch, seeds=batch.seeds[first : first + size])


def _result(future: Future[list[Trace]], batch: _Batch) -> list[Trace]:
    try:
        return future.result()
    except BrokenProcessPool as error:
        message = f"a worker died while training {batch.recipe}; is the machine out of memory?"
        raise RecipeError(message) from error
    except RecipeError:
        raise
    except Exception as error:
        message = f"recipe {batch.recipe} failed: {type(error).__name__}: {error}"
        raise RecipeError(message) from error


@functools.cache
def _sources() -> str:
    """Return a digest of the code that experiments run."""
    folder = Path(lrquiz.__file__).parent
    contents = hashlib.sha256()
    for package in ("experiments", "recorder"):
        for path in sorted((folder / package).rglob("*.py")):
            contents.update(path.relative_to(folder).as_posix().encode() + b"\0")
            contents.update(path.read_bytes() + b"\0")
    return contents.hexdigest()
