"""A small exam: a quiz of three items, and what a class responded to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from lrquiz.grade.gradebook import Writer, open_gradebook
from lrquiz.grade.intake import Submission
from lrquiz.grade.records import versions
from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.decision import Adjustment, Level, Release
from lrquiz.model.quiz import Evidence, Quiz, QuizItem, QuizOption
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.verdict import Verdict
from lrquiz.quiz.quizfile import digest_of

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
_SHOWN = Evidence("says so", Verdict.SUPPORTED, 64, 64, 0.9, 1.0)
Given = Mapping[str, str | None]
"""by item: the id of an option, a text, or nothing"""


def _item(name: str, kind: str, points: float, options: Sequence[str] = ()) -> QuizItem:
    return QuizItem(
        id=name,
        variant=f"{name}-v",
        type=kind,
        title=f"Item {name}",
        objective="lr.any",
        difficulty="easy",
        points=points,
        stem=f"Stem of {name}",
        options=tuple(QuizOption(each, f"option {each}", "", _SHOWN) for each in options),
        key=tuple(options[:1]),
        premises=(),
        quantity="loss",
        curves=(),
        hint="",
        solution=(),
        common_mistakes=(),
    )


def _quiz() -> Quiz:
    items = (
        _item("rate", "single_choice", 2.0, ["falls", "bounces"]),
        _item("decay", "single_choice", 2.0, ["half", "tenth"]),
        _item("why", "open_prompt", 4.0),
    )
    quiz = Quiz("", "An exam", 0, items, {})
    return replace(quiz, id=digest_of(quiz))


QUIZ = _quiz()


def responded(student: str, given: Given, attempt: str = "1") -> Record:
    """Return the scored record of one response file."""
    responses = tuple(
        ItemResponse(item.id, item.variant, *_given(item, given.get(item.id)))
        for item in QUIZ.items
    )
    record = Record(
        student=student,
        submission=f"{student}-{attempt}",
        source="{}",
        task=QUIZ.id,
        task_version=QUIZ.id,
        ending=Ending.OK,
        detail="",
        score=None,
        points=8.0,
        versions=versions(),
        responses=responses,
    )
    return rescored(record, QUIZ)


def _given(item: QuizItem, value: str | None) -> tuple[tuple[str, ...], str]:
    if value is None:
        return (), ""
    return ((value,), "") if item.options else ((), value)


def flagged(student: str, detail: str = "the paper is another student's") -> Record:
    """Return the record of a response file that could not be scored."""
    return replace(
        responded(student, {}),
        ending=Ending.REFUSED,
        detail=detail,
        score=None,
        checks=(),
        responses=(),
    )


def add(book: Writer, *records: Record, place: str = "") -> None:
    """Hand in and grade."""
    for each in records:
        handed_in = Submission(each.student, "", each.submission, place=place)
        book.hand_in(each.task, [handed_in], {})
        book.add(each)


@contextmanager
def book_of(folder: Path, *records: Record) -> Iterator[Writer]:
    """Open a gradebook that holds these results."""
    with open_gradebook(folder / "gradebook.sqlite") as book:
        add(book, *records)
        yield book


def mark(
    student: str, part: str, points: float | None, attempt: str = "1", comment: str = ""
) -> Adjustment:
    """Return a person's mark."""
    digest = f"{student}-{attempt}" if attempt else ""
    return Adjustment(
        *(student, QUIZ.id, part, points, comment, "read it", "ta"), at=NOW, submission=digest
    )


def release(student: str, score: float) -> Release:
    """Return a score as it was told to a student, of eight points."""
    return Release(student, QUIZ.id, Level.SCORE, score, 8.0, NOW)
