"""Render the texts of an item: sandboxed Jinja, an undefined name is an error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lrquiz.bank.catalogue import CALLS


def loop_code(calls: Iterable[str], indent: int = 4) -> str:
    """Return an ordered list of calls as the lines of code they stand for."""
    return "\n".join(" " * indent + CALLS[call] for call in calls).lstrip(" ")


def _environment() -> ImmutableSandboxedEnvironment:
    # Texts are Markdown here; the page that shows them escapes (see lrquiz.render.markdown).
    # Immutable: a text that could append to an arm's list of calls would change the experiment.
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=False,
    )
    made.filters["loop_code"] = loop_code
    return made


def render_text(text: str, values: Mapping[str, Any]) -> str:
    """Return `text` with its expressions filled in.

    Raises:
        ValueError: an expression is malformed, names something unknown, or fails.
    """
    try:
        return _environment().from_string(text).render(values).strip()
    except TemplateError as error:
        message = f"{error.message or type(error).__name__}"
        raise ValueError(message) from error
    except Exception as error:  # an author's expression may raise anything
        message = f"{type(error).__name__}: {error}"
        raise ValueError(message) from error
