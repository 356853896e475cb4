"""Lines put in order in a real browser: by keyboard, by buttons, by dragging; kept, handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from lrquiz.grade.responses.reading import Exam, Read, read_responses
from lrquiz.model.paper import Papers
from lrquiz.report.exam import exam_page
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.write import write_quiz_page
from tests.report.test_order_page import EXAM_PAPER, QUIZ
from tests.report.test_practice_in_browser import open_browser
from tests.verify.ordered_loops import LATE, RIGHT


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    opened = open_browser(tmp_path)
    yield opened
    complaints = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert not complaints


@pytest.fixture
def practice(browser: Chrome, tmp_path: Path) -> Chrome:
    write_quiz_page(QUIZ, tmp_path / "practice.html")
    browser.get((tmp_path / "practice.html").as_uri())
    return browser


@pytest.fixture
def exam(browser: Chrome, tmp_path: Path) -> Chrome:
    text = exam_page(ExamPages(QUIZ, "label").view(EXAM_PAPER, "Ada"))
    (tmp_path / "ada.html").write_text(text)
    browser.get((tmp_path / "ada.html").as_uri())
    return browser


def lines(browser: Chrome) -> list[str]:
    found = browser.find_elements(By.CSS_SELECTOR, ".lines > li")
    return [str(each.get_attribute("data-line")) for each in found]


def grip(browser: Chrome, line: str) -> WebElement:
    return browser.find_element(By.CSS_SELECTOR, f"[data-line='{line}'] .grip")


def put(browser: Chrome, order: tuple[str, ...]) -> None:
    """Put lines in an order by keys alone."""
    for place, line in enumerate(order):
        held = grip(browser, line)
        held.send_keys(Keys.SPACE)
        for _ in range(lines(browser).index(line) - place):
            held.send_keys(Keys.ARROW_UP)
        held.send_keys(Keys.SPACE)
    assert lines(browser) == list(order)


def said(browser: Chrome) -> str:
    told = browser.find_element(By.CSS_SELECTOR, "[data-told]")
    return str(told.get_attribute("textContent"))


def given(browser: Chrome) -> Any:  # noqa: ANN401 - what the script returns
    return browser.execute_script("return order.given(document.querySelector('.item'))")


def check(browser: Chrome) -> WebElement:
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    return browser.find_element(By.CSS_SELECTOR, ".result")


def test_keys_take_move_and_put_down(practice: Chrome) -> None:
    """Space takes a line and arrows move it; its new place is told and the focus stays with it."""
    before = lines(practice)
    held = grip(practice, before[0])
    held.send_keys(Keys.ARROW_DOWN)
    assert lines(practice) == before
    held.send_keys(Keys.SPACE)
    assert held.get_attribute("aria-pressed") == "true"
    held.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert lines(practice) == [*before[1:3], before[0], *before[3:]]
    assert said(practice) == "Line A is now at place 3 of 5."
    assert practice.switch_to.active_element == held
    held.send_keys(Keys.END)
    assert lines(practice)[-1] == before[0]
    held.send_keys(Keys.ESCAPE)
    assert lines(practice) == before
    assert held.get_attribute("aria-pressed") == "false"
    assert given(practice) is None


def test_buttons_move_a_line_and_keep_the_focus(practice: Chrome) -> None:
    """A button moves its line by one place; at the end it does nothing and stays where it is."""
    before = lines(practice)
    down = practice.find_element(By.CSS_SELECTOR, f"[data-line='{before[3]}'] [data-move='1']")
    down.send_keys(Keys.ENTER)
    assert lines(practice) == [*before[:3], before[4], before[3]]
    assert practice.switch_to.active_element == down
    assert down.get_attribute("aria-disabled") == "true"
    down.send_keys(Keys.ENTER)
    assert lines(practice) == [*before[:3], before[4], before[3]]
    assert given(practice) == [*before[:3], before[4], before[3]]


def test_a_pointer_drags_a_line(practice: Chrome) -> None:
    """A line goes where it is dragged, and dragging does not take it as a click does."""
    before = lines(practice)
    first, last = grip(practice, before[0]), grip(practice, before[4])
    ActionChains(practice).drag_and_drop(last, first).perform()
    assert lines(practice) == [before[4], *before[:4]]
    assert last.get_attribute("aria-pressed") == "false"
    first.click()
    assert first.get_attribute("aria-pressed") == "true"


def test_a_wrong_order_shows_its_mistake_and_its_curve(practice: Chrome) -> None:
    """The page names the mistake, what the run did, and draws its curve beside the right one."""
    assert "first" in check(practice).text
    put(practice, ("forward", "loss", "backward", "clear", "step"))
    result = check(practice)
    assert "zero_grad() stands between backward() and step()" in result.text
    assert "it runs to the end, and no weight ever moves" in result.text
    image = result.find_element(By.CSS_SELECTOR, "svg")
    assert "This order: " in str(image.get_attribute("aria-label"))
    assert len(result.find_elements(By.CSS_SELECTOR, "path")) == 2
    put(practice, ("loss", "forward", "clear", "backward", "step"))
    result = check(practice)
    assert "it stops with UnboundLocalError" in result.text
    assert not result.find_elements(By.CSS_SELECTOR, "svg")


def test_every_right_order_is_right(practice: Chrome) -> None:
    """Whichever right order is given, the page says so."""
    for each in RIGHT[2:]:
        put(practice, each)
        assert "Yes, this order is right." in check(practice).text
    assert "1 of 1 right" in practice.find_element(By.CSS_SELECTOR, "[data-score]").text


def handed_in(exam: Chrome) -> Read:
    """Return what grading reads of the text that the page offers to copy."""
    content = str(exam.find_element(By.ID, "as-text").get_property("value")).encode()
    papers = Papers(QUIZ.id, "label", "print", (EXAM_PAPER,))
    return read_responses(content, Exam(QUIZ, papers), "ada")


def test_an_exam_keeps_an_order_and_hands_it_in(exam: Chrome) -> None:
    """Only lines that were moved are a response; it is back after a reload and can be graded."""
    assert not handed_in(exam).responses[0].is_given
    shown = EXAM_PAPER.items[0].options
    put(exam, tuple(str(shown.index(each) + 1) for each in LATE))
    exam.refresh()
    assert handed_in(exam).responses[0].chosen == LATE
    assert lines(exam) == [str(shown.index(each) + 1) for each in LATE]


def test_scripts_off_leave_numbered_fields(tmp_path: Path) -> None:
    """Without scripts each line has a field for its place, and no button that does nothing."""
    write_quiz_page(QUIZ, tmp_path / "practice.html")
    browser = open_browser(tmp_path, scripts=False)
    try:
        browser.get((tmp_path / "practice.html").as_uri())
        fields = browser.find_elements(By.CSS_SELECTOR, ".place input")
        assert [each.is_displayed() for each in fields] == [True] * 5
        moves = browser.find_elements(By.CSS_SELECTOR, ".moves button")
        assert not any(each.is_displayed() for each in moves)
        browser.find_element(By.CSS_SELECTOR, ".evidence > summary").click()
        assert browser.find_element(By.CSS_SELECTOR, ".letters").is_displayed()
    finally:
        browser.quit()
