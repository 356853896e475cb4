"""Texts that attack a page, put wherever a student's or an author's text can appear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from tests.report.every_page import Changed

T = TypeVar("T")
MARKUP = (
    "</title></style></script></pre></textarea><script>alert(1)</script>"
    "<img src=x onerror=alert(2)><svg onload=alert(3)>{{ 7 * 7 }}{% raw %}"
    " [link](javascript:alert(4)) ![p](x) <!-- \"' onclick=alert(5) "
    f"{'x' * 120} "
)
UNSEEN = "\u202eesrever\u2066 \u200b\ufeff\x00\x07\x1b[31m\x85\ud800"
HOSTILE = f"{MARKUP}{UNSEEN}"
LONG = "x" * 1_000_000
WRITTEN = frozenset({"source", "stdout", "stderr", "detail", "comment", "reason", "by"})
"""what students, their programs and graders write; filled in where it is empty, too"""
NAMES = (
    "title stem text feedback hint solution common_mistakes checklist back says advice evidence "
    "notes staff_notes student summary insight unit why change settings label premises where "
    "objective error explanation diff function stages page here"
)
TEXTS = WRITTEN | frozenset(NAMES.split())


class Hostile(Changed):
    """Appends a text to every other, whatever the data are."""

    def __init__(self, text: str, names: frozenset[str] = TEXTS) -> None:
        self.text, self.names = text, names

    def of(self, value: T) -> T:
        return cast("T", self._of(value, ""))

    def _of(self, value: Any, name: str) -> Any:  # noqa: ANN401 - whatever a page is made of
        if isinstance(value, str):
            is_text = name in self.names and not isinstance(value, Enum)
            # Whoever is called by an id with characters of no print is refused at intake.
            text = self.text.replace(UNSEEN, "") if name == "student" else self.text
            return value + text if is_text and (value or name in WRITTEN) else value
        if isinstance(value, Mapping):
            return {key: self._of(each, name) for key, each in value.items()}
        if isinstance(value, tuple | list):
            return type(value)(self._of(each, name) for each in value)
        if not is_dataclass(value):
            return value
        found = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
        return replace(
            cast("Any", value), **{key: self._of(each, key) for key, each in found.items()}
        )
