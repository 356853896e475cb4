"""Every kind of page in a real browser: accessible, on a phone, on paper, under attack."""

from __future__ import annotations

import base64
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from tests.conftest import REPOSITORY
from tests.report.every_page import MAKERS, Changed
from tests.report.hostile import HOSTILE, LONG, WRITTEN, Hostile
from tests.report.test_practice_in_browser import open_browser

AXE = Path("node_modules/axe-core/axe.min.js")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""rules that a dark page may break though a light one does not"""
RUN = """
const [rules, done] = arguments;
axe.run(document, {runOnly: rules, resultTypes: ["violations"]}).then(
  (found) => done(found.violations.flatMap((each) => each.nodes.map((node) =>
    `${each.id} at ${node.target.join(" ")}: ${each.help}. ${node.failureSummary}`))),
  (error) => done([String(error)]));
"""
OPEN = "for (const each of document.querySelectorAll('details')) each.open = true"
RESPOND = """
for (const form of document.querySelectorAll("form")) {
  for (const set of form.querySelectorAll("fieldset")) set.querySelector("input")?.click();
  for (const field of form.querySelectorAll("input[type=text], textarea:not([readonly])"))
    field.value = "0.1";
  form.requestSubmit();
}
for (const each of document.querySelectorAll("[data-knew=no], .reveal input")) each.click();
for (const each of document.querySelectorAll("button.sorts")) each.click();
"""
WIDTHS = """
const root = document.documentElement;
const wide = [...document.querySelectorAll("main *")].filter(
  (each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest("svg, .scroll, pre, .source"));
return [root.scrollWidth, innerWidth, wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 90))];
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def only_browser(folder: Path) -> Iterator[Chrome]:
    opened = open_browser(folder)
    opened.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "deny"})
    yield opened
    opened.quit()


@pytest.fixture
def browser(only_browser: Chrome) -> Iterator[Chrome]:
    """The one browser, as it is at first; a page that complains fails the test that opened it."""
    only_browser.get_log("browser")
    look(only_browser, "light", 1200)
    yield only_browser
    complaints = [each for each in only_browser.get_log("browser") if each["level"] == "SEVERE"]
    assert not complaints


@pytest.fixture(scope="module")
def axe() -> str:
    for place in (os.environ.get("LRQUIZ_AXE"), REPOSITORY / ".venv" / "npm"):
        if place and (Path(place) / AXE).is_file():
            return (Path(place) / AXE).read_text(encoding="utf-8")
    pytest.skip("axe-core is not installed: make axe (it needs npm)")


def look(browser: Chrome, scheme: str, width: int, media: str = "") -> None:
    """Set the colours, the width of the window in pixels, and whether it is paper."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    told = {"media": media, "features": features}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", told)
    metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def visit(browser: Chrome, folder: Path, name: str, change: Changed | None = None) -> None:
    path = folder / f"{name}.html"
    path.write_text(MAKERS[name](change or Changed()).html(), encoding="utf-8")
    # Leaving a form that was filled in would ask first.
    browser.execute_script("addEventListener('beforeunload', (e) => e.stopImmediatePropagation(), true)")
    browser.get(path.as_uri())


def violations(browser: Chrome, state: str) -> list[str]:
    """Return what axe finds on the page as it is now, in light and in dark."""
    found = []
    for scheme, rules in (("light", LEVELS), ("dark", OF_COLOUR)):
        look(browser, scheme, 1200)
        told: list[str] = browser.execute_async_script(RUN, rules)
        found += [f"{state}, {scheme}: {each}" for each in told]
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_nobody_is_kept_out(browser: Chrome, folder: Path, axe: str, name: str) -> None:
    """No page breaks a rule of WCAG 2.2 A or AA that axe can see, closed, open or responded to."""
    visit(browser, folder, name)
    browser.execute_script(axe)
    found = violations(browser, "as opened")
    browser.execute_script(RESPOND)
    browser.execute_script(OPEN)
    found += violations(browser, "responded to, all open")
    assert not found, f"{name}: mend in templates/ or page.css:\n" + "\n".join(found)


@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_is_shown_and_never_run(browser: Chrome, folder: Path, name: str) -> None:
    """With it in every text the page opens, works, and on a phone is as wide as the window."""
    look(browser, "light", 390)
    visit(browser, folder, name, Hostile(HOSTILE))
    assert "7 * 7" in browser.find_element("tag name", "body").text
    browser.execute_script(RESPOND)
    browser.execute_script(OPEN)
    assert "[U+202E]" in browser.execute_script("return document.body.textContent")
    scroll, window, wide = browser.execute_script(WIDTHS)
    assert scroll <= window, wide
    assert not browser.execute_script("return document.querySelector('main img, main script')")


@pytest.mark.parametrize("name", ["feedback_task", "staff_task", "staff_quiz", "diagnosis"])
def test_a_line_of_a_megabyte_opens(browser: Chrome, folder: Path, name: str) -> None:
    """A source, an output or an error without any end of a line does not widen the page."""
    look(browser, "light", 390)
    visit(browser, folder, name, Hostile(LONG, WRITTEN - {"by", "reason"}))
    browser.execute_script(OPEN)
    scroll, window, wide = browser.execute_script(WIDTHS)
    assert scroll <= window, wide


def printed(browser: Chrome) -> bytes:
    done: dict[str, Any] = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    return base64.b64decode(done["data"])


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("name", MAKERS)
def test_every_page_can_be_printed(browser: Chrome, folder: Path, name: str) -> None:
    """It fills sheets of paper, and none of its words is lost at their edge."""
    look(browser, "dark", 1200)
    visit(browser, folder, name)
    pdf = printed(browser)
    assert pdf.startswith(b"%PDF-")
    assert 1 <= pages_of(pdf) <= 40
    look(browser, "dark", 700, "print")
    scroll, window, wide = browser.execute_script(WIDTHS)
    assert scroll <= window, wide
