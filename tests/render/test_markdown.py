"""Markdown comes out as inert markup: no raw HTML, no image, no script."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.render.markdown import block, inline

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<b>bold</b>",
    "![pixel](http://example.org/x.png)",
    "![pixel][a]\n\n[a]: http://example.org/x.png",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java&#115;cript:alert(1))",
    "[click](vbscript:x)",
    "[click](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    '[click](http://a "><script>")',
    "```<script>\nx\n```",
    '```python"onclick="x\nx\n```',
    "```python\n</code></pre><script>alert(1)</script>\n```",
    "`</code><script>`",
    "&lt;script&gt;",
    "<!-- comment -->",
    "<style>*{}</style>",
    "<svg onload=alert(1)>",
]
TAGS = {"p", "em", "strong", "code", "pre", "span", "a", "ul", "ol", "li", "blockquote", "hr", "br"}
TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6", "s", "table", "thead", "tbody", "tr", "th", "td"}


class _Tags(HTMLParser):
    """Every tag of a piece of markup with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags(markup: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Tags()
    parser.feed(markup)
    parser.close()
    return parser.found


def assert_inert(markup: str) -> None:
    """Only tags of text, no attribute that runs or loads, no link that is a script."""
    for tag, attributes in tags(markup):
        assert tag in TAGS
        assert set(attributes) <= {"class", "href", "title", "start", "style"}
        assert attributes.get("style") in (None, *(f"text-align:{s}" for s in _SIDES))
        link = re.sub(r"\s", "", attributes.get("href") or "").lower()
        assert not link.startswith(("javascript:", "vbscript:", "data:text", "file:"))


_SIDES = ("left", "right", "center")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_comes_out_inert(text: str) -> None:
    """Raw HTML is shown as text, images are not loaded, and script links are no links."""
    assert_inert(block(text))
    assert_inert(inline(text))


@settings(deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=12), max_size=4).map(" ".join))
def test_any_markdown_comes_out_inert(text: str) -> None:
    """No text, and no mixture of hostile ones, gives an active tag."""
    assert_inert(block(text))
    assert_inert(inline(text))


def test_raw_html_is_shown_as_it_was_written() -> None:
    """An author who writes about a tag sees the tag."""
    assert "&lt;b&gt;bold&lt;/b&gt;" in block("<b>bold</b>")


def test_plain_markdown_is_rendered() -> None:
    """Emphasis, code and lists come out; one line has no paragraph around it."""
    assert inline("**a** and `b`") == "<strong>a</strong> and <code>b</code>"
    assert "<li>" in block("- one\n- two")
    assert block("text").strip() == "<p>text</p>"


def test_python_code_is_highlighted_and_other_code_is_not() -> None:
    """A fence of Python has classes for its words; any other fence is plain, escaped text."""
    assert 'class="code"' in block("```python\nfor x in y: pass\n```")
    plain = block("```text\n<for>\n```")
    assert "&lt;for&gt;" in plain
    assert "<span" not in plain
