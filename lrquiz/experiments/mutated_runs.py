"""Trials of an experiment whose arms are trained otherwise than they say, as by a broken recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Experiment, Settings
from lrquiz.model.trace import Trace


@dataclass(frozen=True, slots=True)
class MutatedRuns:
    """What the laboratory shows for an experiment when other settings are trained for its arms.

    It is no laboratory: what proves an item and keeps the proof takes none of these. Their trials
    are kept under what was really trained, never under what the arms say.
    """

    laboratory: Laboratory
    arms: Mapping[str, Settings]
    """what is trained, by the name of the arm that it is passed off as"""
    without: str = ""
    """a call that does nothing in the loop that trains"""

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        """Return for each arm one trace per seed of what is trained in its place.

        Raises:
            RecipeError: the recipe failed.
            OutputError: the store cannot be written.
        """
        trained = replace(experiment, arms={name: self.arms[name] for name in experiment.arms})
        return self.laboratory.trials(trained, seeds, without=self.without)
