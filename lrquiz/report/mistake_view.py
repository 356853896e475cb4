"""A mistake that a recorded run showed, with what teaches it, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lrquiz.diagnosis.catalogue import catalogue
from lrquiz.model.task import Diagnosis


@dataclass(frozen=True, slots=True)
class MistakeView:
    """One mistake."""

    code: str
    title: str
    line: int | None
    evidence: str
    why: str
    change: str
    items: tuple[str, ...]
    """ids of items of the shipped bank that teach it"""
    command: str
    """what makes a practice page of them"""


def mistake_view(found: Diagnosis) -> MistakeView:
    """Return what a page shows of a mistake."""
    items = items_on(found.code)
    return MistakeView(
        code=found.code,
        title=found.title,
        line=found.line,
        evidence=found.evidence,
        why=found.why,
        change=found.change,
        items=items,
        command=practice_command(items),
    )


def items_on(code: str) -> tuple[str, ...]:
    """Return the items of the shipped bank that teach a mistake."""
    known = catalogue().get(code)
    return known.items if known else ()


def practice_command(items: Sequence[str]) -> str:
    """Return the command that makes a practice page of some items; empty where there are none."""
    asked = " ".join(f"--item {each}" for each in items)
    return f"lrquiz generate {asked} --out practice" if items else ""
