"""Which options a class chose, and which its better third did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lrquiz.analysis.works import Work
from lrquiz.model.item import ItemType
from lrquiz.model.quiz import Evidence, QuizItem, QuizOrder
from lrquiz.model.verdict import Verdict
from lrquiz.quiz.order_words import what_it_did
from lrquiz.resources.texts import said

Asked = Mapping[tuple[str, str], QuizItem]
"""items of a quiz by id and variant"""
_MOST_ORDERS = 8
"""orders of an item's lines that are told; a class may find hundreds"""
_CHOICES = (
    ItemType.SINGLE_CHOICE,
    ItemType.MULTIPLE_CHOICE,
    ItemType.FIND_ERROR,
    ItemType.PREDICT,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option over all variants in which it was shown."""

    option: str
    text: str
    """of the first variant"""
    shown: int
    """to how many students"""
    chosen: int
    top: int
    """by how many of the better third"""
    as_key: int
    """to how many students it was shown as part of the key; in other variants it may not be"""
    evidence: tuple[Evidence, ...]
    """of every variant, where they differ"""

    @property
    def is_distractor(self) -> bool:
        """Whether it was part of nobody's key."""
        return not self.as_key

    @property
    def is_key(self) -> bool:
        """Whether it was part of the key of all."""
        return self.as_key == self.shown


def top_third(works: Sequence[Work]) -> list[Work]:
    """Return the best third of works by share, and all that are as good as the last of them."""
    ranked = sorted((each.share for each in works), reverse=True)
    if not ranked:
        return []
    last = ranked[max(1, len(ranked) // 3) - 1]
    return [each for each in works if each.share >= last]


def choices(item: str, works: Sequence[Work], asked: Asked) -> tuple[Choice, ...]:
    """Return what was chosen of an item's options; nothing where there are none to choose from.

    Args:
        item: its id.
        works: of those who were asked it.
        asked: the items of the quiz.
    """
    top = top_third(works)
    if orders := order_choices(item, works, top, asked):
        return orders
    variants = [found for each in works if (found := _variant(item, each, asked)) is not None]
    ids = dict.fromkeys(option.id for variant in variants for option in variant.options)
    return tuple(_choice(each, item, variants, (works, top)) for each in ids)


def order_choices(
    item: str, works: Sequence[Work], top: Sequence[Work], asked: Asked
) -> tuple[Choice, ...]:
    """Return the orders that a class put an item's lines into, the frequent ones first.

    Args:
        item: its id.
        works: of those who were asked it.
        top: the better third of them.
        asked: the items of the quiz.
    """
    given = Counter(each.responses[item].chosen for each in works if item in each.responses)
    found = next((each.order for (name, _), each in asked.items() if name == item), None)
    if found is None:
        return ()
    better = Counter(each.responses[item].chosen for each in top if item in each.responses)
    accepted = {key for (name, _), each in asked.items() if name == item for key in each.key}
    ways = [(each, count) for each, count in given.most_common() if each][:_MOST_ORDERS]
    return tuple(
        _way(found, way, (count, better[way], given.total()), accepted) for way, count in ways
    )


def _way(
    order: QuizOrder, way: tuple[str, ...], counts: tuple[int, int, int], accepted: Collection[str]
) -> Choice:
    group, (chosen, top, shown) = order.group_of(way), counts
    holds = " ".join(way) in accepted or (group is not None and group.holds)
    says = what_it_did(order, group) if group else said("it does not name every line once")
    verdict = Verdict.SUPPORTED if holds else Verdict.REFUTED
    evidence = Evidence(says, verdict, int(holds), 1, float(holds), float(holds))
    name = " ".join(way)
    return Choice(name, name, shown, chosen, top, shown if holds else 0, (evidence,))


def _variant(item: str, work: Work, asked: Asked) -> QuizItem | None:
    response = work.responses.get(item)
    found = None if response is None else asked.get((item, response.variant))
    return found if found is not None and found.type in _CHOICES else None


def _choice(
    option: str,
    item: str,
    variants: Sequence[QuizItem],
    groups: tuple[Iterable[Work], Iterable[Work]],
) -> Choice:
    shown = [(v, each) for v in variants for each in v.options if each.id == option]
    chosen, top = (
        sum(item in work.responses and option in work.responses[item].chosen for work in group)
        for group in groups
    )
    return Choice(
        option=option,
        text=shown[0][1].text,
        shown=len(shown),
        chosen=chosen,
        top=top,
        as_key=sum(option in variant.key for variant, _ in shown),
        evidence=tuple(dict.fromkeys(each.evidence for _, each in shown)),
    )
