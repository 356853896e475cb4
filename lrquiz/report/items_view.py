"""The item analysis of a class, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from lrquiz.analysis.choices import Choice
from lrquiz.analysis.items import Analysis, Flag, ItemStatistics
from lrquiz.model.quiz import Evidence
from lrquiz.render import markdown
from lrquiz.report.numbers import MINUS
from lrquiz.report.quiz_view import figures
from lrquiz.resources.texts import joined, said

FEW = 20
"""students below whom the page says to read statistics with care"""
_FLAGS: Mapping[Flag, str] = MappingProxyType(
    {
        Flag.NEGATIVE: said("negative item-rest correlation"),
        Flag.PREFERRED: said("the top third prefers a distractor to the key"),
        Flag.HARD: said("facility below 0.1"),
        Flag.EASY: said("facility above 0.95"),
        Flag.UNCHOSEN: said("a distractor that nobody chose"),
    }
)


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
class Sorts:
    """The numbers that columns are sorted by; empty where there is none."""

    facility: str
    item_rest: str
    efficiency: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item or check."""

    part: str
    says: str
    students: int
    facility: str
    item_rest: str
    efficiency: str
    sorts: Sorts
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
        figures=joined(tuple(_figures(analysis)), ", "),
        is_small=analysis.students < FEW,
        items=tuple(map(_item, analysis.items)),
    )


def _figures(analysis: Analysis) -> Iterator[str]:
    if analysis.mean is not None:
        yield said("mean %(share)s", share=percent(analysis.mean))
    if analysis.deviation is not None:
        yield said("standard deviation %(share)s", share=percent(analysis.deviation))
    if analysis.skewness is not None:
        yield said("skew %(skew)s", skew=_signed(analysis.skewness))
    if analysis.consistency is not None:
        share = percent(analysis.consistency)
        yield said("internal consistency (Cronbach's alpha) %(share)s", share=share)


def _item(item: ItemStatistics) -> ItemRow:
    return ItemRow(
        part=item.part,
        says=item.says,
        students=item.students,
        facility=percent(item.facility),
        item_rest=said("none") if item.item_rest is None else _signed(item.item_rest),
        efficiency=said("none") if item.efficiency is None else percent(item.efficiency),
        sorts=Sorts(*map(_sorts, (item.facility, item.item_rest, item.efficiency))),
        flags=tuple(_FLAGS[each] for each in item.flags),
        choices=tuple(map(_choice, item.choices)),
        advice=tuple(_advice(item)) if item.contradicts_key else (),
    )


def _choice(choice: Choice) -> ChoiceRow:
    return ChoiceRow(
        option=choice.option,
        text=markdown.inline(choice.text),
        kind=_kind(choice),
        chosen=said("%(chosen)s of %(shown)s", chosen=choice.chosen, shown=choice.shown),
        top=str(choice.top),
        evidence=tuple(_says(each) for each in choice.evidence),
    )


def _kind(choice: Choice) -> str:
    if choice.is_key:
        return said("key")
    return said("distractor") if choice.is_distractor else said("key of some variants")


def _says(evidence: Evidence) -> str:
    return said("%(says)s (%(figures)s)", says=evidence.says, figures=figures(evidence))


def _sorts(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"


def _advice(item: ItemStatistics) -> Iterator[str]:
    if not item.choices:
        yield said(
            "The statistics contradict it: who does well on the rest does worse here. Read what it "
            "asks again; to take it out: %(command)s",
            command=f"lrquiz regrade --void {item.part}",
        )
        return
    yield said("The statistics contradict the key; its evidence is this:")
    for choice in (each for each in item.choices if each.as_key):
        for each in choice.evidence:
            yield said("%(option)s: %(says)s", option=choice.option, says=_says(each))
    others = [each for each in item.choices if not each.is_key]
    liked = max(others, key=lambda each: each.top, default=None)
    accept = "" if liked is None else f" --accept {item.part}={liked.option}, or"
    yield said(
        "The runs bear the key out, so look at how the stem reads. If it can fairly be read "
        "otherwise: %(command)s",
        command=f"lrquiz regrade{accept} --void {item.part}",
    )


def percent(share: float) -> str:
    """Return a share in whole per cent."""
    return f"{100 * share:.0f} %".replace("-", MINUS)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", MINUS)
