"""Turn a view and a template into one self-contained page."""

from __future__ import annotations

import base64
import functools
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from lrquiz.resources.files import make_folder, write_text
from lrquiz.resources.locate import shipped_templates


@functools.cache
def _environment() -> Environment:
    # select_autoescape() does not cover *.html.j2, hence True for every template.
    return Environment(
        loader=FileSystemLoader(shipped_templates()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_page(
    template: str, view: object, script: str | None = None, style: str | None = None
) -> str:
    """Return the page of one view.

    Args:
        template: path under `templates/`.
        view: what the template lays out, as `view`.
        script: file under `templates/static/` to be allowed, by its hash, and included.
        style: file there to be added to the style that all pages have.
    """
    code = _static(script) if script else ""
    styles = "\n".join(map(_static, filter(None, ("page.css", style))))
    return (
        _environment()
        .get_template(template)
        .render(
            view=view,
            style=Markup(styles),  # noqa: S704 - our own file
            script=Markup(code),  # noqa: S704 - our own file
            policy=_policy(code),
        )
    )


def write_page(
    path: Path, template: str, view: object, script: str | None = None, style: str | None = None
) -> None:
    """Write the page of one view to `path`; the other arguments are those of `render_page`.

    Raises:
        OutputError: it cannot be written.
    """
    text = render_page(template, view, script, style)
    make_folder(path.parent)
    write_text(path, text)


def _static(name: str) -> str:
    return (shipped_templates() / "static" / name).read_text(encoding="utf-8").strip()


def _policy(code: str) -> str:
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    scripts = f"'sha256-{digest}'" if code else "'none'"
    # Charts carry style attributes, so styles have to be allowed inline.
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
