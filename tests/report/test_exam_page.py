"""The exam page as a file: opaque, self-contained, and complete without scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

from lrquiz.model.quiz import QuizItem
from lrquiz.model.verdict import Verdict
from lrquiz.report.exam_view import ExamPages
from tests.report.exam_papers import ASKED, ITEMS, PAPER, PAPERS, QUIZ, SHOWN, page_of


class Names(HTMLParser):
    """Collects inputs, and what labels and references point to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inputs: list[dict[str, str | None]] = []
        self.ids: list[str] = []
        self.named: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in {"input", "textarea"}:
            self.inputs.append({"tag": tag, **given})
        self.ids += filter(None, [given.get("id")])
        for each in ("for", "aria-describedby", "aria-labelledby"):
            self.named += filter(None, [given.get(each)])


def test_a_page_holds_nothing_but_numbers_and_texts() -> None:
    """No id, name, hint, solution, evidence or digest of the quiz is on it."""
    page = page_of()
    assert "zq" not in page
    assert '"label"' in page
    assert "Ada &lt;i&gt;" in page
    assert "&lt;script&gt;" in page


def test_a_page_is_the_same_whatever_is_right() -> None:
    """Another key, value, evidence and feedback change no byte of it."""
    changed = replace(QUIZ, id="other", items=tuple(_otherwise_right(e) for e in ITEMS))
    pages = [ExamPages(quiz, PAPERS.label).view(PAPER, "Ada") for quiz in (QUIZ, changed)]
    assert pages[0] == pages[1]


def _otherwise_right(item: QuizItem) -> QuizItem:
    other = replace(SHOWN, verdict=Verdict.REFUTED, held=0)
    options = tuple(replace(e, feedback="f", evidence=other) for e in item.options)
    value = item.value and replace(item.value, median=7.0, feedback="f")
    return replace(item, options=options, key=("zqd",), value=value, premises=(), hint="h")


def test_every_field_has_a_name_and_a_label() -> None:
    """Items go by their numbers, options by theirs in the order of the paper; ids are unique."""
    found = Names(page_of())
    fields = [each for each in found.inputs if each.get("name")]
    values = [(e["name"], e.get("type"), e.get("value")) for e in fields]
    assert values[:8] == [
        *(("1", "radio", str(n)) for n in range(1, 5)),
        *(("2", "checkbox", str(n)) for n in range(1, 5)),
    ]
    assert [each["name"] for each in fields[12:]] == ["4", "5", "6"]
    assert len(found.ids) == len(set(found.ids))
    assert set(found.named) <= set(found.ids)


def test_options_stand_in_the_order_of_the_paper() -> None:
    """Number 1 is the first of the paper's options, wherever the quiz has it."""
    page = page_of(replace(PAPER, items=ASKED[:1]))
    order = re.findall(r"Option <em>(\w)</em>", page)
    assert order == ["c", "a", "d", "b"]


def test_points_and_the_rule_for_several_options_are_told() -> None:
    """Each item says what it is worth, the head what all are, and the rule where it applies."""
    page = page_of()
    assert page.count("1.5 points") == 6
    assert "6, 9 points in all" in page
    assert "never gives less than zero" in page
    assert "never gives less" not in page_of(replace(PAPER, items=ASKED[:1]))


def test_there_is_a_countdown_only_where_there_is_time_to_count() -> None:
    """The page says that it is there to help and closes nothing."""
    assert 'data-countdown="5400"' in page_of()
    assert "nothing is locked when it ends" in page_of()
    untimed = page_of(replace(PAPER, minutes=None))
    assert "data-countdown=" not in untimed
    assert "countdown starts" not in untimed


def test_a_page_reaches_for_nothing() -> None:
    """It names no other address, and its policy allows its own script alone."""
    page = page_of()
    assert not re.findall(r"""(?:src|href|action)\s*=\s*["'](?!#)""", page.split("<script>")[0])
    assert "https:" not in page
    assert re.search(r"script-src 'sha256-[^']+'; style-src 'unsafe-inline'", unescape(page))
    assert page.startswith('<!doctype html>\n<html lang="en">')
    assert '<html lang="de">' in page_of(replace(PAPER, language="de"))


def test_a_page_for_everybody_has_room_for_a_name() -> None:
    """It names nobody, and what was written elsewhere can be told apart by hand."""
    page = page_of(replace(PAPER, student=""), name="")
    assert '<span class="line"></span>' in page
    assert "Ada" not in page
