"""Pages with curves as options: alike in everything but their lines, and chosen like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from lrquiz.grade.records import read_records
from lrquiz.grade.responses.scoring import score_responses
from lrquiz.model.decision import Level
from lrquiz.model.paper import Paper, PaperItem
from lrquiz.model.record import ItemResponse
from lrquiz.report.exam import exam_page
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.quiz_view import quiz_view
from lrquiz.report.told import Told
from lrquiz.report.write import write_quiz_page, write_student_page
from tests.report.conftest import RECORDED
from tests.report.test_practice_in_browser import open_browser
from tests.verify.predicted import VARIANT, quiz_of_curves

QUIZ = quiz_of_curves()
(ITEM,) = QUIZ.items
ASKED = PaperItem(ITEM.id, ITEM.variant, tuple(sorted(each.id for each in ITEM.options)))


def paper_page() -> str:
    view = ExamPages(QUIZ, "label").view(Paper("p1", "ada", (ASKED,)), "Ada")
    return exam_page(view)


def test_all_curves_share_their_axes_and_have_no_label() -> None:
    """Charts of one item differ in their lines, their ids and their letters alone."""
    (item,) = quiz_view(QUIZ).items
    charts = [each.chart for each in item.options if each.chart is not None]
    assert len(charts) == 4
    assert len({(each.scale, each.y_label, each.first_epoch, each.steps) for each in charts}) == 1
    assert {each.label for chart in charts for each in chart.series} == {""}
    assert [str(each.title) for each in charts] == ["Curve A", "Curve B", "Curve C", "Curve D"]


def test_an_exam_page_gives_no_curve_away() -> None:
    """No arm, id of an option, label, title, feedback or rate of another arm is in its source."""
    page = paper_page()
    told = [*VARIANT.experiment.arms, *(each.id for each in ITEM.options), ITEM.id, ITEM.title]
    told += [each.curve.label for each in ITEM.options if each.curve]
    told += [each.feedback for each in ITEM.options]
    assert not [
        each for each in told if each.replace("_", " ") in page.replace("_", " ") and each != "good"
    ]
    assert page.count('class="chart"') == 4
    assert page.count("begins at") == 4


def test_every_curve_has_words_and_numbers() -> None:
    """Each radio is named by its curve's title and described by its shape; a table gives values."""
    page = paper_page()
    for place in range(1, 5):
        chart = f"curve-1-{place}"
        assert f'aria-labelledby="{chart}-says" aria-describedby="{chart}-shape"' in page
        assert f'<title id="{chart}-says">Curve {place}</title>' in page
    assert page.count('<details class="numbers">') == 4


def test_readers_without_scripts_find_the_key() -> None:
    """The evidence stands in details: which curve it is, and what each was recorded with."""
    (item,) = quiz_view(QUIZ).items
    assert [each.holds for each in item.options].count(True) == 1
    assert {each.arm for each in item.options} == {
        f"{arm.replace('_', ' ')} (lr {settings['lr']})"
        for arm, settings in VARIANT.experiment.arms.items()
    }


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    opened = open_browser(tmp_path)
    yield opened
    complaints = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert not complaints


def test_a_curve_is_chosen_by_mouse_and_by_keyboard(browser: Chrome, tmp_path: Path) -> None:
    """A click anywhere on a curve chooses it; arrows go to the next, and Enter checks."""
    write_quiz_page(QUIZ, tmp_path / "practice.html")
    browser.get((tmp_path / "practice.html").as_uri())
    item = browser.find_element(By.CSS_SELECTOR, ".item")
    radios = item.find_elements(By.CSS_SELECTOR, "input[type=radio]")
    item.find_elements(By.CSS_SELECTOR, ".option .chart")[0].click()
    assert radios[0].is_selected()
    radios[0].send_keys(Keys.ARROW_DOWN)
    assert radios[1].is_selected()
    radios[1].send_keys(Keys.ENTER)
    is_key = radios[1].get_attribute("value") in ITEM.key
    result = item.find_element(By.CSS_SELECTOR, ".result")
    assert re.search(r"\bright\b" if is_key else r"\bwrong\b", result.get_attribute("class") or "")
    assert "64 of 64" in result.text if is_key else "0 of 64" in result.text
    assert ("this is the curve." in result.text) is is_key
    mark = item.find_element(By.CSS_SELECTOR, ".mark").text
    assert mark.endswith("the one" if is_key else "another one")


def test_curves_stand_two_by_two_and_below_each_other(browser: Chrome, tmp_path: Path) -> None:
    """A wide page has two in a row, a phone one, and none is wider than its page."""
    (tmp_path / "exam.html").write_text(paper_page())
    for width, columns in ((1200, 2), (500, 1)):
        browser.set_window_size(width, 1000)
        browser.get((tmp_path / "exam.html").as_uri())
        curves = browser.find_elements(By.CSS_SELECTOR, ".curve-option")
        assert len({round(each.rect["x"]) for each in curves}) == columns
        assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("level", [Level.FEEDBACK, Level.SOLUTIONS])
def test_feedback_shows_the_curve_that_was_chosen(tmp_path: Path, level: Level) -> None:
    """A student sees it again, by itself; what it was recorded with waits for the solutions."""
    chosen = next(each for each in ITEM.options if each.id not in ITEM.key)
    assert chosen.curve is not None
    response = ItemResponse(ITEM.id, ITEM.variant, (chosen.id,))
    checks = score_responses(QUIZ, [response])
    record = next(iter(read_records(RECORDED / "exam-records.jsonl")))
    record = replace(record, responses=(response,), checks=checks, score=0.0)
    write_student_page(Told(record, quiz=QUIZ, level=level), tmp_path)
    (page,) = (each.read_text() for each in tmp_path.rglob("feedback.html"))
    assert page.count("The curve that was chosen") == 1
    assert (f"Recorded with: {chosen.curve.label}" in page) is (level is Level.SOLUTIONS)
    assert (chosen.curve.label in page) is (level is Level.SOLUTIONS)
