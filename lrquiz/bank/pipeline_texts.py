"""The measured facts that a pipeline's texts may speak of, and filling them in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.stem import render_text
from lrquiz.model.pipeline import DATA_STEPS, Pipeline
from lrquiz.model.recorded import DataStep, Prediction, RecordedRun


@dataclass(frozen=True, slots=True)
class End:
    """How an arm's runs ended, over all seeds that were trained."""

    loss: float | None
    """median of the last losses, those that are no number being the highest; None if it is none"""
    accuracy: float | None
    """median of the last accuracies on held-out rows"""
    finite: int
    """runs whose last loss is a finite number"""
    trials: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What texts may say: names as templates use them."""

    arms: Mapping[str, Mapping[str, Any]]
    epochs: int
    data: Mapping[str, Mapping[str, Any]]
    """by step: `rows`, `test_rows`, `shape`, `lowest`, `highest`, `largest_mean`"""
    weights: int
    """how many numbers the model learns"""
    first: Mapping[str, float | None]
    """the recorded run's first epoch: `loss`, `accuracy` and what else the recipe records"""
    last: Mapping[str, float | None]
    prediction: Mapping[str, Any]
    """`predicted`, `actual` and `probability`"""
    ends: Mapping[str, Mapping[str, Any]]
    """by arm: `loss`, `accuracy`, `finite` and `trials`"""


def facts_of(pipeline: Pipeline, run: RecordedRun, ends: Mapping[str, End]) -> Facts:
    """Return what the texts of a pipeline may speak of."""
    columns = {name: column for name, column in run.epochs.items() if column}
    return Facts(
        arms=_arms(pipeline),
        epochs=pipeline.experiment.epochs,
        data={each.name: _data(each) for each in run.data},
        weights=sum(math.prod(each.shape) for each in run.weights),
        first={name: column[0] for name, column in columns.items()},
        last={name: column[-1] for name, column in columns.items()},
        prediction=_prediction(run.prediction),
        ends={arm: asdict(end) for arm, end in ends.items()},
    )


def stand_in(pipeline: Pipeline) -> Facts:
    """Return facts as they could be, to see whether every text can be filled in."""
    step = DataStep("", (2, 2), (1, 2), (0.5,), 0, 0.5, 0.5, 0.5)
    records = recipe_info(pipeline.experiment.recipe).records
    columns = {name.removeprefix("epoch."): 0.5 for name in records if name != "events"}
    return Facts(
        arms=_arms(pipeline),
        epochs=pipeline.experiment.epochs,
        data={name: _data(step) for name in DATA_STEPS},
        weights=1,
        first=dict(columns),
        last=dict(columns),
        prediction=_prediction(Prediction(0, (), 0, 0, 0.5)),
        ends={arm: asdict(End(0.5, 0.5, 1, 1)) for arm in pipeline.experiment.arms},
    )


def filled_in(text: str, facts: Facts) -> str:
    """Return a text with its expressions filled in.

    Raises:
        ValueError: an expression is malformed, names something unknown, or fails.
    """
    return render_text(text, {name: getattr(facts, name) for name in facts.__slots__})


def _arms(pipeline: Pipeline) -> dict[str, Mapping[str, Any]]:
    complete = recipe_info(pipeline.experiment.recipe).complete
    return {arm: complete(settings) for arm, settings in pipeline.experiment.arms.items()}


def _data(step: DataStep) -> dict[str, Any]:
    return {
        "rows": step.shape[0],
        "test_rows": step.test_shape[0] if step.test_shape else 0,
        "shape": " x ".join(map(str, step.shape)),
        "lowest": step.lowest,
        "highest": step.highest,
        "largest_mean": step.largest_mean,
    }


def _prediction(prediction: Prediction) -> dict[str, Any]:
    return {
        "predicted": prediction.predicted,
        "actual": prediction.actual,
        "probability": prediction.probability,
    }
