"""Python source as highlighted markup, classes only; the page's style sheet has the colours."""

from __future__ import annotations

import re

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

_LONGEST_LINE = 400
"""characters of a line that are shown; a submission may hold a line of megabytes"""


def highlight_block(code: str) -> Markup:
    """Return code as a `pre` of highlighted spans."""
    formatter = HtmlFormatter(nowrap=True)
    shown = highlight(code, PythonLexer(stripnl=False), formatter)
    return Markup('<pre class="code"><code>{}</code></pre>').format(_safe(shown))


def highlight_lines(code: str) -> tuple[Markup, ...]:
    """Return each line of `code` as highlighted markup."""
    # Lines as Python counts them: splitlines() would also break at form feeds and U+2028.
    cut = "\n".join(line[:_LONGEST_LINE] for line in re.split(r"\r\n|\r|\n", code))
    shown = highlight(cut, PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return tuple(_safe(line) for line in shown.rstrip("\n").split("\n"))


def _safe(markup: str) -> Markup:
    return Markup(markup)  # noqa: S704 - Pygments escapes the code it highlights
