"""Pipeline pages: gold file, one run behind table and chart, offline, readable without sight."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from lrquiz.model.pipeline_page import PipelinePage
from lrquiz.model.recorded import Numbers
from lrquiz.quiz.pipeline import read_pipeline
from lrquiz.report.kinds import PIPELINE
from lrquiz.report.numbers import number
from lrquiz.report.page import render_page
from lrquiz.report.pipeline_view import pipeline_view
from tests.report.conftest import RECORDED, Compare


@pytest.fixture(scope="module")
def page() -> PipelinePage:
    return read_pipeline(RECORDED / "pipeline.json")


def rendered(page: PipelinePage) -> str:
    return render_page(PIPELINE, pipeline_view(page))


def test_pipeline_page(page: PipelinePage, compare: Compare) -> None:
    """The page of a recorded pipeline is the one that somebody has looked at."""
    compare("pipeline.html", rendered(page))


def test_the_table_holds_the_recorded_run(page: PipelinePage) -> None:
    """Every loss and every rate of the run stands in its row, in order."""
    rows = pipeline_view(page).run.epochs
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
    charts = re.findall(r'<svg role="img".*?<title[^>]*>([^<]+)</title>', html)
    assert len(charts) >= 2
    assert number(page.run.epochs["loss"][-1]) in charts[0]


def test_what_is_not_finite_is_said(page: PipelinePage) -> None:
    """An exploded run has words in its table, its chart's caption and its arm's row."""
    losses = (page.run.epochs["loss"][0], *([None] * (len(page.run.epochs["loss"]) - 1)))
    run = replace(page.run, epochs={**page.run.epochs, "loss": losses})
    own, *others = page.studies
    arms = (replace(own.arms[0], loss=None, finite=0, lines=(losses,)), *own.arms[1:])
    html = rendered(replace(page, run=run, studies=(replace(own, arms=arms), *others)))
    assert "The loss is not a finite number" in html
    assert f"In {len(losses) - 1} epochs it was no finite number." in html
    assert re.search(r"<td class=\"number\">not finite</td>.*?0 of \d+", html, re.DOTALL)


def test_words_of_a_bank_cannot_write_the_page(page: PipelinePage) -> None:
    """Markup in texts comes out as text."""
    hostile = "<script>alert(1)</script><img src=x>"
    studies = tuple(replace(each, name=hostile, text=hostile) for each in page.studies)
    html = rendered(replace(page, title=hostile, summary=hostile, insight=hostile, studies=studies))
    assert "<script>alert" not in html
    assert "<img" not in html


def test_each_study_is_laid_out_like_the_first(page: PipelinePage) -> None:
    """Another experiment has its heading, chart, table of arms and statements, in its place."""
    own = page.studies[0]
    other = replace(own, id="other", name="Elsewhere", quantity="accuracy")
    html = rendered(replace(page, studies=(own, other)))
    first, second = (html.index(f"<h2>{name}</h2>") for name in (own.name, other.name))
    assert first < second
    part = html[second : html.index("<h2>Key insight</h2>")]
    assert ">accuracy on held-out rows by epoch" in part
    assert part.count("<table>") == 2  # of the chart, and of the arms
    assert part.count('<li class="holds">') == len(own.comparisons) > 0
    assert max(Counter(re.findall(r'\bid="([^"]+)"', html)).values()) == 1


def test_without_data_the_weight_is_shown_step_by_step(page: PipelinePage) -> None:
    """Where nothing is predicted there is no accuracy anywhere, and each step adds up."""
    columns: dict[str, Numbers] = {
        "loss": (2.0, 0.5, None),
        "lr": (0.5,) * 3,
        "lr_after": (0.5,) * 3,
        "weight": (0.5, -1.0, None),
        "gradient": (2.0, 3.0, -1.0),
        "step": (-0.5, -1.5, None),
    }
    run = replace(page.run, data=(), epochs=columns, prediction=None)
    studies = (replace(page.studies[0], has_accuracy=False),)
    view = pipeline_view(replace(page, run=run, studies=studies, stages=()))
    shown = [(each.before, each.step, each.after) for each in view.run.steps]
    assert shown[:2] == [
        (number(1.0), number(-0.5), number(0.5)),
        (number(0.5), number(-1.5), number(-1.0)),
    ]
    assert shown[2] == (number(-1.0), "not finite", "not finite")
    html = render_page(PIPELINE, replace(view, items=()))
    assert "One prediction, layer by layer" not in html
    assert not re.search(r"<th[^>]*>[^<]*accuracy", html, re.IGNORECASE)


def test_what_is_not_random_is_not_counted(page: PipelinePage) -> None:
    """One run that is always the same is said to be that, not one run of one."""
    own = page.studies[0]
    arms = tuple(replace(each, trials=1, finite=1) for each in own.arms)
    fact = replace(own.comparisons[0], held=1, trials=1)
    html = rendered(replace(page, studies=(replace(own, arms=arms, comparisons=(fact,)),)))
    assert "true; nothing in it is random" in html
    assert "1 of 1" not in html
