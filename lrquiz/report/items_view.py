"""The item analysis of a class, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from lrquiz.analysis.choices import Choice
from lrquiz.analysis.items import Analysis, ItemStatistics
from lrquiz.render import markdown
from lrquiz.report.numbers import MINUS
from lrquiz.report.quiz_view import figures

FEW = 20
"""students below whom the page says to read statistics with care"""


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One option of an item."""

    option: str
    text: Markup
    kind: str
    """`key`, `distractor`, or that it depends on the variant"""
    chosen: str
    top: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item or check."""

    part: str
    says: str
    students: int
    facility: str
    item_rest: str
    efficiency: str
    flags: tuple[str, ...]
    choices: tuple[ChoiceRow, ...]
    advice: tuple[str, ...]
    """what to do where the statistics contradict the key; nothing where they do not"""


@dataclass(frozen=True, slots=True)
class AnalysisView:
    """What a class made of a task or quiz."""

    students: int
    figures: str
    is_small: bool
    items: tuple[ItemRow, ...]


def analysis_view(analysis: Analysis) -> AnalysisView:
    """Return what a page shows of an item analysis."""
    return AnalysisView(
        students=analysis.students,
        figures=", ".join(_figures(analysis)),
        is_small=analysis.students < FEW,
        items=tuple(map(_item, analysis.items)),
    )


def _figures(analysis: Analysis) -> Iterator[str]:
    if analysis.mean is not None:
        yield f"mean {percent(analysis.mean)}"
    if analysis.deviation is not None:
        yield f"standard deviation {percent(analysis.deviation)}"
    if analysis.skewness is not None:
        yield f"skew {_signed(analysis.skewness)}"
    if analysis.consistency is not None:
        yield f"internal consistency (Cronbach's alpha) {percent(analysis.consistency)}"


def _item(item: ItemStatistics) -> ItemRow:
    return ItemRow(
        part=item.part,
        says=item.says,
        students=item.students,
        facility=percent(item.facility),
        item_rest="none" if item.item_rest is None else _signed(item.item_rest),
        efficiency="none" if item.efficiency is None else percent(item.efficiency),
        flags=tuple(map(str, item.flags)),
        choices=tuple(map(_choice, item.choices)),
        advice=tuple(_advice(item)) if item.contradicts_key else (),
    )


def _choice(choice: Choice) -> ChoiceRow:
    return ChoiceRow(
        option=choice.option,
        text=markdown.inline(choice.text),
        kind=_kind(choice),
        chosen=f"{choice.chosen} of {choice.shown}",
        top=str(choice.top),
        evidence=tuple(f"{each.says} ({figures(each)})" for each in choice.evidence),
    )


def _kind(choice: Choice) -> str:
    if choice.is_key:
        return "key"
    return "distractor" if choice.is_distractor else "key of some variants"


def _advice(item: ItemStatistics) -> Iterator[str]:
    if not item.choices:
        yield (
            "The statistics contradict it: who does well on the rest does worse here. Read what it "
            f"asks again; to take it out: lrquiz regrade --void {item.part}"
        )
        return
    yield "The statistics contradict the key; its evidence is this:"
    for choice in (each for each in item.choices if each.as_key):
        yield from (f"{choice.option}: {each.says} ({figures(each)})" for each in choice.evidence)
    others = [each for each in item.choices if not each.is_key]
    liked = max(others, key=lambda each: each.top, default=None)
    accept = "" if liked is None else f" --accept {item.part}={liked.option}, or"
    yield (
        "The runs bear the key out, so look at how the stem reads. If it can fairly be read "
        f"otherwise: lrquiz regrade{accept} --void {item.part}"
    )


def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return f"{100 * share:.0f} %".replace("-", MINUS)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", MINUS)
