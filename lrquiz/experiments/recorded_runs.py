"""Recorded runs, kept beside the evidence: each is trained once, in a worker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from lrquiz.experiments import worker
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.local_recipe import require_permission
from lrquiz.experiments.pieces import make_batch
from lrquiz.model.item import Experiment
from lrquiz.model.recorded import RecordedRun
from lrquiz.resources.cache import ContentCache

_RUN = TypeAdapter(RecordedRun)
_KIND = "lrquiz/recorded-run 1"
"""keeps them apart from whatever else shares the folder; the number is that of their format"""


@dataclass(frozen=True, slots=True)
class RunRecorder:
    """Records runs in the laboratory's workers, or finds them in the cache."""

    laboratory: Laboratory
    cache: ContentCache
    allow_local: bool = False

    def recorded(self, experiment: Experiment, arm: str, seed: int) -> RecordedRun:
        """Return one recorded run of an experiment; what is kept and sound is not trained again.

        Raises:
            RecipeError: the recipe failed, or does not show its data or its model.
            LocalCodeError: the recipe is a bank's own and not allowed, or cannot be loaded.
            OutputError: the cache cannot be written.
        """
        require_permission(experiment, allow_local=self.allow_local)
        seeds, settings = range(seed, seed + 1), experiment.arms[arm]
        batch = make_batch(experiment.recipe, settings, seeds, experiment.epochs)
        # Everything that a trial's numbers depend on, the recorder's own source included.
        key = hashlib.sha256(f"{_KIND} {batch.key}".encode()).hexdigest()
        kept = _read(self.cache.get(key))
        if kept is not None:
            return kept
        (trial,) = batch.trials
        made = self.laboratory.call(worker.record, batch.recipe, trial, batch.epochs)
        self.cache.put(key, _RUN.dump_json(made))
        return made


def _read(content: bytes | None) -> RecordedRun | None:
    if content is None:
        return None
    try:
        return _RUN.validate_json(content)
    except ValidationError:
        return None
