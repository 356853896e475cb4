"""Item analysis: how hard each part was, whether it tells the better from the others, what misled.

Statistics speak of a class, evidence of training; where they disagree about a key, people decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import fmean

from lrquiz.analysis.choices import Asked, Choice, choices
from lrquiz.analysis.statistics import consistency, deviation, efficiency, item_rest, skewness
from lrquiz.analysis.works import Work
from lrquiz.grade.responses.ruling import AS_WRITTEN, Ruling, rulings
from lrquiz.model.decision import Decision
from lrquiz.model.quiz import Quiz, QuizItem

EASY, HARD = 0.95, 0.1
ENOUGH = 20
"""students from whom on it says something that nobody chose an option"""
FEW = 10
"""students below whom a coefficient is mostly chance, so that nothing is flagged"""
_NOISE = 1e-9


class Flag(StrEnum):
    """Why a person should look at an item."""

    NEGATIVE = "negative item-rest correlation"
    PREFERRED = "the top third prefers a distractor to the key"
    HARD = "facility below 0.1"
    EASY = "facility above 0.95"
    UNCHOSEN = "a distractor that nobody chose"


AGAINST_KEY = frozenset({Flag.NEGATIVE, Flag.PREFERRED})
"""flags that contradict a key"""


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """What a class made of one item or check."""

    part: str
    says: str
    """the title of an item, or what a check demands"""
    students: int
    facility: float
    """mean share of its points, from 0 to 1"""
    item_rest: float | None
    efficiency: float | None
    choices: tuple[Choice, ...]
    """none of a check, nor where a response is written"""
    flags: tuple[Flag, ...]

    @property
    def contradicts_key(self) -> bool:
        """Whether the statistics contradict the key."""
        return not AGAINST_KEY.isdisjoint(self.flags)


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a class made of one task or quiz."""

    students: int
    mean: float | None
    """of the shares of points, from 0 to 1, as deviation and skew are"""
    deviation: float | None
    skewness: float | None
    consistency: float | None
    """Cronbach's alpha; None where students had different items"""
    items: tuple[ItemStatistics, ...]


def analyse(
    works: Sequence[Work], quiz: Quiz | None = None, decisions: Iterable[Decision] = ()
) -> Analysis:
    """Return the item analysis of a class.

    Args:
        works: of the students, at most one of each.
        quiz: that they responded to; None for a task.
        decisions: about it; an option that was accepted is no distractor.
    """
    shares = [each.share for each in works]
    asked = {} if quiz is None else _asked(quiz, decisions)
    parts = dict.fromkeys(part for work in works for part in work.parts)
    ranked = dict.fromkeys(each.id for each in quiz.items) if quiz is not None else parts
    return Analysis(
        students=len(works),
        mean=fmean(shares) if shares else None,
        deviation=deviation(shares),
        skewness=skewness(shares),
        consistency=_consistency(works, list(parts)),
        items=tuple(_item(each, works, asked) for each in ranked if each in parts),
    )


def _asked(quiz: Quiz, decisions: Iterable[Decision]) -> Asked:
    ruled = rulings(decisions)
    items = (_ruled(each, ruled.get(each.id, AS_WRITTEN)) for each in quiz.items)
    return {(each.id, each.variant): each for each in items}


def _ruled(item: QuizItem, ruling: Ruling) -> QuizItem:
    accepted = [o.id for o in item.options if ruling.accepts_any or o.id in ruling.accepted]
    if item.order is not None:
        accepted = sorted(ruling.accepted)
    return replace(item, key=tuple(dict.fromkeys([*item.key, *accepted])))


def _consistency(works: Sequence[Work], parts: Sequence[str]) -> float | None:
    if not works or any(each.parts.keys() != set(parts) for each in works):
        return None
    return consistency([[work.parts[part].points for work in works] for part in parts])


def _item(part: str, works: Sequence[Work], asked: Asked) -> ItemStatistics:
    held = [each for each in works if part in each.parts]
    marks = [each.parts[part].points for each in held]
    rests = [each.points - each.parts[part].points for each in held]
    facility = fmean(each.parts[part].points / each.parts[part].worth for each in held)
    found, chosen = item_rest(marks, rests), choices(part, held, asked)
    return ItemStatistics(
        part=part,
        says=held[0].parts[part].says,
        students=len(held),
        facility=facility,
        item_rest=found,
        efficiency=efficiency(marks, rests),
        choices=chosen,
        flags=tuple(_flags(facility, found, chosen, len(held))),
    )


def _flags(
    facility: float, found: float | None, chosen: Sequence[Choice], students: int
) -> Iterator[Flag]:
    if students < FEW:
        return
    if found is not None and found < -_NOISE:
        yield Flag.NEGATIVE
    if _is_preferred(chosen):
        yield Flag.PREFERRED
    if facility < HARD:
        yield Flag.HARD
    if facility > EASY:
        yield Flag.EASY
    if students >= ENOUGH and any(each.is_distractor and not each.chosen for each in chosen):
        yield Flag.UNCHOSEN


def _is_preferred(chosen: Sequence[Choice]) -> bool:
    """Say whether more of the top third chose some distractor than some option of the key.

    Options that are right in some variants only are neither: their counts mix both.
    """
    keys = [each.top for each in chosen if each.is_key]
    return any(each.top > min(keys) for each in chosen if each.is_distractor) if keys else False
