"""The exam page in a real browser: entering, keeping, saving, on a phone, with scripts off."""

from __future__ import annotations

import json
import time
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By

from lrquiz.grade.responses.reading import Exam, read_responses
from lrquiz.grade.responses.scoring import score_responses
from lrquiz.model.task import Outcome
from tests.report.exam_papers import PAPER, PAPERS, QUIZ, page_of
from tests.report.test_practice_in_browser import open_browser

RESPONSES = {"1": ["4"], "2": ["1", "2"], "4": "0,025", "6": "two\nlines"}


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "ada.html").write_text(page_of())
    return (tmp_path / "ada.html").as_uri()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    opened = open_browser(tmp_path)
    opened.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    yield opened
    complaints = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert not complaints


def choose(browser: Chrome, item: str, option: str) -> None:
    field = browser.find_element(By.CSS_SELECTOR, f"[name='{item}'][value='{option}']")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", field)
    field.click()


def enter(browser: Chrome) -> None:
    """Respond to four of the six items."""
    for number, value in RESPONSES.items():
        if isinstance(value, list):
            for each in value:
                choose(browser, number, each)
        else:
            browser.find_element(By.NAME, number).send_keys(str(value))


def shown(browser: Chrome, name: str) -> str:
    return browser.find_element(By.CSS_SELECTOR, f"[data-{name}]").text


def copied(browser: Chrome) -> str:
    return str(browser.find_element(By.ID, "as-text").get_property("value"))


def as_text(browser: Chrome) -> Any:  # noqa: ANN401 - whatever is offered
    """Return the responses that the text to copy holds, read by hand."""
    letters = "".join(copied(browser).split()[1:])
    content = b32decode(letters + "=" * (-len(letters) % 8))[:-4]
    return json.loads(content)[2]


def save(browser: Chrome) -> None:
    """Press the button and say that items may stay open."""
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    browser.switch_to.alert.accept()


def test_saved_responses_are_what_grading_reads(browser: Chrome, page: str, tmp_path: Path) -> None:
    """The file that is downloaded is read and scored, and the text to copy is the same."""
    browser.get(page)
    assert shown(browser, "tally") == "6 of 6 without a response"
    enter(browser)
    assert shown(browser, "tally") == "2 of 6 without a response"
    assert shown(browser, "missing") == "Without a response: 3, 5."
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    assert "2 of 6 items have no response: 3, 5." in browser.switch_to.alert.text
    browser.switch_to.alert.dismiss()
    assert shown(browser, "saved") == ""
    save(browser)
    file = tmp_path / "responses-p1.json"
    deadline = time.monotonic() + 20
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert json.loads(file.read_text())["responses"] == RESPONSES
    assert "now hand in that file. 2 of 6 items have no response." in shown(browser, "saved")
    browser.find_element(By.CSS_SELECTOR, ".hand-in summary").click()
    browser.find_element(By.CSS_SELECTOR, "[data-copy]").click()
    browser.switch_to.alert.accept()
    assert shown(browser, "saved")
    text = browser.find_element(By.ID, "as-text")
    text.send_keys(Keys.CONTROL, "ac")
    browser.find_element(By.NAME, "6").send_keys(Keys.CONTROL, "av")
    pasted = browser.find_element(By.NAME, "6").get_property("value")
    exam = Exam(QUIZ, PAPERS)
    assert read_responses(str(pasted).encode(), exam, "ada") == read_responses(
        file.read_bytes(), exam, "ada"
    )
    read = read_responses(file.read_bytes(), exam, "ada")
    assert not read.fault
    checks = score_responses(QUIZ, read.responses)
    assert [each.points for each in checks] == [1.5, 1.5, 0, 1.5, 0, 0]
    assert checks[5].outcome is Outcome.OPEN


def test_what_was_entered_survives_a_reload_until_it_is_cleared(browser: Chrome, page: str) -> None:
    """It is kept under the paper's id; clearing takes it from the page and from the device."""
    browser.get(page)
    enter(browser)
    assert shown(browser, "kept") == "kept on this device"
    browser.get(page)
    assert as_text(browser) == RESPONSES
    assert browser.find_element(By.CSS_SELECTOR, "[name='2'][value='2']").is_selected()
    browser.find_element(By.CSS_SELECTOR, "[data-clear]").click()
    browser.switch_to.alert.accept()
    assert as_text(browser) == {}
    browser.get(page)
    assert as_text(browser) == {}
    assert browser.execute_script("return localStorage.length") == 1  # the countdown's start


def test_storage_that_fails_loses_nothing_on_the_page(browser: Chrome, page: str) -> None:
    """Where nothing can be kept, the page says so, and saving works as ever."""
    broken = "Storage.prototype.setItem = () => { throw new Error('full'); };"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": broken})
    browser.get(page)
    enter(browser)
    assert shown(browser, "kept").startswith("this device keeps nothing: save")
    assert as_text(browser) == RESPONSES
    save(browser)
    assert shown(browser, "saved").startswith("Saved as responses-p1.json")


def test_leaving_with_unsaved_responses_asks(browser: Chrome, page: str) -> None:
    """Nothing entered, or all answered and saved: no question. Open or not saved: a question."""
    browser.get(page)
    leaving = (
        "const asked = new Event('beforeunload', {cancelable: true});"
        "dispatchEvent(asked); return asked.defaultPrevented"
    )
    assert not browser.execute_script(leaving)
    browser.find_element(By.NAME, "4").send_keys("1")
    assert browser.execute_script(leaving)
    save(browser)
    assert browser.execute_script(leaving)
    enter(browser)
    choose(browser, "3", "1")
    browser.find_element(By.NAME, "5").send_keys("1e-2")
    browser.find_element(By.CSS_SELECTOR, "button[type=submit]").click()
    assert not browser.execute_script(leaving)
    browser.find_element(By.NAME, "4").send_keys("2")
    assert browser.execute_script(leaving)
    assert shown(browser, "saved").startswith("Changed since you saved")


def test_the_keyboard_is_enough(browser: Chrome, page: str) -> None:
    """Tab and arrows choose; a choice can be taken back; Enter in a field saves nothing."""
    browser.get(page)
    browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    assert as_text(browser) == {"1": ["2"]}
    browser.switch_to.active_element.send_keys(Keys.TAB)
    assert browser.switch_to.active_element.text == "Choose none"
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    assert as_text(browser) == {}
    browser.find_element(By.NAME, "4").send_keys("1", Keys.ENTER)
    assert shown(browser, "saved") == ""


def test_the_countdown_goes_on_where_it_began(browser: Chrome, page: str) -> None:
    """A reload does not give more time, and its end locks nothing."""
    browser.get(page)
    assert shown(browser, "countdown").startswith("1:")
    key = "lrquiz label p1 start"
    browser.execute_script("localStorage.setItem(arguments[0], Date.now() - 5400e3)", key)
    browser.get(page)
    assert shown(browser, "countdown") == "time is over"
    enter(browser)
    assert as_text(browser) == RESPONSES


def test_scripts_off_leave_a_form_to_print(page: str, tmp_path: Path) -> None:
    """Every field is there, no button that does nothing, and the page says what to do."""
    browser = open_browser(tmp_path, scripts=False)
    try:
        browser.get(page)
        enter(browser)
        assert not [e for e in browser.find_elements(By.TAG_NAME, "button") if e.is_displayed()]
        assert "print it" in browser.find_element(By.TAG_NAME, "noscript").text
        assert not browser.find_element(By.ID, "as-text").is_displayed()
    finally:
        browser.quit()


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(
    browser: Chrome, page: str, width: int, scheme: str
) -> None:
    """On a phone and on a desk, by day and by night, the page never scrolls sideways."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    browser.get(page)
    size = "const d = document.documentElement; return [d.scrollWidth, d.clientWidth]"
    scroll, client = browser.execute_script(size)
    assert scroll <= client


def test_two_papers_do_not_mix(browser: Chrome, page: str, tmp_path: Path) -> None:
    """What is kept for one paper does not show on another, on the same device."""
    browser.get(page)
    browser.find_element(By.NAME, "4").send_keys("1")
    (tmp_path / "alan.html").write_text(page_of(replace(PAPER, id="p2", student="alan")))
    browser.get((tmp_path / "alan.html").as_uri())
    assert as_text(browser) == {}
