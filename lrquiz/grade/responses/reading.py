"""Read a response file against a quiz and its papers: what one student responded to what.

Who responded is what the file's place says; nothing in the file can make it another. What does not
fit is told in one sentence and not scored: the sentence is for the student, so it names nobody
else, and what staff have to know stands apart from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lrquiz.grade.responses.parsing import UnreadableResponsesError, parsed
from lrquiz.model.course import folded
from lrquiz.model.decision import Decision
from lrquiz.model.item import ItemType
from lrquiz.model.paper import Given, Paper, PaperItem, Papers, Responses
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.record import ItemResponse

_LISTED = (
    ItemType.SINGLE_CHOICE,
    ItemType.MULTIPLE_CHOICE,
    ItemType.FIND_ERROR,
    ItemType.PREDICT,
    ItemType.ORDER,
)
"""types whose responses are lists: of options, or of lines in their order"""


@dataclass(frozen=True, slots=True)
class Exam:
    """What response files are read and scored by."""

    quiz: Quiz
    papers: Papers | None = None
    """None for a quiz that everybody gets as it is"""
    decisions: tuple[Decision, ...] = ()
    items: Mapping[tuple[str, str], QuizItem] = field(init=False)
    """the items of the quiz, by id and variant"""

    def __post_init__(self) -> None:
        index = {(each.id, each.variant): each for each in self.quiz.items}
        object.__setattr__(self, "items", index)

    def asked(self, paper: Paper | None) -> Quiz:
        """Return the quiz with the items of a paper alone: of an exam it holds everybody's."""
        of_paper = () if paper is None else paper.items
        return replace(
            self.quiz, items=tuple(self.items[each.item, each.variant] for each in of_paper)
        )

    def paper_of(self, student: str) -> Paper | None:
        """Return what a student is asked; None where no paper is this student's."""
        if self.papers is None:
            return paper_of_quiz(self.quiz)
        own = (each for each in self.papers.papers if folded(each.student) == folded(student))
        return next(own, None) or self.papers.of("")


@dataclass(frozen=True, slots=True)
class Read:
    """What a response file says, or why it says nothing that can be scored."""

    responses: tuple[ItemResponse, ...] = ()
    """to every item of the paper, in its order"""
    paper: str = ""
    fault: str = ""
    """one sentence for the student; empty where it can be scored"""
    staff_note: str = ""
    """what only staff may know of the fault"""


def paper_of_quiz(quiz: Quiz) -> Paper:
    """Return a quiz as the paper that everybody gets, items and options going by their ids."""
    items = (PaperItem(each.id, each.variant, _named(each)) for each in quiz.items)
    return Paper("", "", tuple(items))


def _named(item: QuizItem) -> tuple[str, ...]:
    """Return the ids that responses to an item can name: of options, or of lines."""
    return item.order.shown if item.order else tuple(option.id for option in item.options)


def read_responses(content: bytes, exam: Exam, student: str) -> Read:
    """Return what a student responded, by the content of the response file.

    A fault of any kind is told in the result; nothing that can be written into a file raises.
    """
    try:
        found = parsed(content)
        _require_label(found, exam)
    except UnreadableResponsesError as error:
        return Read(fault=f"this file of responses cannot be scored: {error}")
    own = exam.paper_of(student)
    if own is None or own.id != found.paper:
        return _foreign(found.paper, own, exam)
    try:
        return Read(tuple(_of_paper(found.responses, own, exam)), own.id)
    except UnreadableResponsesError as error:
        return Read(fault=f"this file of responses cannot be scored: {error}", paper=own.id)


def _require_label(found: Responses, exam: Exam) -> None:
    """Refuse responses to another quiz.

    Raises:
        UnreadableResponsesError: they are.
    """
    if found.quiz != (exam.quiz.id if exam.papers is None else exam.papers.label):
        raise UnreadableResponsesError("it is to another quiz")


def _foreign(paper: str, own: Paper | None, exam: Exam) -> Read:
    """Say that a paper is not the student's; whose it is, only staff are told."""
    known = [] if exam.papers is None else [e for e in exam.papers.papers if e.id == paper]
    whose = ", ".join(each.student or "everybody" for each in known)
    note = f"the paper {paper[:40]!a} is {whose}'s" if known else ""
    note = note or f"there is no paper {paper[:40]!a} in this exam"
    if own is None:
        note += "; and the student has none"
    fault = "these responses are to a paper that is not the student's own; a person will look at it"
    return Read(fault=fault, staff_note=note)


def _of_paper(given: Mapping[str, Given], paper: Paper, exam: Exam) -> Iterator[ItemResponse]:
    """Yield the response to every item of a paper.

    Raises:
        UnreadableResponsesError: one names what the paper has not.
    """
    numbered = exam.papers is not None
    names = [str(at) if numbered else each.item for at, each in enumerate(paper.items, start=1)]
    if strange := sorted(given.keys() - set(names)):
        raise UnreadableResponsesError(f"it names item {strange[0][:40]!a}, which is not on it")
    for name, asked in zip(names, paper.items, strict=True):
        item = exam.items[asked.item, asked.variant]
        yield _response(item, asked, given.get(name, ""), name, numbered=numbered)


def _response(
    item: QuizItem, asked: PaperItem, given: Given, name: str, *, numbered: bool
) -> ItemResponse:
    empty = ItemResponse(item.id, item.variant)
    if not given:
        return empty
    if isinstance(given, str) == (item.type in _LISTED):
        asks = _what_is_asked(item)
        raise UnreadableResponsesError(f"item {name} asks for {asks}")
    if isinstance(given, str):
        return replace(empty, text=given)
    known = {str(at) if numbered else id_: id_ for at, id_ in enumerate(asked.options, start=1)}
    what, one = ("option", "an option") if item.order is None else ("line", "a line")
    if strange := [each for each in given if each not in known]:
        message = f"item {name} has no {what} {strange[0][:40]!a}"
        raise UnreadableResponsesError(message)
    if len(set(given)) < len(given):
        raise UnreadableResponsesError(f"item {name} names {one} twice")
    if item.order is not None:
        return replace(empty, chosen=tuple(known[each] for each in given))
    chosen = {known[each] for each in given}
    return replace(empty, chosen=tuple(each.id for each in item.options if each.id in chosen))


def _what_is_asked(item: QuizItem) -> str:
    if item.order is not None:
        return "lines in a list"
    return "options in a list" if item.type in _LISTED else "a text"
