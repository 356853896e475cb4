"""What each coded mistake is: an example, what to change, and which items teach it."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lrquiz.errors import UnknownMistakeError

_GROUPS = {
    "G": "gradients",
    "O": "optimizers",
    "S": "schedules",
    "H": "the rate itself",
    "L": "losses",
    "M": "modes",
    "A": "the graph of gradients",
    "D": "data",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One coded mistake."""

    code: str
    title: str
    what: str
    example: str
    """a few lines of code that make it"""
    change: str
    items: tuple[str, ...] = ()
    """ids of items of the shipped bank that teach it"""
    reason: str = ""
    """why no trace decides about it; empty where one does"""

    @property
    def decidable(self) -> bool:
        """Whether `lrquiz diagnose` can tell of it."""
        return not self.reason

    @property
    def group(self) -> str:
        """What it is a mistake with."""
        return _GROUPS[self.code[0]]


@functools.cache
def catalogue() -> Mapping[str, Entry]:
    """Return every coded mistake by its code, in the order of the table."""
    text = Path(__file__).with_name("catalogue.toml").read_text(encoding="utf-8")
    return {
        code: Entry(code, **values | {"items": tuple(values.get("items", ()))})
        for code, values in tomllib.loads(text).items()
    }


def entry_of(code: str) -> Entry:
    """Return a mistake by its code, however it is capitalised.

    Raises:
        UnknownMistakeError: there is no such code.
    """
    found = catalogue().get(code.upper())
    if found is None:
        raise UnknownMistakeError(
            f"{code!r} is the code of no mistake; `lrquiz explain` lists them all"
        )
    return found
