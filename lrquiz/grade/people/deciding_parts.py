"""What can be decided about a quiz or a task, and a decision made of the words of a command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lrquiz.errors import RegradeError
from lrquiz.grade.people.adjusting import voided
from lrquiz.grade.people.deciding import ruled_task
from lrquiz.grade.people.points import points_in
from lrquiz.model.decision import ANY_RESPONSE, Decision, DecisionKind
from lrquiz.model.item import ItemType
from lrquiz.model.quiz import Quiz, QuizItem, QuizOrder
from lrquiz.model.task import Task


@dataclass(frozen=True, slots=True)
class Decidable:
    """One piece of work with the parts that still count in it."""

    work: str
    parts: tuple[str, ...]
    voided: frozenset[str] = frozenset()
    items: Mapping[str, tuple[QuizItem, ...]] = field(default_factory=dict)
    """of a quiz, the variants of each item; empty for a task"""

    @classmethod
    def quiz(cls, quiz: Quiz, decisions: Sequence[Decision]) -> Decidable:
        """Return what can be decided about a quiz after these decisions."""
        items: dict[str, tuple[QuizItem, ...]] = {}
        for each in quiz.items:
            items[each.id] = (*items.get(each.id, ()), each)
        void = voided(decisions)
        return cls(quiz.id, tuple(each for each in items if each not in void), void, items)

    @classmethod
    def task(cls, task: Task, decisions: Sequence[Decision]) -> Decidable:
        """Return what can be decided about a task after these decisions."""
        ruled = ruled_task(task, decisions)
        parts = tuple(ruled.part(each) for each in ruled.rubric)
        return cls(task.id, parts, voided(decisions))

    def part(self, name: str) -> str:
        """Return a part by its name.

        Raises:
            RegradeError: there is none of that name, or it was voided.
        """
        if name in self.parts:
            return name
        why = "was voided already" if name in self.voided else f"is no part of {self.work}"
        raise RegradeError(f"{name!r} {why}; there are: {', '.join(self.parts) or 'none'}")

    def accepted(self, words: str) -> tuple[str, str]:
        """Return the item and the option of `ITEM=OPTION`.

        Raises:
            RegradeError: there is no such item or option, or it is a code task.
        """
        if not self.items:
            message = (
                f"{self.work} is a code task: its checks look at what code did, and no response "
                "can be accepted; to give everybody the points, use --void or adjust"
            )
            raise RegradeError(message)
        name, given = _pair(words, "ITEM=OPTION")
        items = self.items[self.part(name)]
        if given != ANY_RESPONSE:
            _require_option(name, items, given)
        return name, given

    def weighed(self, words: str) -> tuple[str, float]:
        """Return the part and the points of `PART=N`.

        Raises:
            RegradeError: there is no such part, or they are no points.
        """
        name, given = _pair(words, "PART=N")
        try:
            return self.part(name), points_in(given)
        except ValueError as error:
            raise RegradeError(f"--points {words}: {error}") from error


def what_was_decided(decision: Decision) -> str:
    """Return a decision as a phrase."""
    match decision.kind:
        case DecisionKind.VOID:
            return f"{decision.part} counts for nobody"
        case DecisionKind.ACCEPT:
            given = "any response" if decision.option == ANY_RESPONSE else repr(decision.option)
            return f"{decision.part} accepts {given}"
        case DecisionKind.POINTS:
            return f"{decision.part} is worth {decision.points:g}"
        case DecisionKind.RUBRIC:
            worth = sum(each.points for each in decision.rubric)
            return f"another rubric of {len(decision.rubric)} lines, worth {worth:g}"


def _pair(words: str, shape: str) -> tuple[str, str]:
    name, equals, given = words.partition("=")
    if not (name.strip() and equals and given.strip()):
        raise RegradeError(f"{words!r} is not of the shape {shape}")
    return name.strip(), given.strip()


def _require_option(name: str, items: Sequence[QuizItem], given: str) -> None:
    """Refuse an option that no variant of an item has; numbers and code may be any.

    Raises:
        RegradeError: there is no such option.
    """
    kind = items[0].type
    if items[0].order is not None:
        _require_order(name, items[0].order, given)
        return
    options = sorted({option.id for each in items for option in each.options})
    if given in options or kind == ItemType.FILL_IN:
        return
    if kind == ItemType.NUMERIC:
        try:
            float(given)
        except ValueError as error:
            message = f"{name} asks for a number, and {given!r} is none"
            raise RegradeError(message) from error
        return
    there_are = ", ".join([*options, ANY_RESPONSE])
    message = f"{name} has no option {given!r}; there are: {there_are} (any response)"
    raise RegradeError(message)


def _require_order(name: str, order: QuizOrder, given: str) -> None:
    """Refuse what is no order of an item's lines.

    Raises:
        RegradeError: it does not name each line once.
    """
    if order.group_of(given.split()) is None:
        ids = " ".join(each.id for each in order.lines)
        message = (
            f"{name} asks for an order of lines, and {given!r} is none; write the ids of its lines "
            f"with spaces between them, in some order: {ids}"
        )
        raise RegradeError(message)
