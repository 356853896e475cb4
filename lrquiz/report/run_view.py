"""A recorded run as plain data: its table of epochs, its chart, and what was made of one row."""

from __future__ import annotations

from dataclasses import dataclass

from lrquiz.analysis.observations import observations
from lrquiz.model.recorded import Numbers, Prediction, RecordedRun
from lrquiz.render.charts import Chart, Series
from lrquiz.report.numbers import number, shape, share, values
from lrquiz.report.stage_view import rate_name
from lrquiz.resources.texts import said, said_of

_WITH_DATA = said(
    "One recorded run. The loss is the mean over the epoch's training rows, each taken before its "
    "batch's step; accuracy is measured on held-out rows after the epoch; rates are those at its "
    "start. Epochs are counted from 1."
)
_WITHOUT_DATA = said(
    "One recorded run. There are no data and no batches, so an epoch is one step; the loss is that "
    "before the step, and the rate is the one that the step was taken with. Epochs are counted "
    "from 1."
)


@dataclass(frozen=True, slots=True)
class EpochView:
    """One row of the table of epochs."""

    epoch: int
    loss: str
    accuracy: str
    """empty where none is recorded"""
    rates: tuple[str, ...]
    said: tuple[str, ...]
    """what the row shows; a page makes one sentence of it"""


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer that the sample went through."""

    number: int
    name: str
    shape: str
    values: str


@dataclass(frozen=True, slots=True)
class PredictionView:
    """One held-out row on its way to a prediction."""

    says: str
    layers: tuple[LayerView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a single weight."""

    epoch: int
    before: str
    gradient: str
    step: str
    after: str


@dataclass(frozen=True, slots=True)
class RunView:
    """One recorded run."""

    chart: Chart
    note: str
    caption: str
    has_accuracy: bool
    rates: tuple[str, ...]
    """what the columns of rates are called"""
    epochs: tuple[EpochView, ...]
    prediction: PredictionView | None
    """None where nothing is predicted"""
    steps: tuple[StepView, ...]
    """of the weight, where there is only one"""


def run_view(run: RecordedRun) -> RunView:
    """Return what a page shows of its recorded run."""
    return RunView(
        chart=_chart(run),
        note=_gaps(run),
        caption=_WITH_DATA if run.data else _WITHOUT_DATA,
        has_accuracy="accuracy" in run.epochs,
        rates=tuple(map(rate_name, run.rates)),
        epochs=_epochs(run),
        prediction=None if run.prediction is None else _prediction(run.prediction),
        steps=_steps(run.epochs["weight"], run) if "weight" in run.epochs else (),
    )


def _chart(run: RecordedRun) -> Chart:
    losses = run.epochs["loss"]
    title = said(
        "training loss by epoch: %(first)s in epoch 1, %(last)s at last",
        first=number(losses[0]),
        last=number(losses[-1]),
    )
    return Chart("run", title, said("training loss"), (Series(said("this run"), (losses,)),))


def _gaps(run: RecordedRun) -> str:
    count = run.epochs["loss"].count(None)
    if not count:
        return ""
    return said_of(
        count,
        "In %(count)s epoch it was no finite number.",
        "In %(count)s epochs it was no finite number.",
    )


def _epochs(run: RecordedRun) -> tuple[EpochView, ...]:
    losses, accuracies = run.epochs["loss"], run.epochs.get("accuracy")
    rates = [run.epochs[name] for name in run.rates]
    # Rates of several layers are all constant: only a single one has a scheduler.
    after = run.epochs.get("lr_after", rates[0])
    shows = observations(losses, accuracies or (None,) * len(losses), rates[0], after)
    shown = ("",) * len(losses) if accuracies is None else map(share, accuracies)
    rows = zip(losses, shown, zip(*rates, strict=True), shows, strict=True)
    return tuple(
        EpochView(epoch, number(loss), accuracy, tuple(map(number, used)), words)
        for epoch, (loss, accuracy, used, words) in enumerate(rows, start=1)
    )


def _prediction(prediction: Prediction) -> PredictionView:
    is_right = prediction.predicted == prediction.actual
    return PredictionView(
        says=said(
            "Held-out row %(row)s, counted from 0, was never trained on. The model predicts class "
            "%(predicted)s with probability %(probability)s; its true class is %(actual)s, so the "
            "prediction is %(outcome)s.",
            row=prediction.row,
            predicted=prediction.predicted,
            probability=number(prediction.probability),
            actual=prediction.actual,
            outcome=said("right") if is_right else said("wrong"),
        ),
        layers=tuple(
            LayerView(
                index, each.name, shape(each.shape), values(each.values, each.shape, each.first)
            )
            for index, each in enumerate(prediction.layers)
        ),
    )


def _steps(weights: Numbers, run: RecordedRun) -> tuple[StepView, ...]:
    gradients, steps = run.epochs["gradient"], run.epochs["step"]
    # The record holds the weight after each step; where the first began follows from its length.
    first = None if weights[0] is None or steps[0] is None else weights[0] - steps[0]
    rows = zip((first, *weights[:-1]), gradients, steps, weights, strict=True)
    return tuple(StepView(epoch, *map(number, row)) for epoch, row in enumerate(rows, start=1))
