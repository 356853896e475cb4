"""The practice page in a real browser: mouse, keyboard, scripts off, light and dark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, Keys
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from lrquiz.model.quiz import Quiz, QuizMistake, QuizOption, QuizValue
from lrquiz.model.verdict import Verdict
from lrquiz.report.write import write_quiz_page

FLAGS = (
    "--headless=new",
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=900,1200",
)


def browser_program() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or shutil.which("chromedriver") is None:
        pytest.skip("no Chromium with its driver; on Debian: apt-get install chromium-driver")
    return found


def open_browser(tmp_path: Path, *flags: str, scripts: bool = True) -> Chrome:
    options = ChromeOptions()
    options.binary_location = browser_program()
    for flag in (*FLAGS, *flags, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium refuses to run as root with it
    if not scripts:
        choice = {"profile.managed_default_content_settings.javascript": 2}
        options.add_experimental_option("prefs", choice)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return Chrome(options, Service(shutil.which("chromedriver")))


@pytest.fixture
def page(quiz: Quiz, tmp_path: Path) -> str:
    write_quiz_page(quiz, tmp_path / "practice.html")
    return (tmp_path / "practice.html").as_uri()


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chrome]:
    opened = open_browser(tmp_path)
    yield opened
    complaints = [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"]
    opened.quit()
    assert not complaints


def items(browser: Chrome) -> list[WebElement]:
    return browser.find_elements(By.CSS_SELECTOR, ".item")


def choose(item: WebElement, *, right: bool) -> None:
    key = (item.get_attribute("data-key") or "").split()
    for option in item.find_elements(By.CSS_SELECTOR, ".option"):
        if (option.get_attribute("data-option") in key) is right:
            option.click()
            return


def test_a_right_answer_is_confirmed_with_its_runs(browser: Chrome, page: str) -> None:
    """Choosing what holds and checking shows so, its figures, and the measured curves."""
    browser.get(page)
    item = items(browser)[0]
    evidence = item.find_element(By.CSS_SELECTOR, ".evidence")
    assert not evidence.is_displayed()
    choose(item, right=True)
    item.find_element(By.CSS_SELECTOR, "button").click()
    result = item.find_element(By.CSS_SELECTOR, ".result")
    assert result.text.startswith("Yes, this holds.")
    assert "64 of 64" in result.text
    assert evidence.find_element(By.CSS_SELECTOR, "svg.chart").is_displayed()
    assert browser.find_element(By.CSS_SELECTOR, ".score").text == "1 of 3 right, 1 checked"


def test_a_wrong_answer_gets_its_own_feedback(browser: Chrome, page: str) -> None:
    """Choosing what does not hold tells why, and a second try counts instead."""
    browser.get(page)
    item = items(browser)[1]
    choose(item, right=False)
    button = item.find_element(By.CSS_SELECTOR, "button")
    button.click()
    result = item.find_element(By.CSS_SELECTOR, ".result")
    assert result.text.startswith("No, the runs show otherwise.")
    assert "0 of 64" in result.text
    assert item.find_element(By.CSS_SELECTOR, ".is-wrong .mark").text == "\u2717 does not hold"
    choose(item, right=True)
    button.click()
    assert result.text.startswith("Yes")
    assert not item.find_elements(By.CSS_SELECTOR, ".is-wrong")


def test_the_keyboard_is_enough(browser: Chrome, page: str) -> None:
    """Tab reaches the options, arrows choose among them, Enter checks."""
    browser.get(page)
    while browser.switch_to.active_element.get_attribute("type") != "radio":
        browser.switch_to.active_element.send_keys(Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.SPACE)
    browser.switch_to.active_element.send_keys(Keys.ARROW_DOWN)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    item = items(browser)[0]
    chosen = item.find_elements(By.CSS_SELECTOR, "input")[1]
    assert chosen.is_selected()
    assert item.find_element(By.CSS_SELECTOR, ".result").text


def test_checking_nothing_asks_for_a_choice(browser: Chrome, page: str) -> None:
    """Without a choice, nothing is revealed."""
    browser.get(page)
    item = items(browser)[2]
    item.find_element(By.CSS_SELECTOR, "button").click()
    assert item.find_element(By.CSS_SELECTOR, ".result").text == "Choose an option first."
    assert not item.find_element(By.CSS_SELECTOR, ".evidence").is_displayed()


def test_scripts_off_still_shows_everything(page: str, tmp_path: Path) -> None:
    """Without scripts there is no dead button, and the evidence opens by itself."""
    browser = open_browser(tmp_path, scripts=False)
    try:
        browser.get(page)
        item = items(browser)[0]
        assert not item.find_element(By.CSS_SELECTOR, "button").is_displayed()
        item.find_element(By.CSS_SELECTOR, ".evidence summary").click()
        assert item.find_element(By.CSS_SELECTOR, "svg.chart").is_displayed()
        assert "holds" in item.find_element(By.CSS_SELECTOR, ".verdicts").text
    finally:
        browser.quit()


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_window(browser: Chrome, page: str, width: int) -> None:
    """On a phone and on a desk, the page never scrolls sideways."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(page)
    for item in items(browser):
        choose(item, right=True)
        item.find_element(By.CSS_SELECTOR, "button").click()
    overflow = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


def mixed(quiz: Quiz) -> Quiz:
    """Return a quiz with a number, a card and a prompt, made from an item that was recorded."""
    made = replace(quiz.items[0], options=(), key=())
    mistake = QuizMistake(0.05, "counting from 1", "Feedback on the mistake.")
    value = QuizValue(
        "The rate", 0.0249, 0.025, 0.0251, 64, 0.0005, "per step", "It was halved.", (mistake,)
    )
    number = replace(made, type="numeric", value=value)
    card = replace(made, type="flashcard", back="The **back**", hint="")
    prompt = replace(made, type="open_prompt", premises=(), curves=(), checklist=("one", "two"))
    return replace(quiz, items=(number, card, prompt))


@pytest.fixture
def mixed_page(quiz: Quiz, tmp_path: Path) -> str:
    write_quiz_page(mixed(quiz), tmp_path / "mixed.html")
    return (tmp_path / "mixed.html").as_uri()


def respond(item: WebElement, text: str) -> str:
    """Type a number, press Enter, and return what the page says."""
    field = item.find_element(By.CSS_SELECTOR, "input")
    field.clear()
    field.send_keys(text, Keys.ENTER)
    return item.find_element(By.CSS_SELECTOR, ".result").text


def test_numbers_are_compared_with_the_measured_value(browser: Chrome, mixed_page: str) -> None:
    """What float() reads is compared within the tolerance; a known mistake gets its feedback."""
    browser.get(mixed_page)
    item = items(browser)[0]
    for text in ("", "a quarter", "1/40", "nan"):
        assert respond(item, text).startswith("Write a number")
        assert not item.find_element(By.CSS_SELECTOR, ".evidence").is_displayed()
    for text in ("0.025", "0,025", ".025", "2.5e-2", " +0.0255 ", "0.0245"):
        told = respond(item, text)
        assert told.startswith("Yes"), text
        assert "It was halved." in told
        assert "90 % of them lie from 0.0249 to 0.0251" in told
    for text in ("0.026", "-0.025", "25", "1e999"):
        assert respond(item, text).startswith("No"), text
    assert "Feedback on the mistake." in respond(item, "0.05")
    assert item.find_element(By.CSS_SELECTOR, ".evidence svg.chart").is_displayed()
    score = browser.find_element(By.CSS_SELECTOR, ".score").text
    assert score == "0 of 1 right, 1 checked; 0 of 1 cards known"


def test_a_card_is_turned_by_keyboard_and_rated(browser: Chrome, mixed_page: str) -> None:
    """Enter on the button shows the back with its evidence; rating it is counted on its own."""
    browser.get(mixed_page)
    item = items(browser)[1]
    back = item.find_element(By.CSS_SELECTOR, ".back")
    assert not back.is_displayed()
    item.find_element(By.CSS_SELECTOR, ".reveal summary").send_keys(Keys.ENTER)
    assert back.is_displayed()
    assert "64 of 64" in item.find_element(By.CSS_SELECTOR, ".premises").text
    knew, forgot = item.find_elements(By.CSS_SELECTOR, "[data-knew]")
    score = browser.find_element(By.CSS_SELECTOR, ".score")
    knew.send_keys(Keys.ENTER)
    assert score.text == "0 of 1 right, 0 checked; 1 of 1 cards known"
    forgot.click()
    assert score.text.endswith("0 of 1 cards known")


def test_a_prompt_counts_what_was_ticked(browser: Chrome, mixed_page: str) -> None:
    """The checklist opens on demand, counts ticks, and leaves the score alone."""
    browser.get(mixed_page)
    item = items(browser)[2]
    item.find_element(By.CSS_SELECTOR, "textarea").send_keys("Start high.")
    item.find_element(By.CSS_SELECTOR, ".reveal summary").click()
    item.find_elements(By.CSS_SELECTOR, ".option")[1].click()
    assert item.find_element(By.CSS_SELECTOR, ".tally").text == "1 of 2 concepts"
    assert "nothing was measured" in item.find_element(By.CSS_SELECTOR, ".claim").text
    score = browser.find_element(By.CSS_SELECTOR, ".score").text
    assert score == "0 of 1 right, 0 checked; 0 of 1 cards known"


def test_scripts_off_still_shows_values_backs_and_checklists(
    mixed_page: str, tmp_path: Path
) -> None:
    """Without scripts every solution opens by itself, and nothing dead can be pressed."""
    browser = open_browser(tmp_path, scripts=False)
    try:
        browser.get(mixed_page)
        for item, selector in zip(items(browser), (".verdicts", ".back", ".option"), strict=True):
            assert not [b for b in item.find_elements(By.TAG_NAME, "button") if b.is_displayed()]
            item.find_element(By.CSS_SELECTOR, ".evidence summary, .reveal summary").click()
            assert item.find_element(By.CSS_SELECTOR, selector).is_displayed()
    finally:
        browser.quit()


@pytest.mark.parametrize("width", [360, 1200])
def test_no_type_of_item_is_wider_than_the_window(
    browser: Chrome, mixed_page: str, width: int
) -> None:
    """With everything open, no item scrolls sideways."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(mixed_page)
    respond(items(browser)[0], "0.05")
    for summary in browser.find_elements(By.CSS_SELECTOR, ".reveal summary"):
        summary.click()
    overflow = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0


SCRIPT = '"<script>document.title = 1</script>"'


def with_a_blank(quiz: Quiz) -> Quiz:
    """Return a quiz of a fill-in with these responses, made from an item that was recorded."""
    made = quiz.items[0]
    right, wrong = made.options[0].evidence, made.options[1].evidence
    assert right.verdict is Verdict.SUPPORTED
    assert wrong.verdict is Verdict.REFUTED
    texts = {"0.01": right, "1e-2": right, "10**-2": right, "1/100": right, "100": wrong}
    texts |= {'"0.01"': wrong, "loss.backward()": wrong, SCRIPT: wrong, "x" * 200: wrong}
    options = tuple(
        QuizOption(f"r{number}", text, f"Feedback {number}.", evidence)
        for number, (text, evidence) in enumerate(texts.items())
    )
    curves = tuple(replace(made.curves[0], arm=each.id, label=each.text[:40]) for each in options)
    key = tuple(each.id for each in options if each.evidence is right)
    blank = replace(made, type="fill_in", options=options, key=key, curves=curves)
    return replace(quiz, items=(replace(blank, id="fill-in-the-rate"),))


@pytest.fixture
def blank_page(quiz: Quiz, tmp_path: Path) -> str:
    write_quiz_page(with_a_blank(quiz), tmp_path / "blank.html")
    return (tmp_path / "blank.html").as_uri()


def test_responses_that_were_run_are_told(browser: Chrome, blank_page: str) -> None:
    """Enter checks; what Python reads alike is alike; what no run knows is neither right nor wrong.

    The item counts once, whatever is tried.
    """
    browser.get(blank_page)
    (item,) = items(browser)
    evidence = item.find_element(By.CSS_SELECTOR, ".evidence")
    score = browser.find_element(By.CSS_SELECTOR, ".score")
    assert respond(item, "   ") == "Write what belongs in the blank first."
    for text in ("0.02", "0,01", "1e-2)", "10* *2", "1 0**-2", "100.0", "1e - 2", "0.01 0.01"):
        assert respond(item, text).startswith("This one is not among the responses"), text
        assert not evidence.is_displayed()
        assert score.text == "0 of 1 right, 0 checked"
    for text in ("1e-2", " 1E-2 ", ".01", "0.010", "+1.0e-02", "10 ** -2", "1 / 100"):
        assert respond(item, text).startswith("Yes, this is right."), text
        assert score.text == "1 of 1 right, 1 checked"
    assert "Feedback 3. (true in 64 of 64 training runs)" in respond(item, "1/100")
    for text, number in (('"0.01"', 5), ("'0.01'", 5), ("loss.backward( )", 6), (SCRIPT, 7)):
        told = respond(item, text)
        assert told.startswith("No, the runs show otherwise."), text
        assert f"Feedback {number}." in told
    assert score.text == "0 of 1 right, 1 checked"
    assert evidence.find_element(By.CSS_SELECTOR, "svg.chart").is_displayed()


def test_a_response_is_text_and_no_markup(browser: Chrome, blank_page: str, quiz: Quiz) -> None:
    """A response that looks like a script is shown as it was written, and never executed."""
    browser.get(blank_page)
    (item,) = items(browser)
    respond(item, SCRIPT)
    shown = [each.text for each in item.find_elements(By.CSS_SELECTOR, ".verdicts code")]
    assert SCRIPT in shown
    assert browser.title == quiz.title


def test_a_blank_with_scripts_off(blank_page: str, tmp_path: Path) -> None:
    """Without scripts all responses, their verdicts and the command that runs others are shown."""
    browser = open_browser(tmp_path, scripts=False)
    try:
        browser.get(blank_page)
        (item,) = items(browser)
        assert not item.find_element(By.TAG_NAME, "button").is_displayed()
        assert "lrquiz check fill-in-the-rate 'your response'" in item.text
        item.find_element(By.CSS_SELECTOR, ".evidence summary").click()
        told = item.find_element(By.CSS_SELECTOR, ".verdicts").text
        assert told.count("is right") == 4
        assert told.count("is not right") == 5
        assert all(f"Feedback {number}." in told for number in range(9))
    finally:
        browser.quit()


@pytest.mark.parametrize("width", [360, 1200])
def test_no_response_is_wider_than_the_window(browser: Chrome, blank_page: str, width: int) -> None:
    """A response of 200 characters without a space is broken, and the page stays in its window."""
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
    )
    browser.get(blank_page)
    respond(items(browser)[0], "0.01")
    overflow = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 0
