"""Arms as a command line gives them: `NAME:field=value,field=value`, values in TOML syntax."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from lrquiz.bank.recipe import RecipeInfo
from lrquiz.errors import RecipeError
from lrquiz.model.item import Settings

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORD = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_PART = re.compile(r"""(?: \[[^\]]*\] | "[^"]*" | '[^']*' | [^,\[\]"'] )+""", re.VERBOSE)
"""what stands between two commas; commas in brackets and quotes part nothing"""


def read_arms(texts: Sequence[str], info: RecipeInfo) -> dict[str, Settings]:
    """Return the arms that a command line gives, each `NAME:field=value,field=value`.

    Without any there is one arm `given` with the recipe's defaults.

    Raises:
        RecipeError: one of them is malformed, named twice, or not for this recipe.
    """
    arms: dict[str, Settings] = {}
    for text in texts or ("given",):
        name, _, settings = text.partition(":")
        if not _NAME.fullmatch(name):
            message = (
                f"--arm {text}: {name!r} is no name for an arm; write small letters, digits and "
                "_, then a colon and the settings, as in --arm high:lr=10"
            )
            raise RecipeError(message)
        if name in arms:
            raise RecipeError(f"--arm {text}: there is an arm {name!r} already; name it otherwise")
        arms[name] = _settings(text, settings)
        for fault in info.faults(arms[name]):
            raise RecipeError(f"--arm {text}: {fault}")
    return arms


def _settings(text: str, settings: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in _parts(text, settings):
        name, equals, value = (each.strip() for each in part.partition("="))
        if not (equals and name):
            message = f"--arm {text}: {part!r} is no setting; write field=value, as in lr=0.1"
            raise RecipeError(message)
        if name in found:
            raise RecipeError(f"--arm {text}: {name} is set twice; set it once")
        found[name] = _value(text, name, value)
    return found


def _parts(text: str, settings: str) -> Iterator[str]:
    position = 0
    while position < len(settings):
        found = _PART.match(settings, position)
        if found is None or settings[found.end() : found.end() + 1] not in ("", ","):
            rest = settings[found.end() if found else position :]
            message = f"--arm {text}: cannot be read from {rest!r} on; separate settings by commas"
            raise RecipeError(message)
        yield found[0]
        position = found.end() + 1


def _value(text: str, name: str, value: str) -> object:
    """Return a value in TOML syntax, where bare words are texts."""
    if _WORD.fullmatch(value) and value not in ("true", "false", "inf", "nan"):
        return value
    if value.startswith("[") and value.endswith("]"):
        return [_value(text, name, each.strip()) for each in _parts(text, value[1:-1])]
    try:
        (read,) = tomllib.loads(f"value = {value}").values()
    except (ValueError, RecursionError):
        message = (
            f"--arm {text}: {name} = {value} is no value; write a number as 0.5 or 3, a text as "
            "SGD, a list as [forward, step]"
        )
        raise RecipeError(message) from None
    if isinstance(read, int) and not -(2**63) <= read < 2**63:
        raise RecipeError(f"--arm {text}: {name} is too large; write a number of at most 64 bits")
    return read
