"""Folders of results as `lrquiz grade` leaves them, without grading anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.grade.batch import Batch, write_batch
from lrquiz.grade.gradebook import open_gradebook
from lrquiz.model.record import Record
from tests.grade.gradebook.examples import TASK, graded, handed_in


@dataclass(frozen=True)
class Done:
    """One student's work: what it scored and the name under which it came."""

    student: str
    score: float | None
    place: str = ""


def graded_folder(folder: Path, class_: Iterable[Done]) -> Path:
    """Make a folder of results of these students, each with a page that names its student."""
    (folder / "staff").mkdir(parents=True)
    pages: dict[str, int] = {}
    with open_gradebook(folder / "staff" / "gradebook.sqlite") as book:
        for each in class_:
            submission = replace(handed_in(each.student, each.student), place=each.place)
            book.hand_in(TASK.id, [submission], {})
            pages[each.student] = book.add(graded(submission, each.score))
            page = folder / "students" / each.student / "feedback.html"
            page.parent.mkdir(parents=True)
            page.write_text(f"<p>{each.student}</p>", encoding="utf-8")
    write_batch(folder, Batch(TASK.id, "staff/gradebook.sqlite", pages))
    return folder


def record(student: str, score: float | None = 7.0) -> Record:
    return graded(handed_in(student), score)
