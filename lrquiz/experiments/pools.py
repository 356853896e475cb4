"""Pools of worker processes: no two recipes share one unless both are those of lrquiz.

A recipe of a bank's own may change torch for the whole process that executes it: its default type,
a function of ours. Nothing else may be trained there afterwards.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

from lrquiz.experiments import worker
from lrquiz.model.item import Code, LocalCode

_OURS = ""


class Pools:
    """One pool for the recipes of lrquiz, and one for the bank's own recipe that was used last."""

    def __init__(self, workers: int) -> None:
        """Start nothing yet; a pool starts when it is first asked for.

        Args:
            workers: processes of each pool.
        """
        self._workers = workers
        self._open: dict[str, ProcessPoolExecutor] = {}

    def of(self, recipe: Code) -> ProcessPoolExecutor:
        """Return the pool that may execute a recipe, fresh unless it did so before."""
        owner = recipe.identity if isinstance(recipe, LocalCode) else _OURS
        if owner not in self._open:
            if owner != _OURS:
                self._close_local()
            context = multiprocessing.get_context("spawn")
            self._open[owner] = ProcessPoolExecutor(self._workers, context, worker.prepare)
        return self._open[owner]

    def close(self, *, kill: bool = False) -> None:
        """End all workers; with `kill`, without waiting for what they train."""
        if kill:
            for pool in self._open.values():
                for process in list((pool._processes or {}).values()):  # noqa: SLF001
                    process.kill()
        self._shut_down(list(self._open))

    def _close_local(self) -> None:
        self._shut_down([owner for owner in self._open if owner != _OURS])

    def _shut_down(self, owners: list[str]) -> None:
        for owner in owners:
            # Forgotten only once it is gone: an interrupt meanwhile must still find and kill it.
            self._open[owner].shutdown(wait=True, cancel_futures=True)
            del self._open[owner]
