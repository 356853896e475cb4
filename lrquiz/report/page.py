"""Turn a view and a template into one self-contained page."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lrquiz.render.charts import Chart, draw
from lrquiz.render.unseen import marked
from lrquiz.resources.files import make_folder, write_text
from lrquiz.resources.locate import shipped_templates
from lrquiz.resources.texts import ENGLISH, Texts, texts_of


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page: what lays it out, what it runs and how it looks."""

    template: str
    """path under `templates/`"""
    scripts: tuple[str, ...] = ()
    """files under `templates/static/`, which are joined and allowed by their hash"""
    styles: tuple[str, ...] = ()
    """files there, added to the style that all pages have"""


def render_page(page: Page, view: object, language: str = ENGLISH) -> str:
    """Return the page of one view.

    Args:
        page: its kind.
        view: what the template lays out, as `view`.
        language: of the interface; English where there is no catalogue of it.
    """
    texts = texts_of(language)
    code = _joined(("base.js", *page.scripts)) if page.scripts else ""
    return marked(
        _environment(texts.language)
        .get_template(page.template)
        .render(
            view=view,
            language=texts.language,
            style=Markup(_joined(("page.css", *page.styles))),  # noqa: S704 - our own files
            script=Markup(code),  # noqa: S704 - our own files
            words=_words(code, texts),
            policy=_policy(code),
        )
    )


def write_page(path: Path, page: Page, view: object, language: str = ENGLISH) -> None:
    """Write the page of one view to `path`; the other arguments are those of `render_page`.

    Raises:
        OutputError: it cannot be written.
    """
    text = render_page(page, view, language)
    make_folder(path.parent)
    write_text(path, text)


@functools.cache
def _environment(language: str) -> Environment:
    texts = texts_of(language)

    def shown(value: Any) -> Any:  # noqa: ANN401 - whatever a template prints
        return texts.say(value) if isinstance(value, str) else value

    def drawn(chart: Chart) -> Markup:
        return draw(chart, texts)

    # select_autoescape() does not cover *.html.j2, hence True for every template.
    made = Environment(
        loader=FileSystemLoader(shipped_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
        extensions=["jinja2.ext.i18n"],
    )
    made.filters.update(drawn=drawn, said=shown)
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(texts.catalogue, newstyle=True)  # type: ignore[attr-defined]
    return made


@functools.cache
def _joined(names: Sequence[str]) -> str:
    static = shipped_templates() / "static"
    return "\n".join(_lean((static / name).read_text(encoding="utf-8")) for name in names)


def _lean(text: str) -> str:
    """Return a script or style without indentation and without lines that are comments alone.

    No text of ours goes on over several lines, so nothing but the look of the source changes.
    """
    lines = map(str.strip, text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _words(code: str, texts: Texts) -> Markup:
    """Return what a script says, by the English that stands in it; nothing of a page in English."""
    if texts.language == ENGLISH:
        return Markup()
    found = sorted({json.loads(each) for each in re.findall(r'\b_\(\s*("(?:[^"\\]|\\.)*")', code)})
    made = json.dumps({each: texts.catalogue.gettext(each) for each in found}, ensure_ascii=False)
    return Markup(made.replace("<", "\\u003c"))  # noqa: S704 - JSON in which no tag can begin


def _policy(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    scripts = f"'sha256-{digest}'" if code else "'none'"
    # Charts carry style attributes, so styles have to be allowed inline.
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
