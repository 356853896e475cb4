"""Line charts as SVG: same data, same bytes; ids of two charts on a page never clash.

Text stays text and takes the page's colour, so that a chart reads in light, dark and print.
"""

from __future__ import annotations

import functools
import io
import re
from dataclasses import replace
from typing import Any

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lrquiz.evidence.scale import Scale, spans_decades
from lrquiz.render.chart import Chart, Series, points
from lrquiz.render.shapes import described
from lrquiz.render.slim import COMMON, slim
from lrquiz.render.unseen import marked
from lrquiz.resources.texts import ENGLISH, Texts, said, texts_of

__all__ = ["Chart", "Series", "draw"]

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
_DECADES = 1e3
"""how far values are apart where marks between the powers of ten are nothing but clutter"""
_ROOM = 0.05
"""of shared axes, as a share of their height, above and below all lines"""
_KEPT = 256
"""drawn charts that are kept: pages of many students show the same"""
_NO_ID = "lrquiz-chart"


def draw(chart: Chart, texts: Texts | None = None) -> Markup:
    """Return the chart as an inline SVG element, or an empty string when nothing can be drawn.

    Args:
        chart: what to draw.
        texts: the language of its words; English where it is None.
    """
    language = texts.language if texts else ENGLISH
    svg = _drawn(replace(chart, id=_NO_ID), language)
    return Markup(svg.replace(_NO_ID, chart.id))  # noqa: S704 - written by matplotlib


@functools.lru_cache(_KEPT)
def _drawn(chart: Chart, language: str) -> str:
    """Draw a chart once, whatever its id on a page and however many pages show it."""
    if not chart.has_points:
        return ""
    texts = texts_of(language)
    with mpl.rc_context(_STYLE):
        # Charts with common axes stand side by side: smaller, so that their words are not.
        figure = Figure(figsize=(4.4, 2.8) if chart.scale else (6.4, 3.2))
        FigureCanvasSVG(figure)
        # Margins by hand: a layout engine would draw everything twice.
        left, bottom = (0.17, 0.18) if chart.scale else (0.12, 0.16)
        figure.subplots_adjust(left=left, right=0.98, bottom=bottom, top=0.97)
        axes = figure.add_subplot()
        _draw_series(axes, chart, texts)
        _label(axes, chart, texts)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return _inline(out.getvalue(), chart, texts)


def _draw_series(axes: Axes, chart: Chart, texts: Texts) -> None:
    for index, series in enumerate(chart.series):
        colour = _COLOURS[index % len(_COLOURS)]
        alpha = 1.0 if len(series.lines) == 1 else 0.55
        label: str | None = _plain(texts.say(series.label))
        for line in series.lines:
            shown = points(line, chart.first_epoch, chart.stride)
            if shown:
                epochs, values = zip(*shown, strict=True)
                axes.plot(
                    epochs,
                    values,
                    color=colour,
                    linestyle=_DASHES[index % len(_DASHES)],
                    linewidth=1.6,
                    alpha=alpha,
                    label=label,
                    drawstyle="steps-post" if chart.steps else "default",
                    marker="o" if len(shown) == 1 else None,
                )
                label = None


def _plain(label: str) -> str:
    """Return a label that matplotlib shows as it is: not as math, and although it begins with _."""
    return f"{' ' if label.startswith('_') else ''}{marked(label)}".replace("$", r"\$")


def _label(axes: Axes, chart: Chart, texts: Texts) -> None:
    counted = said("%(unit)s, counted from %(first)s", unit=chart.unit, first=chart.first_epoch)
    axes.set_xlabel(_plain(texts.say(counted)))
    axes.set_ylabel(_plain(texts.say(chart.y_label)))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    _set_scale(axes, chart, texts)
    if axes.get_legend_handles_labels()[1]:
        axes.legend(frameon=False, fontsize=9)


def _set_scale(axes: Axes, chart: Chart, texts: Texts) -> None:
    """Draw on axes that the chart shares, or on such as its own values need."""
    values = [value for each in chart.series for line in each.lines for _, value in points(line)]
    if chart.scale.is_log if chart.scale else spans_decades(values):
        axes.set_yscale("log")
        if values and max(values) > _DECADES * min(values):
            axes.minorticks_off()
    else:
        # An offset would stand above the chart, where it is cut off.
        axes.ticklabel_format(axis="y", useOffset=False)
    if not values:
        nothing = said("nothing that can be drawn")
        axes.text(0.5, 0.5, _plain(texts.say(nothing)), transform=axes.transAxes, ha="center")
    if chart.scale:
        axes.set_ylim(*_with_room(chart.scale))
        last = chart.first_epoch + max(chart.scale.places - 1, 1) * chart.stride
        axes.set_xlim(chart.first_epoch - 0.5, last + 0.5)


def _with_room(scale: Scale) -> tuple[float, float]:
    """Return the limits of shared axes, a little beyond the values, so that no line is cut."""
    if scale.is_log:
        room = (scale.high / scale.low) ** _ROOM
        return scale.low / room, scale.high * room
    room = _ROOM * (scale.high - scale.low) or 0.5
    return scale.low - room, scale.high + room


def _inline(svg: str, chart: Chart, texts: Texts) -> str:
    """Return matplotlib's document as an element: own ids, page colours, words for all."""
    body = re.sub(
        r"<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL
    )
    body = body[body.index("<svg") :]
    body = re.sub(r'\bid="([^"]+)"', rf'id="{chart.id}-\1"', body)
    body = re.sub(r'"#([^"]+)"', rf'"#{chart.id}-\1"', body)
    body = re.sub(r"url\(#([^)]+)\)", rf"url(#{chart.id}-\1)", body)
    body = body.replace(_INK, "currentColor")
    for number, colour in enumerate(_COLOURS, start=1):
        body = body.replace(colour, f"var(--curve-{number}, {colour})")
    title, shape = escape(texts.say(chart.title)), escape(texts.say(described(chart)))
    words = f'<title id="{chart.id}-says">{title}</title><desc id="{chart.id}-shape">{shape}</desc>'
    told = f'aria-labelledby="{chart.id}-says" aria-describedby="{chart.id}-shape"'
    opening, rest = body.removeprefix("<svg").split(">", 1)
    drawn = slim(f'<svg role="img" {told} class="chart" {COMMON}{opening}>{rest}', chart.id)
    return drawn.replace(">", f">{words}", 1)
