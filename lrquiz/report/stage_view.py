"""One stage of a pipeline: what was measured of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.pipeline import Stage
from lrquiz.model.recorded import DataStep, Numbers, RecordedRun
from lrquiz.render import markdown
from lrquiz.report.numbers import number, shape, share, values
from lrquiz.resources.texts import said


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured line."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class StageView:
    """One stage."""

    name: str
    text: Markup
    facts: tuple[Fact, ...]


def stage_view(stage: Stage, run: RecordedRun) -> StageView:
    """Return what a page shows of one stage."""
    return StageView(stage.name, markdown.block(stage.text), _facts(stage.shows, run))


def _facts(shows: str, run: RecordedRun) -> tuple[Fact, ...]:
    match shows:
        case "model":
            return _model(run)
        case "training":
            return _training(run)
        case "evaluation":
            return _evaluation(run)
        case _:
            step = run.step(shows)
            assert step is not None, "a page is put together only where its run shows this"
            return _data(step)


def _data(step: DataStep) -> tuple[Fact, ...]:
    rows = said("shape") if step.test_shape is None else said("training rows")
    facts = [Fact(rows, shape(step.shape))]
    if step.test_shape is not None:
        facts.append(Fact(said("held-out rows"), shape(step.test_shape)))
    facts += [
        Fact(said("values from"), _between(step)),
        Fact(said("first row"), values(step.sample, step.shape[1:], step.first_column)),
    ]
    if len(step.shape) == 2 and step.largest_mean is not None:
        facts.append(Fact(said("largest mean of a column"), number(step.largest_mean)))
    return tuple(facts)


def _between(step: DataStep) -> str:
    ends = {"low": number(step.lowest), "high": number(step.highest)}
    return said("%(low)s to %(high)s", **ends)


def _model(run: RecordedRun) -> tuple[Fact, ...]:
    shapes = [Fact(each.name, shape(each.shape) or said("one number")) for each in run.weights]
    total = sum(math.prod(each.shape) for each in run.weights)
    return (*shapes, Fact(said("numbers to learn"), f"{total}"))


def _training(run: RecordedRun) -> tuple[Fact, ...]:
    losses = run.epochs["loss"]
    return (
        Fact(said("epochs"), str(len(losses))),
        Fact(said("loss"), _first_and_last(losses)),
        *(Fact(rate_name(name), _first_and_last(run.epochs[name])) for name in run.rates),
    )


def _first_and_last(column: Numbers) -> str:
    ends = {"first": number(column[0]), "last": number(column[-1])}
    return said("%(first)s in the first epoch, %(last)s in the last", **ends)


def rate_name(column: str) -> str:
    """Return what a column of rates is called: `lr`, or `lr_first` for that of a layer."""
    layer = column.removeprefix("lr").replace("_", " ").strip()
    return said("learning rate, %(layer)s layer", layer=layer) if layer else said("learning rate")


def _evaluation(run: RecordedRun) -> tuple[Fact, ...]:
    return (Fact(said("accuracy on held-out rows"), share(run.epochs["accuracy"][-1])),)
