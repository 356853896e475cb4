"""The measured facts that a pipeline's texts may speak of, and filling them in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.stem import render_text
from lrquiz.model.item import Experiment
from lrquiz.model.pipeline import DATA_STEPS, Pipeline
from lrquiz.model.recorded import DataStep, Prediction, RecordedRun


@dataclass(frozen=True, slots=True)
class End:
    """How an arm's runs ended, over all seeds that were trained."""

    loss: float | None
    """median of the last losses, those that are no number being the highest; None if it is none"""
    accuracy: float | None
    """median of the last accuracies on held-out rows, likewise; None where none is recorded"""
    finite: int
    """runs whose last loss is a finite number"""
    trials: int


Ends = Mapping[str, End]
"""by arm"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts may say: names as templates use them.

    The text and the statements of a study have its own `arms`, `epochs` and `ends`.
    """

    arms: Mapping[str, Mapping[str, Any]]
    epochs: int
    ends: Mapping[str, Mapping[str, Any]]
    """by arm: `loss`, `accuracy`, `finite` and `trials`"""
    studies: Mapping[str, Mapping[str, Any]]
    """by id: the `arms`, `epochs` and `ends` of each, the page's own as `impact`"""
    data: Mapping[str, Mapping[str, Any]]
    """by step: `rows`, `test_rows`, `shape`, `lowest`, `highest`, `largest_mean`"""
    weights: int
    """how many numbers the model learns"""
    first: Mapping[str, float | None]
    """the recorded run's first epoch: `loss`, `accuracy` and what else the recipe records"""
    last: Mapping[str, float | None]
    prediction: Mapping[str, Any]
    """`predicted`, `actual` and `probability`; empty where nothing is predicted"""

    def of_study(self, study: str) -> Facts:
        """Return what the texts of one study may say."""
        return replace(self, **self.studies[study])


def facts_of(pipeline: Pipeline, run: RecordedRun, ends: Mapping[str, Ends]) -> Facts:
    """Return what the texts of a pipeline may speak of; `ends` is by study."""
    columns = {name: column for name, column in run.epochs.items() if column}
    return Facts(
        **_studied(pipeline.experiment, ends[pipeline.studies[0].id]),
        studies={each.id: _studied(each.experiment, ends[each.id]) for each in pipeline.studies},
        data={each.name: _data(each) for each in run.data},
        weights=sum(math.prod(each.shape) for each in run.weights),
        first={name: column[0] for name, column in columns.items()},
        last={name: column[-1] for name, column in columns.items()},
        prediction=_prediction(run.prediction),
    )


def stand_in(pipeline: Pipeline) -> Facts:
    """Return facts as they could be, to see whether every text can be filled in."""
    records = recipe_info(pipeline.experiment.recipe).records
    names = [name.removeprefix("epoch.") for name in records if name != "events"]
    column = (0.5,)
    has_rows = "epoch.accuracy" in records
    step = DataStep("", (2, 2), (1, 2), (0.5,), 0, 0.5, 0.5, 0.5)
    run = RecordedRun(
        data=tuple(replace(step, name=name) for name in DATA_STEPS) if has_rows else (),
        weights=(),
        epochs=dict.fromkeys(names, column),
        prediction=Prediction(0, (), 0, 0, 0.5) if has_rows else None,
        torch_version="",
    )
    return facts_of(
        pipeline, run, {each.id: _ends_as_could_be(each.experiment) for each in pipeline.studies}
    )


def filled_in(text: str, facts: Facts) -> str:
    """Return a text with its expressions filled in.

    Raises:
        ValueError: an expression is malformed, names something unknown, or fails.
    """
    return render_text(text, {name: getattr(facts, name) for name in facts.__slots__})


def settings_of(experiment: Experiment) -> dict[str, Any]:
    """Return what texts may say of an experiment unrun: its arms, complete, and its epochs."""
    complete = recipe_info(experiment.recipe).complete
    arms = {arm: complete(settings) for arm, settings in experiment.arms.items()}
    return {"arms": arms, "epochs": experiment.epochs}


def _studied(experiment: Experiment, ends: Ends) -> dict[str, Any]:
    return {**settings_of(experiment), "ends": {arm: asdict(end) for arm, end in ends.items()}}


def _ends_as_could_be(experiment: Experiment) -> Ends:
    has_accuracy = "epoch.accuracy" in recipe_info(experiment.recipe).records
    return dict.fromkeys(experiment.arms, End(0.5, 0.5 if has_accuracy else None, 1, 1))


def _data(step: DataStep) -> dict[str, Any]:
    return {
        "rows": step.shape[0],
        "test_rows": step.test_shape[0] if step.test_shape else 0,
        "shape": " x ".join(map(str, step.shape)),
        "lowest": step.lowest,
        "highest": step.highest,
        "largest_mean": step.largest_mean,
    }


def _prediction(prediction: Prediction | None) -> dict[str, Any]:
    if prediction is None:
        return {}
    return {
        "predicted": prediction.predicted,
        "actual": prediction.actual,
        "probability": prediction.probability,
    }
