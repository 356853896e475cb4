"""Pipeline pages: gold file, one run behind table and chart, offline, readable without sight."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.quiz.pipeline import read_pipeline
from lrquiz.report.numbers import number
from lrquiz.report.page import render_page
from lrquiz.report.pipeline_view import pipeline_view
from tests.report.conftest import RECORDED, Compare


@pytest.fixture(scope="module")
def page() -> PipelinePage:
    return read_pipeline(RECORDED / "pipeline.json")


def rendered(page: PipelinePage) -> str:
    return render_page("pipeline/pipeline.html.j2", pipeline_view(page), "practice.js")


def test_pipeline_page(page: PipelinePage, compare: Compare) -> None:
    """The page of a recorded pipeline is the one that somebody has looked at."""
    compare("pipeline.html", rendered(page))


def test_the_table_holds_the_recorded_run(page: PipelinePage) -> None:
    """Every loss and every rate of the run stands in its row, in order."""
    rows = pipeline_view(page).epochs
    assert [row.loss for row in rows] == [number(each) for each in page.run.epochs["loss"]]
    assert [row.rates for row in rows] == [(number(each),) for each in page.run.epochs["lr"]]


def test_the_page_is_offline_and_its_ids_are_unique(page: PipelinePage) -> None:
    """Nothing refers outside, and charts of the run, the arms and the items share no id."""
    html = rendered(page)
    bare = re.sub(r'xmlns(:\w+)?="[^"]*"', "", html)
    assert not re.search(r"""(src|href|url)\s*[=(]\s*["']?(https?:)?//""", bare)
    assert "script-src &#39;sha256-" in html
    assert max(Counter(re.findall(r'\bid="([^"]+)"', html)).values()) == 1


def test_tables_and_charts_have_words(page: PipelinePage) -> None:
    """Each table has a caption and scoped headers, each chart a text alternative."""
    html = rendered(page)
    tables = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    assert len(tables) >= 4
    for table in tables:
        assert table.count("<caption>") == 1
        assert len(re.findall("<th ", table)) == len(re.findall(r'<th scope="(?:col|row)"', table))
    charts = re.findall(r'<svg role="img" aria-label="([^"]+)"', html)
    assert len(charts) >= 2
    assert number(page.run.epochs["loss"][-1]) in charts[0]


def test_what_is_not_finite_is_said(page: PipelinePage) -> None:
    """An exploded run has words in its table, its chart's caption and its arm's row."""
    losses = (page.run.epochs["loss"][0], *([None] * (len(page.run.epochs["loss"]) - 1)))
    run = replace(page.run, epochs={**page.run.epochs, "loss": losses})
    arms = (replace(page.arms[0], loss=None, finite=0, lines=(losses,)), *page.arms[1:])
    html = rendered(replace(page, run=run, arms=arms))
    assert "The loss is not a finite number" in html
    assert f"In {len(losses) - 1} epochs it was no finite number." in html
    assert re.search(r"<td class=\"number\">not finite</td>.*?0 of \d+", html, re.DOTALL)


def test_words_of_a_bank_cannot_write_the_page(page: PipelinePage) -> None:
    """Markup in texts comes out as text."""
    hostile = "<script>alert(1)</script><img src=x>"
    html = rendered(replace(page, title=hostile, summary=hostile, insight=hostile, impact=hostile))
    assert "<script>alert" not in html
    assert "<img" not in html
