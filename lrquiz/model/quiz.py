"""A quiz: everything that grading and reports need, frozen when it is generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lrquiz.model.proof import Lines, OrderGroup
from lrquiz.model.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the runs showed of one statement."""

    says: str
    """the statement, in words"""
    verdict: Verdict
    held: int
    trials: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Curve:
    """What some trials of one arm recorded, epoch by epoch."""

    arm: str
    label: str
    """the arm's name and what sets it apart"""
    lines: Lines


@dataclass(frozen=True, slots=True)
class QuizOption:
    """One option as a student sees it, with what evidence says of its claim."""

    id: str
    text: str
    feedback: str
    evidence: Evidence
    curve: Curve | None = None
    """of a predict item: what the option is, one line; pages show it without its label"""


@dataclass(frozen=True, slots=True)
class QuizMistake:
    """A wrong number that a common mistake leads to."""

    value: float
    says: str
    feedback: str


@dataclass(frozen=True, slots=True)
class QuizValue:
    """The number that an item asks for, as it was measured."""

    says: str
    """what was measured, in words"""
    low: float
    median: float
    high: float
    """the 5 %, 50 % and 95 % quantiles of `trials` trials"""
    trials: int
    tolerance: float
    unit: str
    feedback: str
    mistakes: tuple[QuizMistake, ...]


@dataclass(frozen=True, slots=True)
class QuizBlank:
    """The code of a fill-in, so that any response can be run later."""

    code: str
    """with the blank"""
    epochs: int


@dataclass(frozen=True, slots=True)
class OptionTexts:
    """An option in another language."""

    text: str
    feedback: str
    measured: str
    """what was measured of its claim"""


@dataclass(frozen=True, slots=True)
class ItemTexts:
    """An item in another language; what is right is nothing that a text can change."""

    title: str
    stem: str
    options: Mapping[str, OptionTexts]
    """by option"""
    premises: tuple[str, ...]
    hint: str
    solution: tuple[str, ...]
    common_mistakes: tuple[str, ...]
    back: str
    checklist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuizLine:
    """A line to put in its place."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class QuizOrderMistake:
    """Lines that must not run in this order: every order in which they do is wrong."""

    lines: tuple[str, ...]
    feedback: str


@dataclass(frozen=True, slots=True)
class QuizOrder:
    """Lines to put in order, and what every order of them did."""

    says: str
    """what is asked of an order, in words"""
    before: str
    after: str
    """code around the lines"""
    indent: int
    """columns in front of each line"""
    lines: tuple[QuizLine, ...]
    """as the code has them, which is how groups count them; `shown` is how a page begins"""
    shown: tuple[str, ...]
    """ids of the lines in the order that a page begins with, which is never right"""
    groups: tuple[OrderGroup, ...]
    """every order, those that hold first"""
    feedback: str
    """on a right order"""
    mistakes: tuple[QuizOrderMistake, ...]

    def group_of(self, order: Sequence[str]) -> OrderGroup | None:
        """Return what an order of the lines' ids did; None where it is none of all of them."""
        places = {each.id: str(place) for place, each in enumerate(self.lines)}
        name = "".join(places.get(each, "?") for each in order)
        return next((each for each in self.groups if name in each.orders), None)

    def mistakes_in(self, order: Sequence[str]) -> tuple[QuizOrderMistake, ...]:
        """Return the mistakes that an order makes."""
        return tuple(each for each in self.mistakes if runs_in_order(each.lines, order))

    def ids(self, order: str) -> tuple[str, ...]:
        """Return the ids that an order of a group stands for."""
        return tuple(self.lines[int(place)].id for place in order)


def runs_in_order(lines: Sequence[str], order: Sequence[str]) -> bool:
    """Say whether `order` has these lines in this sequence, whatever stands between them."""
    rest = iter(order)
    return all(each in rest for each in lines)


@dataclass(frozen=True, slots=True)
class QuizItem:
    """One verified variant of an item, options in the order in which they are shown."""

    id: str
    variant: str
    type: str
    title: str
    objective: str
    difficulty: str
    points: float
    stem: str
    options: tuple[QuizOption, ...]
    key: tuple[str, ...]
    premises: tuple[Evidence, ...]
    quantity: str
    """what the curves show: `loss` or `lr`"""
    curves: tuple[Curve, ...]
    hint: str
    solution: tuple[str, ...]
    common_mistakes: tuple[str, ...]
    value: QuizValue | None = None
    """what a numeric item asks for"""
    back: str | None = None
    """of a flashcard"""
    checklist: tuple[str, ...] | None = None
    """of an open prompt"""
    blank: QuizBlank | None = None
    """of a fill-in; what is None here is left out of files, so that older ones stay as they are"""
    order: QuizOrder | None = None
    """of an order item"""
    others: tuple[QuizItem, ...] | None = None
    """other verified variants of the same item, to practise again with; never in an exam"""
    translations: Mapping[str, ItemTexts] | None = field(default=None, hash=False)
    """by language; a mapping has no hash, and pages are kept by their item"""

    def spoken(self, language: str) -> QuizItem:
        """Return the item in a language, or as it is where it is not translated into that."""
        texts = (self.translations or {}).get(language)
        if texts is None:
            return self
        return replace(
            self,
            title=texts.title,
            stem=texts.stem,
            options=tuple(_spoken(each, texts.options[each.id]) for each in self.options),
            premises=tuple(
                replace(each, says=says)
                for each, says in zip(self.premises, texts.premises, strict=True)
            ),
            hint=texts.hint,
            solution=texts.solution,
            common_mistakes=texts.common_mistakes,
            back=texts.back if self.back is not None else None,
            checklist=texts.checklist if self.checklist is not None else None,
            others=self.others and tuple(each.spoken(language) for each in self.others),
        )


def _spoken(option: QuizOption, texts: OptionTexts) -> QuizOption:
    evidence = replace(option.evidence, says=texts.measured)
    return replace(option, text=texts.text, feedback=texts.feedback, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Quiz:
    """A generated quiz. Reports read only this, so no later change of the bank can alter it."""

    id: str
    """digest of everything else in it"""
    title: str
    seed: int
    """that it was drawn with; an exam is drawn with the course's secret as well"""
    items: tuple[QuizItem, ...]
    versions: Mapping[str, str]
    schema: str = "lrquiz/quiz"
    version: int = 1

    def spoken(self, language: str) -> Quiz:
        """Return the quiz with its items in a language, where they are translated into it."""
        return replace(self, items=tuple(each.spoken(language) for each in self.items))
