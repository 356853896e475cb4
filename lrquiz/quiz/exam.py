"""Draw the papers of an exam: who gets which proved variants, in which order.

All of it follows from the secret, the blueprint, the roster and which variants hold, and never from
keys or evidence: two banks that differ only in what is right give the same papers. The one
exception are lines to put in order, which no paper shows in a right order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import lrquiz
from lrquiz.bank.ordering import loop_ordered
from lrquiz.errors import BlueprintError
from lrquiz.model.blueprint import Blueprint
from lrquiz.model.course import Student
from lrquiz.model.item import Item, ItemType
from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.model.quiz import Quiz
from lrquiz.quiz.assignment import Counts, Shortage, counted, dealt
from lrquiz.quiz.draw import shuffled
from lrquiz.quiz.exam_faults import refuse_uneven_points, shortage_told
from lrquiz.quiz.exam_items import Candidates, Chosen, worth_of
from lrquiz.quiz.freeze import freeze
from lrquiz.quiz.generate import Prove
from lrquiz.quiz.ordering import shown_order
from lrquiz.quiz.quizfile import digest_of
from lrquiz.resources.secret import fingerprint, hidden_seed

_SHOWN_OPTIONS = (
    ItemType.SINGLE_CHOICE,
    ItemType.MULTIPLE_CHOICE,
    ItemType.FIND_ERROR,
    ItemType.PREDICT,
)
"""a fill-in has options too: the responses that were run, which no paper shows"""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who sits an exam, and how its papers are drawn."""

    blueprint: Blueprint
    students: tuple[Student, ...]
    secret: bytes
    seed: int = 0
    language: str = "en"
    """of the pages of students who have none of their own"""
    share_variants: bool = False
    """let several papers have the same variant"""
    one_paper: bool = False
    """the same paper for everybody"""

    def draw(self, *purpose: str) -> int:
        """Return the seed of something random about this exam."""
        return hidden_seed(self.secret, "exam", self.blueprint.title, str(self.seed), *purpose)

    def opaque(self, *purpose: str) -> str:
        """Return a name that says nothing to who does not know the secret."""
        return f"{self.draw(*purpose):016x}"


@dataclass(frozen=True, slots=True)
class DrawnExam:
    """An exam as it is drawn."""

    quiz: Quiz
    papers: Papers


def draw_exam(items: Sequence[Item], sitting: Sitting, prove: Prove) -> DrawnExam:
    """Draw an exam. Only variants that are drawn are proved, each once; what fails is replaced.

    Raises:
        BlueprintError: items or variants are too few; the message says of what, and how many.
        LrquizError: whatever `prove` raises.
    """
    return _Drawing(items, sitting, prove).exam()


@dataclass
class _Drawing:
    """An exam while it is drawn."""

    items: Sequence[Item]
    sitting: Sitting
    prove: Prove
    candidates: Candidates = field(init=False)

    def __post_init__(self) -> None:
        self.candidates = Candidates(self.items, self.sitting.blueprint, self.prove)
        refuse_uneven_points(self.candidates)

    def exam(self) -> DrawnExam:
        """Draw until all that is drawn holds."""
        hands = self._hands()
        while not self.candidates.all_hold({each for hand in hands.values() for each in hand}):
            hands = self._hands()
        quiz = self._quiz({each for hand in hands.values() for each in hand})
        drawn = {student: self._paper(student, hand) for student, hand in hands.items()}
        papers = Papers(
            quiz=quiz.id,
            label=self.sitting.opaque("label"),
            secret=fingerprint(self.sitting.secret),
            papers=tuple(self._in_order(drawn)),
        )
        return DrawnExam(quiz, papers)

    def _sitters(self) -> list[str]:
        """Return whose papers are drawn, in an order that the roster's does not change."""
        if self.sitting.one_paper:
            return [""]
        names = [each.id for each in self.sitting.students]
        return sorted(names, key=lambda name: self.sitting.draw("turn", name))

    def _hands(self) -> dict[str, list[Chosen]]:
        """Return what everybody gets, in the order of the blueprint."""
        sitters, names = self._sitters(), self.candidates.names
        counts = self._counts(len(sitters))
        orders = [shuffled(names, self.sitting.draw("items", name)) for name in sitters]
        given = dict.fromkeys(names, 0)
        hands: dict[str, list[Chosen]] = {}
        for name, hand in zip(sitters, dealt(counts, orders), strict=True):
            hands[name] = [Chosen(item, self._turn(item, given[item])) for item in hand]
            for item in hand:
                given[item] += 1
        return hands

    def _counts(self, papers: int) -> Counts:
        pools = self.candidates
        found: Counts | Shortage = counted(
            [shuffled(place, self.sitting.draw("places")) for place in pools.places],
            {item: len(pools.variants(item)) for item in pools.names},
            papers,
            share=self.sitting.share_variants,
        )
        if isinstance(found, Shortage):
            told = shortage_told(pools, found, papers, share=self.sitting.share_variants)
            raise BlueprintError(told)
        return found

    def _turn(self, item: str, before: int) -> str:
        """Return the variant for the next paper with this item, after so many others."""
        names = shuffled(self.candidates.variants(item), self.sitting.draw("variants", item))
        return names[before % len(names)]

    def _quiz(self, chosen: set[Chosen]) -> Quiz:
        verified = [self.candidates.proved(each) for each in sorted(chosen)]
        proofs = [each.proof for each in verified if each.proof is not None]
        torch = ", ".join(sorted({each.torch_version for each in proofs}))
        items = (
            replace(freeze(each, self.sitting.seed), points=worth_of(self.candidates, each))
            for each in verified
        )
        versions = {"lrquiz": lrquiz.__version__, "torch": torch}
        title, seed = self.sitting.blueprint.title, self.sitting.seed
        quiz = Quiz(id="", title=title, seed=seed, items=tuple(items), versions=versions)
        return replace(quiz, id=digest_of(quiz))

    def _paper(self, student: str, hand: Sequence[Chosen]) -> Paper:
        items = shuffled(hand, self.sitting.draw("order", student))
        return Paper(
            id=self.sitting.opaque("paper", student),
            student=student,
            items=tuple(self._asked(student, each) for each in items),
            minutes=self.sitting.blueprint.minutes,
            language=self.sitting.language,
        )

    def _asked(self, student: str, chosen: Chosen) -> PaperItem:
        variant = self.candidates.variant(chosen)
        seed = self.sitting.draw("options", student)
        if variant.order is not None:
            lines = self._lines(chosen, seed)
            return PaperItem(chosen.item, chosen.variant, lines)
        shown = variant.options if variant.item.type in _SHOWN_OPTIONS else ()
        options = shuffled([option.id for option in shown], seed, chosen.item)
        return PaperItem(chosen.item, chosen.variant, tuple(options))

    def _lines(self, chosen: Chosen, seed: int) -> tuple[str, ...]:
        """Return the lines of an order item in the order in which a paper shows them."""
        verified = self.candidates.proved(chosen)
        assert verified.proof is not None, "what is drawn was proved"
        ids = loop_ordered(verified.variant.experiment).ids
        return shown_order(ids, verified.proof.orders, seed, chosen.item)

    def _in_order(self, drawn: dict[str, Paper]) -> list[Paper]:
        """Return papers in the order of the roster, each with its student's time and language.

        One paper for all is followed by those of students who have more time for it.
        """
        shared = drawn.get("")
        own = [each for each in self.sitting.students if shared is None or _has_more_time(each)]
        timed = shared is None or shared.minutes is not None
        papers = [self._of(each, shared or drawn[each.id]) for each in own] if timed else []
        return papers if shared is None else [shared, *papers]

    def _of(self, student: Student, paper: Paper) -> Paper:
        minutes = None if paper.minutes is None else paper.minutes * student.extra_time
        language = student.language or paper.language
        return replace(paper, student=student.id, minutes=minutes, language=language)


def _has_more_time(student: Student) -> bool:
    return student.extra_time > 1
