"""A pipeline page as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.analysis.observations import observations
from lrquiz.model.pipeline_page import ArmEnd, PipelinePage
from lrquiz.model.quiz import Evidence
from lrquiz.model.recorded import Prediction, RecordedRun
from lrquiz.render import markdown
from lrquiz.render.charts import Chart, Series, draw
from lrquiz.report.numbers import number, shape, share, values
from lrquiz.report.quiz_view import ItemView, quiz_view
from lrquiz.report.stage_view import StageView, rate_name, stage_view

_LINES = 4  # of each arm in the chart; more would hide each other


@dataclass(frozen=True, slots=True)
class EpochView:
    """One row of the table of epochs."""

    epoch: int
    loss: str
    accuracy: str
    rates: tuple[str, ...]
    said: str


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
class ArmView:
    """One arm of the comparison."""

    name: str
    settings: str
    loss: str
    accuracy: str
    finite: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement and how often runs bore it out."""

    says: Markup
    figures: str


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What another page said, and what is measured here."""

    page: Markup
    here: Markup


@dataclass(frozen=True, slots=True)
class PipelineView:
    """The whole page."""

    title: str
    summary: Markup
    origin: str
    source: str
    stages: tuple[StageView, ...]
    loss_chart: Markup
    loss_note: str
    rates: tuple[str, ...]
    """what the columns of rates are called"""
    epochs: tuple[EpochView, ...]
    prediction: PredictionView
    impact: Markup
    impact_chart: Markup
    impact_notes: tuple[str, ...]
    trials: int
    arms: tuple[ArmView, ...]
    comparisons: tuple[StatementView, ...]
    insight: Markup
    support: tuple[StatementView, ...]
    items: tuple[ItemView, ...]
    differences: tuple[DifferenceView, ...]
    footer: str


def pipeline_view(page: PipelinePage) -> PipelineView:
    """Return what a pipeline page shows."""
    run = page.run
    versions = ", ".join(f"{name} {each}" for name, each in page.versions.items())
    return PipelineView(
        title=page.title,
        summary=markdown.block(page.summary),
        origin=f"Measured in one recorded run: recipe {page.recipe}, arm {_words(page.arm)}, "
        f"seed {page.seed}.",
        source=page.source,
        stages=tuple(stage_view(stage, run) for stage in page.stages),
        loss_chart=draw(_loss_chart(run)),
        loss_note=_gaps(run),
        rates=tuple(_sentence([rate_name(name)]) for name in run.rates),
        epochs=_epochs(run),
        prediction=_prediction(run.prediction),
        impact=markdown.block(page.impact),
        impact_chart=draw(_impact_chart(page.arms)),
        impact_notes=tuple(_impact_notes(page.arms)),
        trials=page.arms[0].trials,
        arms=tuple(map(_arm, page.arms)),
        comparisons=_statements(page.comparisons),
        insight=markdown.block(page.insight),
        support=_statements(page.support),
        items=quiz_view(page.quiz).items,
        differences=tuple(
            DifferenceView(markdown.inline(each.page), markdown.inline(each.here))
            for each in page.differences
        ),
        footer=f"Pipeline {page.id}, items drawn with seed {page.quiz.seed}. "
        f"Measured with {versions}.",
    )


def _loss_chart(run: RecordedRun) -> Chart:
    losses = run.epochs["loss"]
    title = f"training loss by epoch: {number(losses[0])} in epoch 1, {number(losses[-1])} at last"
    return Chart("run", title, "training loss", (Series("this run", (losses,)),))


def _gaps(run: RecordedRun) -> str:
    count = run.epochs["loss"].count(None)
    return f" In {count} epochs it was no finite number." if count else ""


def _epochs(run: RecordedRun) -> tuple[EpochView, ...]:
    losses, accuracies = run.epochs["loss"], run.epochs["accuracy"]
    rates = [run.epochs[name] for name in run.rates]
    # Rates of several layers are all constant: only a single one has a scheduler.
    said = observations(losses, accuracies, rates[0], run.epochs.get("lr_after", rates[0]))
    rows = zip(losses, accuracies, zip(*rates, strict=True), said, strict=True)
    return tuple(
        EpochView(epoch, number(loss), share(accuracy), tuple(map(number, used)), _sentence(words))
        for epoch, (loss, accuracy, used, words) in enumerate(rows, start=1)
    )


def _sentence(words: Sequence[str]) -> str:
    text = "; ".join(words).replace(" %", "\u00a0%")
    return text[:1].upper() + text[1:]


def _prediction(prediction: Prediction) -> PredictionView:
    right = "right" if prediction.predicted == prediction.actual else "wrong"
    return PredictionView(
        says=f"Held-out row {prediction.row}, counted from 0, was never trained on. The model "
        f"predicts class {prediction.predicted} with probability {number(prediction.probability)}; "
        f"its true class is {prediction.actual}, so the prediction is {right}.",
        layers=tuple(
            LayerView(
                index, each.name, shape(each.shape), values(each.values, each.shape, each.first)
            )
            for index, each in enumerate(prediction.layers)
        ),
    )


def _impact_chart(arms: Sequence[ArmEnd]) -> Chart:
    labels = [f"{_words(arm.arm)} ({arm.settings})" for arm in arms]
    ends = "; ".join(
        f"{label} ends at {_end(arm)}" for label, arm in zip(labels, arms, strict=True)
    )
    series = tuple(Series(_words(arm.arm), arm.lines[:_LINES]) for arm in arms)
    return Chart(
        "impact", f"training loss by epoch, runs of each arm: {ends}", "training loss", series
    )


def _impact_notes(arms: Sequence[ArmEnd]) -> list[str]:
    drawn = min(_LINES, *(len(arm.lines) for arm in arms))
    notes = [f"Loss of the first {drawn} runs of each arm."]
    for arm in arms:
        lost = sum(None in line for line in arm.lines[:_LINES])
        if lost:
            notes.append(
                f"{_words(arm.arm)}: in {lost} of these runs the loss stopped being a finite "
                "number, and there is nothing left to draw."
            )
    return notes


def _arm(arm: ArmEnd) -> ArmView:
    return ArmView(
        name=_words(arm.arm),
        settings=arm.settings,
        loss=_end(arm),
        accuracy=share(arm.accuracy),
        finite=f"{arm.finite} of {arm.trials}",
    )


def _end(arm: ArmEnd) -> str:
    return "not finite" if arm.loss is None else number(arm.loss)


def _statements(evidence: Sequence[Evidence]) -> tuple[StatementView, ...]:
    return tuple(
        StatementView(
            markdown.inline(each.says), f"true in {each.held} of {each.trials} training runs"
        )
        for each in evidence
    )


def _words(arm: str) -> str:
    return arm.replace("_", " ")
