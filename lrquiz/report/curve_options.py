"""Options that are curves, as charts: alike in everything but their lines.

All share their axes, and none has a label, so that a page gives away no arm, rate or file.
"""

from __future__ import annotations

from collections.abc import Mapping

from lrquiz.evidence.scale import common_scale
from lrquiz.model.quiz import QuizItem
from lrquiz.render.chart import Chart, Series
from lrquiz.resources.texts import Said, said

QUANTITIES: Mapping[str, Said] = {"loss": said("training loss"), "lr": said("learning rate")}


def curve_options(item: QuizItem) -> dict[str, Chart]:
    """Return the chart of each option that is a curve, by the option's id.

    Who shows one gives it an id and a title of its page (see `named`).
    """
    lines = {each.id: each.curve.lines[0] for each in item.options if each.curve is not None}
    scale = common_scale(tuple(lines.values()))
    return {
        option: Chart(
            id="",
            title="",
            y_label=QUANTITIES[item.quantity],
            series=(Series("", (line,)),),
            first_epoch=first_epoch(item),
            steps=item.quantity == "lr",
            scale=scale,
        )
        for option, line in lines.items()
    }


def first_epoch(item: QuizItem) -> int:
    """Return where the charts of an item begin to count: rates count from 0, as `range` does."""
    return 0 if item.quantity == "lr" else 1


def curve_title(name: str) -> Said:
    """Return the title of an option's chart by its letter or number on the page."""
    return said("Curve %(name)s", name=name)
