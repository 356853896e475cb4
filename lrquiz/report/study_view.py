"""A study as plain data: arms side by side, their chart, and statements with figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.pipeline_page import ArmEnd, ShownStudy
from lrquiz.model.quiz import Evidence
from lrquiz.render import markdown
from lrquiz.render.charts import Chart, Series
from lrquiz.report.numbers import number, share
from lrquiz.resources.texts import joined, said, said_of

_LINES = 4  # of each arm in the chart; more would hide each other
_LABELS = {"loss": said("training loss"), "accuracy": said("accuracy on held-out rows")}


@dataclass(frozen=True, slots=True)
class ArmView:
    """One arm."""

    name: str
    settings: str
    loss: str
    accuracy: str
    """empty where none is recorded"""
    finite: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement and how often runs bore it out."""

    says: Markup
    figures: str


@dataclass(frozen=True, slots=True)
class StudyView:
    """One study."""

    name: str
    text: Markup
    chart: Chart
    notes: tuple[str, ...]
    caption: str
    has_accuracy: bool
    has_runs: bool
    """whether each arm has several: what knows no chance has one"""
    arms: tuple[ArmView, ...]
    comparisons: tuple[StatementView, ...]


def study_view(study: ShownStudy) -> StudyView:
    """Return what a page shows of one study."""
    trials = study.arms[0].trials
    return StudyView(
        name=study.name,
        text=markdown.block(study.text),
        chart=_chart(study),
        notes=tuple(_notes(study)),
        caption=_caption(trials),
        has_accuracy=study.has_accuracy,
        has_runs=trials > 1,
        arms=tuple(_arm(each, has_accuracy=study.has_accuracy) for each in study.arms),
        comparisons=statements(study.comparisons),
    )


def statements(evidence: Sequence[Evidence]) -> tuple[StatementView, ...]:
    """Return statements with what runs say of them."""
    return tuple(StatementView(markdown.inline(each.says), _figures(each)) for each in evidence)


def in_words(arm: str) -> str:
    """Return an arm's name as people read it."""
    return arm.replace("_", " ")


def _figures(evidence: Evidence) -> str:
    if evidence.trials == 1:
        return said("true; nothing in it is random")
    return said(
        "true in %(held)s of %(trials)s training runs", held=evidence.held, trials=evidence.trials
    )


def _caption(trials: int) -> str:
    if trials == 1:
        return said(
            "How each arm ended in its one run, repeated to be equal: nothing in it is random."
        )
    return said(
        "How %(trials)s runs of each arm ended, one run per seed: medians, what is no finite "
        "number counting as the worst.",
        trials=trials,
    )


def _chart(study: ShownStudy) -> Chart:
    label = _LABELS[study.quantity]
    ends = joined(
        [
            said(
                "%(arm)s (%(settings)s) ends at %(end)s",
                arm=in_words(arm.arm),
                settings=arm.settings,
                end=_end(arm, study.quantity),
            )
            for arm in study.arms
        ]
    )
    series = tuple(Series(in_words(arm.arm), arm.lines[:_LINES]) for arm in study.arms)
    title = said("%(label)s by epoch, runs of each arm: %(ends)s", label=label, ends=ends)
    return Chart(f"study-{study.id}", title, label, series)


def _notes(study: ShownStudy) -> Iterator[str]:
    drawn = min(_LINES, *(len(arm.lines) for arm in study.arms))
    label = _LABELS[study.quantity]
    yield said_of(
        drawn,
        "Drawn: the %(label)s of the run of each arm.",
        "Drawn: the %(label)s of the first %(count)s runs of each arm.",
        label=label,
    )
    for arm in study.arms:
        lost = sum(None in line for line in arm.lines[:_LINES])
        if lost:
            yield said(
                "%(arm)s: in %(lost)s of these runs the %(label)s stopped being a finite number, "
                "and there is nothing left to draw.",
                arm=in_words(arm.arm),
                lost=lost,
                label=label,
            )


def _arm(arm: ArmEnd, *, has_accuracy: bool) -> ArmView:
    return ArmView(
        name=in_words(arm.arm),
        settings=arm.settings,
        loss=_end(arm, "loss"),
        accuracy=share(arm.accuracy) if has_accuracy else "",
        finite=said("%(finite)s of %(trials)s", finite=arm.finite, trials=arm.trials),
    )


def _end(arm: ArmEnd, quantity: str) -> str:
    return share(arm.accuracy) if quantity == "accuracy" else number(arm.loss)
