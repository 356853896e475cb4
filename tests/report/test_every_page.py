"""Every kind of page as a file: sound markup, nothing remote, and text that stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.render.unseen import marked
from lrquiz.report.feedback_view import feedback_view
from lrquiz.report.kinds import FEEDBACK
from lrquiz.report.page import render_page
from tests.report.conftest import Compare
from tests.report.every_page import MAKERS, Changed, all_kinds, samples, task_class
from tests.report.hostile import HOSTILE, MARKUP, UNSEEN, Hostile
from tests.report.markup import faults, parsed

WITHOUT_GOLD_ELSEWHERE = (
    "practice_of_runs",
    "exam_of_runs",
    "recap",
    "exam",
    "staff_task",
    "index",
    "verification",
)
SOUND = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'none'">
<title>Title</title></head><body><main><h1>Head</h1>{}</main></body></html>"""


def test_no_kind_of_page_is_left_out() -> None:
    """A new kind stands among the samples, so that every check here is made of it."""
    assert {each.page for each in samples().values()} == set(all_kinds())


@pytest.mark.parametrize("name", MAKERS)
def test_the_markup_is_sound(name: str) -> None:
    """No parse error, no reference to nothing, no gap in headings, nothing from elsewhere."""
    assert faults(MAKERS[name](Changed()).html()) == []


@pytest.mark.parametrize("name", ["exam", "feedback_quiz_feedback", "class_quiz", "practice"])
def test_the_markup_is_sound_in_another_language(name: str) -> None:
    """So are pages that carry the words of their scripts."""
    page = replace(MAKERS[name](Changed()), language="de").html()
    assert faults(page) == []
    assert '<html lang="de">' in page


@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_stays_text(name: str) -> None:
    """Put into every text, it adds no element and no handler, and is there to be read."""
    page = MAKERS[name](Hostile(HOSTILE)).html()
    assert faults(page) == []
    root, _ = parsed(page)
    found = {str(each.tag).rpartition("}")[2] for each in root.iter()}
    assert not found & {"img", "iframe", "object", "embed", "base"}
    text = "".join(root.itertext())
    assert "<img src=x onerror=alert(2)><svg onload=alert(3)>{{ 7 * 7 }}{% raw %}" in text
    assert marked(UNSEEN[:3]) in text
    assert not set(UNSEEN) - set(marked(UNSEEN)) & set(page)


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ("<p><div></div></p>", "unexpected-end-tag"),
        ("a\x01b", "invalid-codepoint"),
        ("<p id='a'></p><p id='a'></p>", "the id 'a' is there 2 times"),
        ("<a href='#gone'>x</a>", "a refers to 'gone'"),
        ("<svg><use xlink:href='#gone'/></svg>", "refers to 'gone'"),
        ("<svg><g clip-path='url(#gone)'/></svg>", "refers to 'gone'"),
        ("<label for='gone'>x</label>", "label refers to 'gone'"),
        ("<h3>x</h3>", "h3 'x' after h1"),
        ("<h2></h2>", "h2 '' after h1"),
        ("<h1>x</h1>", "2 elements h1"),
        ("<table><tr><td>x</td></tr></table>", "without a caption: 'x'"),
        ("<table><caption>c</caption><tr><th>x</th></tr></table>", "without a scope"),
        ("<a href='#'><button>x</button></a>", "button inside a"),
        ("<details><summary><a href='x'>x</a></summary></details>", "a inside summary"),
        ("<input type='text' name='n'>", "input 'n' has no label"),
        ("<textarea></textarea>", "textarea None has no label"),
        ("<button></button>", "button without words"),
        ("<svg role='img'></svg>", "a picture without a name"),
        ("<img src='//elsewhere/x' alt=''>", "img src="),
        ("<a href='javascript:x'>x</a>", "a href="),
        ("<svg><image xlink:href='https://elsewhere'/></svg>", "image href="),
        ("<p onclick='x'>x</p>", "p onclick="),
        ("<p style='background: url(http://elsewhere)'>x</p>", "a style refers to"),
        ("<style>@import 'x';</style>", "a style imports"),
        ("<script>x</script>", "a foreign script: 'x'"),
    ],
)
def test_a_fault_in_the_markup_is_found(markup: str, fault: str) -> None:
    """Each check finds what it is there for."""
    assert faults(SOUND.format("")) == []
    assert any(fault in each for each in faults(SOUND.format(markup)))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (' lang="en"', "", "html has no lang"),
        (">Title<", "> <", "the title is empty"),
        ("viewport", "other", "there is no viewport"),
        ("default-src 'none'; ", "", "no policy"),
        ("script-src 'none'", "script-src *", "allows scripts by '*'"),
        ("script-src 'none'", "", "allows scripts by ''"),
    ],
)
def test_a_fault_in_the_head_is_found(old: str, new: str, fault: str) -> None:
    """So does each check of the document as a whole."""
    assert old in SOUND
    assert any(fault in each for each in faults(SOUND.format("").replace(old, new)))


@settings(max_examples=40)
@given(st.text(st.characters(codec=None, exclude_categories=()), min_size=1))
def test_what_a_program_says_is_read_as_it_was_said(text: str) -> None:
    """A page gives back every text that it was given, its unseen characters marked."""
    (told,) = (each for each in task_class() if each.record.student == "mallory")
    told = replace(told, record=replace(told.record, detail=text, stdout=MARKUP + text))
    root, errors = parsed(render_page(FEEDBACK, feedback_view(told)))
    assert errors == []
    expected = re.sub("\r\n?", "\n", marked(text))
    details = [each for each in root.iter("code") if each.get("class") == "detail"]
    assert ["".join(each.itertext()) for each in details] == [expected]
    outputs = ["".join(each.itertext()) for each in root.iter("pre")]
    assert outputs == [MARKUP + expected]


@pytest.mark.parametrize("name", WITHOUT_GOLD_ELSEWHERE)
def test_page_is_as_somebody_has_seen_it(name: str, compare: Compare) -> None:
    """It is the page that somebody has looked at; other kinds have such a test of their own."""
    compare(f"every/{name}.html", MAKERS[name](Changed()).html())
