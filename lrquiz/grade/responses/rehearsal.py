"""Rehearse an exam before it is held: who responds with the key must get every point.

It goes the way that students' files go: response files are written as pages write them, read and
scored by the code that grades.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lrquiz.grade.responses.reading import Exam, read_responses
from lrquiz.grade.responses.scoring import score_responses
from lrquiz.model.item import ItemType
from lrquiz.model.paper import Given, Paper, PaperItem, Papers
from lrquiz.model.quiz import Quiz, QuizItem
from lrquiz.model.task import CheckResult, Outcome

_ANYTHING = "a response of one's own"


def rehearsal_faults(quiz: Quiz, papers: Papers) -> Iterator[str]:
    """Yield what is wrong with papers, a sentence each; nothing when all is as it should be.

    On every paper, responses that hold the key must give each item's full points (an open prompt
    waits for a person), and a file without responses must give none.
    """
    items = {(each.id, each.variant): each for each in quiz.items}
    for paper in papers.papers:
        asked = [items[each.item, each.variant] for each in paper.items]
        # One paper at a time, so that reading it costs what reading it costs.
        exam = Exam(replace(quiz, items=tuple(asked)), replace(papers, papers=(paper,)))
        yield from _told(paper, exam, {})
        yield from _told(paper, exam, key_responses(paper, asked))


def key_responses(paper: Paper, asked: list[QuizItem]) -> dict[str, Given]:
    """Return what hands in a paper's key, by number.

    Args:
        paper: whose key it is.
        asked: its items as they are frozen, in its order.
    """
    pairs = zip(paper.items, asked, strict=True)
    return {str(number): _right(*pair) for number, pair in enumerate(pairs, start=1)}


def response_file(label: str, paper: str, responses: Mapping[str, Given]) -> bytes:
    """Return a response file as an exam page saves it."""
    values = {"schema": "lrquiz/responses", "version": 1, "quiz": label, "paper": paper}
    return json.dumps({**values, "responses": responses}).encode()


def _right(asked: PaperItem, item: QuizItem) -> Given:
    match ItemType(item.type):
        case ItemType.NUMERIC:
            return "" if item.value is None else repr(item.value.median)
        case ItemType.FILL_IN:
            return next(each.text for each in item.options if each.id in item.key)
        case ItemType.ORDER:
            numbers = {each: str(at) for at, each in enumerate(asked.options, start=1)}
            return tuple(numbers[each] for each in _right_order(item))
        case ItemType.OPEN_PROMPT | ItemType.FLASHCARD:
            return _ANYTHING
        case _:
            numbered = enumerate(asked.options, start=1)
            return tuple(str(number) for number, each in numbered if each in item.key)


def _right_order(item: QuizItem) -> tuple[str, ...]:
    assert item.order is not None, "an order item has lines"
    groups = item.order.groups
    return next(item.order.ids(each.orders[0]) for each in groups if each.holds)


def _told(paper: Paper, exam: Exam, responses: Mapping[str, Given]) -> Iterator[str]:
    assert exam.papers is not None, "papers are what is rehearsed"
    content = response_file(exam.papers.label, paper.id, responses)
    read = read_responses(content, exam, paper.student)
    name = f"the paper of {paper.student}" if paper.student else "the paper for everybody"
    if read.fault:
        yield f"{name}: {read.fault}"
        return
    for check in score_responses(exam.quiz, read.responses):
        if not _is_as_it_should_be(check, has_key=bool(responses)):
            which = "the key" if responses else "no response"
            yield f"{name}, item {check.check}: {which} gives {check.points:g} of {check.worth:g}"


def _is_as_it_should_be(check: CheckResult, *, has_key: bool) -> bool:
    if not has_key:
        return check.points == 0 and check.worth > 0
    return check.outcome is Outcome.OPEN or check.points == check.worth > 0
