"""Every kind of page in a real browser: accessible, on a phone, on paper, under attack."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome

from tests.conftest import REPOSITORY
from tests.report.every_page import MAKERS, Changed
from tests.report.hostile import HOSTILE, LONG, WRITTEN, Hostile
from tests.report.test_practice_in_browser import open_browser

AXE = REPOSITORY / ".venv/npm/node_modules/axe-core/axe.min.js"
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
CLOSE = OPEN.replace("true", "false")
RESPOND = """
for (const form of document.querySelectorAll("form")) {
  for (const set of form.querySelectorAll("fieldset")) set.querySelector("input")?.click();
  for (const field of form.querySelectorAll("input[type=text], textarea:not([readonly])")) {
    field.value = "0.1";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.querySelector("[data-move='1']")?.click();
  form.requestSubmit();
}
for (const each of document.querySelectorAll("[data-knew=no], .reveal input")) each.click();
for (const each of document.querySelectorAll("button.sorts")) each.click();
"""
PAPER = 700
"""pixels of a sheet between its margins, more or less"""
INKS = """
const style = getComputedStyle(document.documentElement);
return [style.color, style.backgroundColor];
"""
CUT_OFF = """
const root = document.documentElement;
const cut = [...document.querySelectorAll("main *:not(svg, svg *, textarea, .sr)")].filter((each) =>
  each.checkVisibility() && each.scrollWidth > each.clientWidth + 1
  && getComputedStyle(each).overflowX !== "visible");
const wide = root.scrollWidth > innerWidth ? [root] : [];
return [...wide, ...cut].map((each) => each.outerHTML.slice(0, 90));
"""
WIDTHS = """
const root = document.documentElement;
const wide = [...document.querySelectorAll("main *:not(svg *, .scroll *, pre *, .source *)")]
  .filter((each) => each.getBoundingClientRect().right > innerWidth + 1);
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
    only_browser.get("about:blank")  # what was entered may be asked about: that is no complaint
    kept = {"origin": "file://", "storageTypes": "local_storage"}
    only_browser.execute_cdp_cmd("Storage.clearDataForOrigin", kept)
    assert not complaints


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: make axe (it needs npm)")
    return AXE.read_text(encoding="utf-8")


def look(browser: Chrome, scheme: str, width: int, media: str = "") -> None:
    """Set the colours, the width of the window in pixels, and whether it is paper."""
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    told = {"media": media, "features": features}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", told)
    metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def visit(browser: Chrome, folder: Path, name: str, change: Changed | None = None) -> None:
    """Open a page, made once where nothing is changed."""
    path = folder / f"{name}{id(change) if change else ''}.html"
    if change or not path.exists():
        path.write_text(MAKERS[name](change or Changed()).html(), encoding="utf-8")
    browser.get(path.as_uri())


def violations(browser: Chrome, state: str, schemes: str = "light dark") -> list[str]:
    """Return what axe finds on the page as it is now; in dark, only what is of colours."""
    found = []
    for scheme in schemes.split():
        look(browser, scheme, 1200)
        rules = OF_COLOUR if scheme == "dark" else LEVELS
        told: list[str] = browser.execute_async_script(RUN, rules)
        found += [f"{state}, {scheme}: {each}" for each in told]
    return found


@pytest.mark.parametrize("name", MAKERS)
def test_nobody_is_kept_out(browser: Chrome, folder: Path, axe: str, name: str) -> None:
    """No page breaks a rule of WCAG 2.2 A or AA that axe can see, closed, open or responded to."""
    visit(browser, folder, name)
    browser.execute_script(axe)
    found = violations(browser, "as it comes", "light")
    browser.execute_script(OPEN)
    found += violations(browser, "all open")
    browser.execute_script(RESPOND)
    found += violations(browser, "responded to, all open")
    browser.execute_script(CLOSE)
    found += violations(browser, "responded to, closed", "light")
    assert not found, f"{name}: mend its template, or page.css:\n" + "\n".join(found)


def test_what_keeps_people_out_is_found(browser: Chrome, folder: Path, axe: str) -> None:
    """A field without a label, and words too pale in the dark alone, are violations."""
    visit(browser, folder, "index")
    browser.execute_script(axe)
    browser.execute_script("document.querySelector('main').append(document.createElement('input'))")
    dim = "document.querySelector('.lead').style.color = '#555'"
    browser.execute_script(dim)
    found = violations(browser, "planted")
    assert [re.match(r"planted, (\w+): ([\w-]+) at", each).groups() for each in found] == [  # type: ignore[union-attr]
        ("light", "label"),
        ("dark", "color-contrast"),
    ]


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


@pytest.mark.parametrize("name", MAKERS)
def test_a_page_fits_its_window(browser: Chrome, folder: Path, name: str) -> None:
    """On a phone as on a desk, all open and responded to, nothing is wider than the window."""
    visit(browser, folder, name)
    browser.execute_script(RESPOND)
    browser.execute_script(OPEN)
    for width in (390, 1200):
        look(browser, "light", width)
        scroll, window, wide = browser.execute_script(WIDTHS)
        assert scroll <= window, wide


@pytest.mark.parametrize("name", MAKERS)
def test_every_page_can_be_printed(browser: Chrome, folder: Path, name: str) -> None:
    """In dark too it prints dark on white, and no word or line of code is lost at an edge."""
    visit(browser, folder, name)
    browser.execute_script(OPEN)
    look(browser, "dark", PAPER, "print")
    lost = browser.execute_script(CUT_OFF)
    assert not lost
    assert browser.execute_script(INKS) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    assert 1 <= sheets(browser) <= 40


def sheets(browser: Chrome) -> int:
    """Print the page, and return on how many sheets."""
    done: dict[str, Any] = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    pdf = base64.b64decode(done["data"])
    assert pdf.startswith(b"%PDF-")
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def visible(browser: Chrome, selector: str) -> int:
    """Return how many of the elements are to be seen."""
    found = "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
    return len(browser.execute_script(found, selector))


def test_paper_tells_no_key_that_was_not_asked_for(browser: Chrome, folder: Path) -> None:
    """A practice page prints the evidence of what was checked alone, a recap no closed back."""
    visit(browser, folder, "practice")
    look(browser, "light", PAPER, "print")
    assert visible(browser, "form") > 1
    assert visible(browser, ".evidence, .verdicts, .evidence svg") == 0
    browser.execute_script("document.querySelector('fieldset input').click()")
    browser.execute_script("document.querySelector('form').requestSubmit()")
    assert visible(browser, ".evidence") == 1
    visit(browser, folder, "recap")
    assert visible(browser, ".reveal") > 1
    assert visible(browser, ".back, .reveal fieldset, .reveal svg") == 0


def test_an_exam_prints_its_form(browser: Chrome, folder: Path) -> None:
    """Each field is there, large enough to write in; nothing that only a screen can do is."""
    visit(browser, folder, "exam")
    look(browser, "light", PAPER, "print")
    fields = "form .item input, form .item textarea"
    assert visible(browser, fields) == len(browser.find_elements("css selector", fields)) > 0
    assert visible(browser, "button, [data-countdown], .hand-in") == 0
    heights = "return [...document.querySelectorAll('textarea')].map(e => e.offsetHeight)"
    assert max(browser.execute_script(heights)) >= 100
    visit(browser, folder, "exam_of_runs")
    assert visible(browser, ".lines code") == visible(browser, ".place input") == 5
    assert visible(browser, ".order .needs-script, .moves") == 0
