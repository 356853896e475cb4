"""Python source as highlighted markup, classes only; the page's style sheet has the colours."""

from __future__ import annotations

import re

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

_MOST_HIGHLIGHTED = 20_000
"""characters above which code is shown plain"""
_LONGEST_LINE = 400
"""characters of a line that are shown; a submission may hold a line of megabytes"""


def highlight_block(code: str) -> Markup:
    """Return code as a `pre` of highlighted spans."""
    shown = _safe(_highlighted(code))
    return Markup('<pre class="code"><code>{}</code></pre>').format(shown)


def highlight_lines(code: str) -> tuple[Markup, ...]:
    """Return each line of `code` as highlighted markup; code of unusual length comes out plain.

    The lexer takes time in the square of runs of blank lines, and of some other texts that hostile
    code may be made of, so it sees lines that hold something, and not too many.
    """
    # Lines as Python counts them: splitlines() would also break at form feeds and U+2028.
    lines = [line[:_LONGEST_LINE].rstrip() for line in re.split(r"\r\n|\r|\n", code)]
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    filled = "\n".join(line for line in lines if line)
    if len(filled) > _MOST_HIGHLIGHTED:
        return tuple(escape(line) for line in lines)
    shown = iter(_highlighted(filled).split("\n"))
    return tuple(_safe(next(shown, "")) if line else Markup() for line in lines)


def _highlighted(code: str) -> str:
    return highlight(code, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - Pygments escapes the code it highlights
