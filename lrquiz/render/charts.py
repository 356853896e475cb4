"""Line charts as SVG: same data, same bytes; ids of two charts on a page never clash.

Text stays text and takes the page's colour, so that a chart reads in light, dark and print.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

_COLOURS = ("#0b6bcb", "#d1495b", "#2e8b57", "#b8860b", "#7a5195", "#008b8b")
_DASHES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1)), (0, (1, 1)))
_INK = "#010203"  # replaced by the page's own text colour
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "lrquiz",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 10,
    "text.color": _INK,
    "axes.edgecolor": _INK,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
}
_HIGHEST = 1e6  # taller values would flatten every other line

Line = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Series:
    """One labelled colour of a chart: one or more lines, `None` where there is nothing to draw."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of values by epoch."""

    id: str
    """unique on its page"""
    title: str
    """what it shows, in words: the text alternative"""
    y_label: str
    series: tuple[Series, ...]
    first_epoch: int = 1
    """where counting starts, so that a chart counts as the text beside it does"""
    steps: bool = False
    """draw values as constant over each epoch, as rates are"""
    unit: str = "epoch"
    """what is counted along the axis"""
    stride: int = 1
    """how many of them lie between two values"""


def draw(chart: Chart) -> Markup:
    """Return the chart as an inline SVG element, or an empty string when nothing can be drawn."""
    if not any(_points(line) for each in chart.series for line in each.lines):
        return Markup()
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.4, 3.2))
        FigureCanvasSVG(figure)
        # Margins by hand: a layout engine would draw everything twice.
        figure.subplots_adjust(left=0.12, right=0.98, bottom=0.16, top=0.97)
        axes = figure.add_subplot()
        _draw_series(axes, chart)
        _label(axes, chart)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return _inline(out.getvalue(), chart)


def _draw_series(axes: Axes, chart: Chart) -> None:
    for index, series in enumerate(chart.series):
        colour = _COLOURS[index % len(_COLOURS)]
        alpha = 1.0 if len(series.lines) == 1 else 0.55
        label: str | None = _plain(series.label)
        for line in series.lines:
            points = _points(line, chart.first_epoch, chart.stride)
            if points:
                epochs, values = zip(*points, strict=True)
                axes.plot(
                    epochs,
                    values,
                    color=colour,
                    linestyle=_DASHES[index % len(_DASHES)],
                    linewidth=1.6,
                    alpha=alpha,
                    label=label,
                    drawstyle="steps-post" if chart.steps else "default",
                    marker="o" if len(points) == 1 else None,
                )
                label = None


def _plain(label: str) -> str:
    """Return a label that matplotlib shows as it is: not as math, and although it begins with _."""
    return f"{' ' if label.startswith('_') else ''}{label}".replace("$", r"\$")


def _label(axes: Axes, chart: Chart) -> None:
    axes.set_xlabel(f"{chart.unit}, counted from {chart.first_epoch}")
    axes.set_ylabel(chart.y_label)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    values = [value for each in chart.series for line in each.lines for _, value in _points(line)]
    if max(values) > 20 * max(_median(values), 1e-12) and min(values) > 0:
        axes.set_yscale("log")
    if axes.get_legend_handles_labels()[1]:
        axes.legend(frameon=False, fontsize=9)


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _points(line: Line, first: int = 1, stride: int = 1) -> list[tuple[int, float]]:
    """Return (epoch, value) for what can be drawn, epochs counted from `first`."""
    return [
        (first + place * stride, value)
        for place, value in enumerate(line)
        if value is not None and math.isfinite(value) and abs(value) <= _HIGHEST
    ]


def _inline(svg: str, chart: Chart) -> Markup:
    """Return matplotlib's document as an element: own ids, page colours, words for all."""
    body = re.sub(
        r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL
    )
    body = body[body.index("<svg") :]
    body = re.sub(r'\bid="([^"]+)"', rf'id="{chart.id}-\1"', body)
    body = re.sub(r'"#([^"]+)"', rf'"#{chart.id}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{chart.id}-\1)", body)
    body = body.replace(_INK, "currentColor")
    opening = Markup('<svg role="img" aria-label="{}" class="chart"').format(chart.title)
    return Markup(body.replace("<svg", str(opening), 1))  # noqa: S704 - written by matplotlib
