"""What a practice page keeps, and how it turns: variants, steps, keys, one at a time, rounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from lrquiz.model.quiz import Quiz
from lrquiz.report.write import write_quiz_page
from tests.report.test_practice_in_browser import browser, choose, items

__all__ = ["browser"]


def written(quiz: Quiz, tmp_path: Path) -> str:
    write_quiz_page(quiz, tmp_path / "practice.html")
    return (tmp_path / "practice.html").as_uri()


@pytest.fixture
def page(quiz: Quiz, tmp_path: Path) -> str:
    """Return a page of three items, the first of them with another variant."""
    first, *rest = quiz.items
    other = replace(first, variant="another", stem="**The other variant.** What happens?")
    return written(replace(quiz, items=(replace(first, others=(other,)), *rest)), tmp_path)


@pytest.fixture
def recap(quiz: Quiz, tmp_path: Path) -> str:
    """Return a page of a prompt between three cards."""
    made = replace(quiz.items[0], options=(), key=(), type="flashcard", curves=())
    cards = [replace(made, title=f"Card {name}", back=f"Back {name}") for name in "ABC"]
    prompt = replace(made, title="Prompt", type="open_prompt", checklist=("one", "two"))
    return written(replace(quiz, items=(cards[0], prompt, *cards[1:])), tmp_path)


def shown(browser: Chrome, selector: str) -> str:
    return browser.find_element(By.CSS_SELECTOR, selector).text


def press(browser: Chrome, selector: str, item: WebElement | None = None) -> None:
    (item or browser).find_element(By.CSS_SELECTOR, selector).click()


def keys(browser: Chrome, *pressed: str) -> None:
    for each in pressed:
        ActionChains(browser).send_keys(each).perform()


def titles(browser: Chrome) -> list[str]:
    return [each.find_element(By.TAG_NAME, "h2").text.split(" ", 1)[1] for each in items(browser)]


def test_progress_is_kept_until_it_is_started_again(browser: Chrome, page: str) -> None:
    """A reload brings back responses, results, the variant and the score; starting again none."""
    browser.get(page)
    choose(items(browser)[0], right=True)
    press(browser, "[data-another]")
    first, second, third = items(browser)
    assert "The other variant." in first.text
    assert "Variant 2 of 2" in first.text
    assert not first.find_elements(By.CSS_SELECTOR, "input:checked")
    choose(first, right=False)
    first.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    choose(second, right=True)
    second.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    choose(second, right=False)
    wrong = second.find_element(By.CSS_SELECTOR, "input:checked").get_property("value")
    choose(third, right=False)
    assert shown(browser, ".score") == "1 of 3 right, 2 checked"
    browser.get(page)
    first, second, third = items(browser)
    assert "The other variant." in first.text
    assert first.find_element(By.CSS_SELECTOR, ".result").text.startswith("No, the runs")
    # What was entered after a check is back, and is checked by nobody but who asks.
    assert second.find_element(By.CSS_SELECTOR, ".result").text.startswith("Yes, this holds.")
    assert second.find_element(By.CSS_SELECTOR, "input:checked").get_property("value") == wrong
    assert len(third.find_elements(By.CSS_SELECTOR, "input:checked")) == 1
    assert not third.find_element(By.CSS_SELECTOR, ".result").text
    assert shown(browser, ".score") == "1 of 3 right, 2 checked"
    bar = browser.find_element(By.CSS_SELECTOR, "progress")
    assert (bar.get_property("value"), bar.get_property("max")) == (2, 3)
    press(browser, "[data-restart]")
    browser.switch_to.alert.accept()
    assert browser.execute_script("return localStorage.length") == 0
    assert not browser.find_elements(By.CSS_SELECTOR, "input:not([data-keys]):checked")
    assert "Variant 1 of 2" in items(browser)[0].text
    assert shown(browser, ".score") == "0 of 3 right, 0 checked"
    assert not items(browser)[1].find_element(By.CSS_SELECTOR, ".evidence").is_displayed()


def test_worked_steps_come_one_by_one(browser: Chrome, page: str) -> None:
    """Each press shows one more step, and the button goes with the last."""
    browser.get(page)
    item = items(browser)[0]
    choose(item, right=True)
    item.find_element(By.CSS_SELECTOR, "[type=submit]").click()
    steps = item.find_elements(By.CSS_SELECTOR, ".steps li")
    button = item.find_element(By.CSS_SELECTOR, "[data-step]")
    assert len(steps) > 1
    for count in range(len(steps)):
        assert [each.is_displayed() for each in steps] == [at < count for at in range(len(steps))]
        button.click()
    assert all(each.is_displayed() for each in steps)
    assert not button.is_displayed()


def test_a_browser_that_keeps_nothing_loses_nothing_on_the_page(browser: Chrome, page: str) -> None:
    """What was entered stays on the page, which says so once; and what is odd is no progress."""
    quiz = "document.querySelector('[data-quiz]').dataset.quiz"
    browser.get(page)
    for odd in ('"x"', '{"items": {"1": 7, "2": {"given": 3, "variant": 9}}, "order": [3]}', "{"):
        browser.execute_script(
            f"localStorage.setItem('lrquiz practice ' + {quiz}, arguments[0])", odd
        )
        browser.get(page)
        assert shown(browser, ".score") == "0 of 3 right, 0 checked"
    broken = "Storage.prototype.setItem = () => { throw new Error('full'); };"
    browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": broken})
    browser.get(page)
    choose(items(browser)[0], right=True)
    assert shown(browser, "[data-kept]").startswith("This browser keeps nothing")
    browser.execute_script("document.querySelector('[data-kept]').textContent = ''")
    press(browser, "[type=submit]")
    assert shown(browser, ".result").startswith("Yes")
    assert shown(browser, "[data-kept]") == ""
    assert len(items(browser)[0].find_elements(By.CSS_SELECTOR, "input:checked")) == 1


def test_keys_choose_check_and_turn(browser: Chrome, page: str) -> None:
    """Letters choose, Enter checks, left and right turn; not in a group, with Ctrl, or when off."""
    browser.get(page)
    press(browser, "[data-one]")
    assert [each.is_displayed() for each in items(browser)] == [True, False, False]
    keys(browser, Keys.ARROW_RIGHT)
    second = items(browser)[1]
    assert [each.is_displayed() for each in items(browser)] == [False, True, False]
    assert browser.switch_to.active_element == second
    assert shown(browser, "[data-at]") == "Item 2 of 3"
    keys(browser, "b", Keys.ENTER)
    options = second.find_elements(By.CSS_SELECTOR, ".option input")
    assert [each.is_selected() for each in options[:2]] == [False, True]
    assert second.find_element(By.CSS_SELECTOR, ".result").text
    options[1].send_keys(Keys.ARROW_LEFT)
    assert options[0].is_selected()
    assert second.is_displayed()
    browser.execute_script("document.activeElement.blur()")
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("b").key_up(Keys.CONTROL).perform()
    press(browser, "[data-keys]")
    keys(browser, "b", Keys.ARROW_RIGHT)
    assert options[0].is_selected()
    press(browser, "[data-to='1']")
    assert items(browser)[2].is_displayed()
    assert not browser.find_element(By.CSS_SELECTOR, "[data-to='1']").is_enabled()
    browser.get(page)
    assert [each.is_displayed() for each in items(browser)] == [False, False, True]


def test_what_was_not_known_comes_first_in_the_next_round(browser: Chrome, recap: str) -> None:
    """Cards change places among themselves, also after a reload; a prompt stays and keeps its text.

    Letters in a text are a text.
    """
    browser.get(recap)
    for place, knew in ((0, "yes"), (2, "no"), (3, "yes")):
        press(browser, ".reveal summary", items(browser)[place])
        press(browser, f"[data-knew={knew}]", items(browser)[place])
    field = browser.find_element(By.TAG_NAME, "textarea")
    field.send_keys("a b", Keys.ENTER, Keys.ARROW_LEFT, "c")
    typed = field.get_property("value")
    assert typed == "a bc\n"
    assert shown(browser, ".score") == "2 of 3 cards known"
    press(browser, "[data-round]")
    assert shown(browser, ".score") == "0 of 3 cards known"
    order = [each.split()[1] if "Card" in each else "-" for each in titles(browser)]
    assert order == ["B", "-", "A", "C"]
    assert not browser.find_elements(By.CSS_SELECTOR, ".reveal[open]")
    browser.get(recap)
    assert [e.split()[1] if "Card" in e else "-" for e in titles(browser)] == order
    assert browser.find_element(By.TAG_NAME, "textarea").get_property("value") == typed
