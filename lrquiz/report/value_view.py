"""What the practice page shows of a number that an item asks for, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.quiz import QuizValue
from lrquiz.render import markdown


@dataclass(frozen=True, slots=True)
class MistakeView:
    """A wrong number that a common mistake leads to."""

    number: str
    """as the page's script compares it"""
    shown: str
    says: Markup
    feedback: Markup


@dataclass(frozen=True, slots=True)
class ValueView:
    """The measured number, and what responses are compared with."""

    number: str
    tolerance: str
    """both as the page's script compares them"""
    unit: str
    shown: str
    """the value with its tolerance, for people"""
    figures: str
    """what was measured, how often, and how far it spread"""
    feedback: Markup
    mistakes: tuple[MistakeView, ...]


def value_view(value: QuizValue) -> ValueView:
    """Return what the page shows of a measured number."""
    unit = f" {value.unit}" if value.unit else ""
    return ValueView(
        number=repr(value.median),
        tolerance=repr(value.tolerance),
        unit=value.unit,
        shown=f"{value.median:.6g}{unit}, give or take {value.tolerance:g}",
        figures=f"{value.says.removesuffix('.')}: {_spread(value)}",
        feedback=markdown.inline(value.feedback),
        mistakes=tuple(
            MistakeView(
                repr(each.value),
                f"{each.value:.6g}",
                markdown.inline(each.says),
                markdown.inline(each.feedback),
            )
            for each in value.mistakes
        ),
    )


def _spread(value: QuizValue) -> str:
    if value.trials == 1:
        return f"{value.median:.6g}, read off PyTorch itself"
    return (
        f"{value.median:.6g} is the median of {value.trials} training runs, "
        f"and 90 % of them lie from {value.low:.6g} to {value.high:.6g}"
    )
