"""What the practice page shows of a number that an item asks for, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.model.quiz import QuizValue
from lrquiz.render import markdown
from lrquiz.resources.texts import Said, said


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
        shown=said(
            "%(value)s, give or take %(tolerance)s",
            value=f"{value.median:.6g}{unit}",
            tolerance=f"{value.tolerance:g}",
        ),
        figures=said(
            "%(says)s: %(spread)s", says=value.says.removesuffix("."), spread=_spread(value)
        ),
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


def _spread(value: QuizValue) -> Said:
    median = f"{value.median:.6g}"
    if value.trials == 1:
        return said("%(median)s, read off PyTorch itself", median=median)
    return said(
        "%(median)s is the median of %(trials)s training runs, "
        "and 90 %% of them lie from %(low)s to %(high)s",
        median=median,
        trials=value.trials,
        low=f"{value.low:.6g}",
        high=f"{value.high:.6g}",
    )
