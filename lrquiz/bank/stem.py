"""Render the texts of an item: sandboxed Jinja, an undefined name is an error."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lrquiz.bank.settings import CALLS

_LARGEST_POWER = 20


def loop_code(calls: Iterable[str], indent: int = 4) -> str:
    """Return an ordered list of calls as the lines of code they stand for."""
    return "\n".join(" " * indent + CALLS[call] for call in calls).lstrip(" ")


class _Environment(ImmutableSandboxedEnvironment):
    """A sandbox whose texts can neither change an experiment nor compute without end.

    Immutable: a text that could append to an arm's list of calls would change what is trained.
    """

    intercepted_binops = frozenset({"**", "*"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - as Jinja has it
        """Refuse products of texts or lists, and powers, that no sentence needs."""
        if not all(isinstance(each, int | float) for each in (left, right)):
            message = f"{operator} takes two numbers"
            raise SecurityError(message)
        if operator == "**" and abs(right) > _LARGEST_POWER:
            message = f"** takes an exponent of {_LARGEST_POWER} at most"
            raise SecurityError(message)
        return super().call_binop(context, operator, left, right)


@functools.cache
def _environment() -> _Environment:
    # Texts are Markdown here; the page that shows them escapes (see lrquiz.render.markdown).
    made = _Environment(undefined=StrictUndefined, autoescape=False)
    made.filters["loop_code"] = loop_code
    return made


@functools.lru_cache(maxsize=4096)
def _compiled(text: str) -> Template:
    return _environment().from_string(text)


def render_text(text: str, values: Mapping[str, Any]) -> str:
    """Return `text` with its expressions filled in.

    Raises:
        ValueError: an expression is malformed, names something unknown, or fails.
    """
    try:
        return _compiled(text).render(values).strip()
    except TemplateError as error:
        message = f"{error.message or type(error).__name__}"
        raise ValueError(message) from error
    except Exception as error:  # an author's expression may raise anything
        message = f"{type(error).__name__}: {error}"
        raise ValueError(message) from error
