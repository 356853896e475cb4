"""The class page in a real browser: tables that sort and show only what is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from lrquiz.model.record import Record
from lrquiz.report.told import Told
from lrquiz.report.write import write_class_pages
from tests.report.test_practice_in_browser import open_browser

SCORES = {"ada": 9.0, "grace": 10.0, "alan": 2.0, "zoe": None}


@pytest.fixture
def browser(tmp_path: Path, records: tuple[Record, ...]) -> Iterator[Chrome]:
    (some, *_) = records
    tolds = [
        Told(replace(some, student=student, checks=(), score=score, seconds=number / 10))
        for number, (student, score) in enumerate(SCORES.items())
    ]
    index = write_class_pages(tolds, tmp_path / "marks")
    opened = open_browser(tmp_path)
    opened.get(index.with_name("class.html").as_uri())
    yield opened
    complaints = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert not complaints


def students(browser: Chrome) -> list[str]:
    rows = browser.find_elements(By.CSS_SELECTOR, "#students tbody tr")
    return [each.find_element(By.TAG_NAME, "a").text for each in rows if each.is_displayed()]


def test_heads_sort_both_ways_and_say_so(browser: Chrome) -> None:
    """Scores sort as numbers, by mouse and by keyboard; who has none stays last, either way."""
    assert students(browser) == sorted(SCORES)
    heads = browser.find_elements(By.CSS_SELECTOR, "#students thead th")
    (score,) = (each for each in heads if each.text.startswith("Score"))
    score.find_element(By.TAG_NAME, "button").click()
    assert students(browser) == ["alan", "ada", "grace", "zoe"]
    assert score.get_attribute("aria-sort") == "ascending"
    score.find_element(By.TAG_NAME, "button").send_keys(Keys.ENTER)
    assert students(browser) == ["grace", "ada", "alan", "zoe"]
    assert score.get_attribute("aria-sort") == "descending"


def test_the_filter_shows_what_is_looked_for(browser: Chrome) -> None:
    """Rows without the words are hidden, and how many are left is told."""
    field = browser.find_element(By.ID, "filter")
    field.send_keys("GRA")
    assert students(browser) == ["grace"]
    told = browser.find_element(By.CSS_SELECTOR, "[data-filtered=students]")
    assert told.text == "1 of 4 rows"
    field.send_keys(Keys.BACKSPACE * 3)
    assert len(students(browser)) == len(SCORES)
