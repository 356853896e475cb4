"""The measured curves of an item, as a chart and what is to be said of it."""

from __future__ import annotations

from lrquiz.model.quiz import Curve, QuizItem
from lrquiz.render.chart import Chart, Series
from lrquiz.report.curve_options import QUANTITIES, first_epoch
from lrquiz.report.order_view import order_chart
from lrquiz.resources.texts import said, said_of

_DRAWN = 4  # lines of each arm: more would hide each other


def chart_of(name: str, item: QuizItem) -> Chart:
    """Return the chart of an item, under an id that is unique on its page."""
    if item.order is not None:
        return order_chart(name, item.order)
    quantity = QUANTITIES[item.quantity]
    labels = ", ".join(curve.label for curve in item.curves)
    return Chart(
        id=name,
        title=said("%(quantity)s by epoch, measured: %(labels)s", quantity=quantity, labels=labels),
        y_label=quantity,
        series=tuple(Series(curve.label, curve.lines[:_DRAWN]) for curve in item.curves),
        first_epoch=first_epoch(item),
        steps=item.quantity == "lr",
    )


def notes_of(item: QuizItem) -> tuple[str, ...]:
    """Return a note on each arm of which nothing could be drawn to the end."""
    return tuple(filter(None, map(_note, item.curves)))


def _note(curve: Curve) -> str:
    drawn = curve.lines[:_DRAWN]
    ends = [line.index(None) + 1 for line in drawn if None in line]
    if not ends:
        return ""
    when = said("epoch %(first)s", first=min(ends))
    if max(ends) > min(ends):
        when = said("epoch %(first)s to %(last)s", first=min(ends), last=max(ends))
    return said_of(
        len(drawn),
        "%(label)s: in the run drawn the loss was no finite number from %(when)s on, so there is "
        "nothing left to draw.",
        "%(label)s: in %(lost)s of the %(count)s runs drawn the loss was no finite number from "
        "%(when)s on, so there is nothing left to draw.",
        label=curve.label,
        lost=len(ends),
        when=when,
    )
