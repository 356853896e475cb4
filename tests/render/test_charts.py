"""Charts: the same data gives the same bytes, and any number of them share a page."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from math import inf, nan
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrquiz.evidence.scale import common_scale
from lrquiz.render.charts import Chart, Series, draw

CHART = Chart(
    id="chart-1",
    title="training loss by epoch",
    y_label="training loss",
    series=(
        Series("reference", ((0.7, 0.6, 0.5), (0.7, 0.5, 0.4))),
        Series("too high", ((0.7, 3.1, None),)),
    ),
)
NAMESPACES = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def title_of(root: ET.Element) -> str | None:
    """Return the text alternative that the image names."""
    named = root.find(f".//*[@id='{root.get('aria-labelledby')}']")
    return None if named is None else named.text


def ids(svg: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', svg)


def test_the_same_data_gives_the_same_bytes() -> None:
    """No date, no random id: a page that is made again is the same page."""
    assert draw(CHART) == draw(CHART)
    other = replace(CHART, series=(Series("reference", ((0.7, 0.6, 0.4),)),))
    assert draw(other) != draw(CHART)


@pytest.mark.parametrize("label", ["$\\frac$", "$a$ and $b$", "_x", "__import__", "<script>"])
def test_a_label_is_shown_as_it_is(label: str) -> None:
    """What a response says is no mathematics, hides nothing and is no markup."""
    svg = draw(replace(CHART, series=(*CHART.series, Series(label, ((0.7, 0.6, 0.5),)))))
    assert label in [unescape(each).strip() for each in re.findall(r"<text[^>]*>([^<]*)<", svg)]


def test_two_charts_on_a_page_share_no_id() -> None:
    """Each chart's ids are its own, even when their data are the same."""
    first, second = ids(draw(CHART)), ids(draw(replace(CHART, id="chart-2")))
    assert first
    assert len(first) == len(set(first))
    assert not set(first) & set(second)


def test_every_reference_finds_its_id() -> None:
    """Clip paths and markers point to ids of the same chart."""
    svg = draw(CHART)
    pointed = set(re.findall(r'"#([^"]+)"|url\(#([^)]+)\)', svg))
    assert pointed
    assert {one or two for one, two in pointed} <= set(ids(svg))


def test_a_chart_loads_nothing() -> None:
    """The only addresses are names of XML namespaces."""
    svg = draw(CHART)
    assert set(re.findall(r"https?://[^\s\"'<>)]+", svg)) <= NAMESPACES
    assert not re.search(r"<(script|image|foreignObject|style|metadata)\b", svg)


@pytest.mark.parametrize(
    "lines",
    [(), ((),), ((nan, nan),), ((None, None), (inf, -inf)), ((1e300, 1e7),)],
)
def test_nothing_is_drawn_where_nothing_can_be(lines: tuple[tuple[float | None, ...], ...]) -> None:
    """Lines without one finite number of a height that can be shown give no chart at all."""
    assert draw(replace(CHART, series=(Series("nothing", lines),))) == ""


def test_labels_and_titles_are_escaped() -> None:
    """A label is text wherever it stands, and the chart stays well-formed."""
    hostile = "<b>&\"'</b><script>alert(1)</script>"
    chart = replace(CHART, title=hostile, y_label=hostile, series=(Series(hostile, ((1.0, 2.0),)),))
    svg = draw(chart)
    assert "<b>" not in svg
    assert "<script" not in svg
    root = ET.fromstring(svg)  # noqa: S314 - our own chart
    assert title_of(root) == hostile
    assert hostile in "".join(root.itertext())


def test_a_chart_has_words_for_those_who_cannot_see_it() -> None:
    """The title is the image's text alternative, and its ink is the page's own colour."""
    root = ET.fromstring(draw(CHART))  # noqa: S314 - our own chart
    assert root.get("role") == "img"
    assert title_of(root) == CHART.title
    described = root.find(f".//*[@id='{root.get('aria-describedby')}']")
    assert described is not None
    assert "reference: begins at 0.7, ends at 0.5, never rising" in (described.text or "")
    assert "currentColor" in draw(CHART)
    text = "".join(root.itertext())
    for words in ("reference", "too high", "training loss", "epoch, counted from 1"):
        assert words in text


def test_epochs_are_counted_from_where_the_text_counts() -> None:
    """A chart beside a stem that counts from 0 counts from 0."""
    assert "epoch, counted from 0" in draw(replace(CHART, first_epoch=0, steps=True))


VALUES = st.none() | st.floats() | st.floats(-10, 1e6) | st.sampled_from([0.0, 5e-324, 1e-300])


@settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.lists(VALUES, max_size=4).map(tuple), max_size=3).map(tuple))
def test_any_numbers_give_a_chart_or_none(lines: tuple[tuple[float | None, ...], ...]) -> None:
    """No values break the drawing; what comes out is well-formed."""
    svg = draw(replace(CHART, series=(Series("any", lines),)))
    if svg:
        ET.fromstring(svg)  # noqa: S314 - our own chart


def test_charts_that_share_axes_have_the_same_ticks() -> None:
    """Two lines of another height are drawn on one scale, so that they can be compared."""
    lines = ((0.7, 0.6, 0.5), (0.1, 0.05, 0.01))
    scale = common_scale(lines)
    ticks = []
    for line in lines:
        chart = replace(CHART, series=(Series("", (line,)),), scale=scale)
        ticks.append(re.findall(r"<text[^>]*>([^<]*)<", draw(chart)))
        assert draw(chart) != draw(replace(chart, scale=None))
    assert ticks[0] == ticks[1]


def test_a_line_without_a_label_is_named_by_nothing() -> None:
    """Its description is its shape, its table is headed by what is measured, and no legend is."""
    chart = replace(CHART, series=(Series("", ((0.7, 0.6, 0.5),)),))
    assert '<desc id="chart-1-shape">begins at 0.7, ends at 0.5, never rising</desc>' in draw(chart)
    assert chart.table.labels == ("training loss",)
    assert "legend" not in draw(chart)


def test_shared_axes_are_drawn_around_nothing() -> None:
    """A run that is never a number has its axes like the others, and says that nothing is drawn."""
    scale = common_scale([(0.7, 0.1)])
    svg = draw(replace(CHART, series=(Series("", ((None, nan),)),), scale=scale))
    assert svg.count("nothing that can be drawn") == 2
    assert draw(replace(CHART, series=(Series("", ((None, nan),)),))) == ""
