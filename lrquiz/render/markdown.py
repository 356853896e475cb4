"""Markdown to markup. Raw HTML in the source comes out as text, never as HTML."""

from __future__ import annotations

import functools

from markdown_it import MarkdownIt
from markupsafe import Markup

from lrquiz.render.highlight import highlight_block


@functools.cache
def _renderer() -> MarkdownIt:
    # "js-default" escapes raw HTML; the "commonmark" preset would pass it through.
    made = MarkdownIt("js-default", {"highlight": _highlight, "html": False, "linkify": False})
    return made.disable("image")  # a page holds no remote reference


def _highlight(code: str, language: str, _: str) -> str:
    return str(highlight_block(code)) if language == "python" else ""


def block(text: str) -> Markup:
    """Return Markdown blocks as markup."""
    return Markup(_renderer().render(text))  # noqa: S704 - the renderer escapes


def inline(text: str) -> Markup:
    """Return one line of Markdown as markup, without a paragraph around it."""
    return Markup(_renderer().renderInline(text))  # noqa: S704 - the renderer escapes
