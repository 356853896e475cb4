"""Highlighted code: escaped, line by line as Python counts lines, and nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.render.highlight import highlight_block, highlight_lines

ATTACK = 'x = "</code></pre><script>alert(1)</script>"  # <b>&'


def without_spans(markup: str) -> str:
    return re.sub(r'<span class="[\w ]*">|</span>', "", markup)


@pytest.mark.parametrize("code", [ATTACK, f"# {ATTACK}", f'"""{ATTACK}', "</code><script>", "<"])
def test_code_cannot_leave_its_element(code: str) -> None:
    """Tags inside code come out as text, in a block and line by line."""
    for shown in (str(highlight_block(code)), *map(str, highlight_lines(code))):
        inside = without_spans(shown)
        inside = inside.removeprefix('<pre class="code"><code>').removesuffix("</code></pre>")
        assert "<" not in inside
        assert ">" not in inside


@settings(deadline=None)
@given(st.text(max_size=80))
def test_no_code_gives_a_tag_of_its_own(code: str) -> None:
    """Whatever the code, only spans with classes come out."""
    for line in highlight_lines(code):
        assert not re.search(r"[<>]", without_spans(line))


@settings(deadline=None)
@given(st.lists(st.text("ab =#'\"(", max_size=8), min_size=1, max_size=6))
def test_each_line_shows_its_own_code(lines: list[str]) -> None:
    """Line k of the page is line k of the file, quotes over several lines included."""
    shown = highlight_lines("\n".join([*lines, "end"]))
    assert [each.striptags() for each in shown] == [" ".join(each.split()) for each in lines] + [
        "end"
    ]


@pytest.mark.parametrize("odd", ["\f", "\v", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_python_counts_them(odd: str) -> None:
    """A form feed or a Unicode separator ends no line in Python, so it shifts no mark."""
    assert len(highlight_lines(f"a = 1  # {odd} same line\nb = 2\n")) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_of_python_ends_a_line(end: str) -> None:
    """Files from any editor show as many lines as Python reads."""
    assert [each.striptags() for each in highlight_lines(end.join("abc"))] == ["a", "b", "c"]


def test_empty_lines_at_the_start_keep_their_numbers() -> None:
    """Leading blank lines are lines."""
    assert len(highlight_lines("\n\nx = 1\n")) == 3


def test_a_line_of_megabytes_is_cut() -> None:
    """A submission's endless line does not become an endless page."""
    (line,) = highlight_lines("x" * 1_000_000)
    assert len(line) < 1000


@pytest.mark.parametrize("line", ["", " ", "\t", "\f", "x = 1  ", "'''", "# a"])
def test_a_long_submission_keeps_its_lines(line: str) -> None:
    """However long, and whatever its lines hold, each line is shown at its number."""
    code = "first = 1\n" + f"{line}\n" * 60_000 + "last = 2"
    lines = highlight_lines(code)
    assert len(lines) == 60_002
    assert "last" in lines[-1]


def test_blank_lines_stay_where_they_are() -> None:
    """Blank lines between others, and inside a string, are shown blank at their place."""
    lines = highlight_lines("a = '''x\n\n\ny'''\n\nb = 2\n\n")
    assert [bool(line) for line in lines] == [True, False, False, True, False, True]
