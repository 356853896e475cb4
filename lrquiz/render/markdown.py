"""Markdown to markup. Raw HTML in the source comes out as text, never as HTML."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from mdit_py_plugins.dollarmath import dollarmath_plugin

from lrquiz.render.highlight import highlight_block


@functools.cache
def _renderer() -> MarkdownIt:
    # "js-default" escapes raw HTML; the "commonmark" preset would pass it through.
    made = MarkdownIt("js-default", {"highlight": _highlight, "html": False, "linkify": False})
    made.disable("image")  # a page holds no remote reference
    # "$5 and $6" is no formula: neither spaces inside the signs nor digits after them.
    return made.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        renderer=_formula,
        allow_labels=False,
    )


def _formula(source: str, options: Mapping[str, Any]) -> str:
    """Return a formula in TeX as MathML; one that cannot be read, as it was written."""
    try:
        return convert(source, display="block" if options["display_mode"] else "inline")
    except Exception:  # noqa: BLE001 - the converter tells its many errors by no common type
        return str(escape(source))


def _highlight(code: str, language: str, _: str) -> str:
    return str(highlight_block(code)) if language == "python" else ""


def block(text: str) -> Markup:
    """Return Markdown blocks as markup."""
    return Markup(_renderer().render(text))  # noqa: S704 - the renderer escapes


def inline(text: str) -> Markup:
    """Return one line of Markdown as markup, without a paragraph around it."""
    return Markup(_renderer().renderInline(text))  # noqa: S704 - the renderer escapes
