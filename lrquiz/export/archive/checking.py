"""Compute every score of a quiz again from an archive alone, and compare.

Responses are read again from the files that students handed in, scored by the archived quiz, papers
and decisions, and joined with people's marks, the late rule and groups. Of a fill-in that had to
run, what the box found then is taken as it was recorded. Of a code task the checks are added up:
running it again takes the task and the course's secret, which no archive holds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.export.archive.contents import (
    COURSE,
    GRADEBOOK,
    MARKS,
    MARKS_JSON,
    PAPERS,
    QUIZ,
    ROSTER,
    Manifest,
    Work,
)
from lrquiz.export.archive.reading import read_archive
from lrquiz.grade.batch import standing_of
from lrquiz.grade.course.folder import course_roster, read_course
from lrquiz.grade.gradebook import Gradebook, read_gradebook
from lrquiz.grade.marks import Rules
from lrquiz.grade.people.adjusting import score_of
from lrquiz.grade.responses.reading import Exam, read_responses
from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.course import NOBODY, Course, Roster
from lrquiz.model.mark import Mark
from lrquiz.model.record import ItemResponse, Record
from lrquiz.quiz import read_papers, read_quiz

_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of computing one task or quiz again."""

    work: Work
    scores: int
    """results that were computed again"""
    faults: tuple[str, ...]
    """what is not as the archive says; empty where everything agrees"""


def check_archive(path: Path) -> tuple[Checked, ...]:
    """Compute the scores of an archive again.

    Raises:
        ArchiveError: it is no archive, or a file in it was changed.
        LrquizError: a file in it cannot be read as what it should be.
    """
    manifest, files = read_archive(path)
    with tempfile.TemporaryDirectory(prefix="lrquiz-archive-") as name:
        folder = Path(name)
        _lay_out(manifest, files, folder)
        course, roster = _course(folder)
        with read_gradebook(folder / GRADEBOOK) as book:
            return tuple(
                _checked(each, folder / str(number), book, Rules(each.id, course, roster))
                for number, each in enumerate(manifest.works)
            )


def _lay_out(manifest: Manifest, files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files that are read from disk, under names of our own."""
    wanted = {GRADEBOOK: GRADEBOOK, COURSE: "course.toml", ROSTER: "roster.csv"}
    for number, work in enumerate(manifest.works):
        (folder / str(number)).mkdir()
        wanted |= {f"{work.folder}/{name}": f"{number}/{name}" for name in (QUIZ, PAPERS, MARKS)}
    for name, place in wanted.items():
        if name in files:
            (folder / place).write_bytes(files[name])


def _course(folder: Path) -> tuple[Course | None, Roster]:
    if not (folder / "course.toml").exists():
        return None, NOBODY
    course = read_course(folder)
    return course, course_roster(course)[0]


def _checked(work: Work, place: Path, book: Gradebook, rules: Rules) -> Checked:
    faults: list[str] = []
    count = 0
    exam = _exam(work, place, book) if work.is_quiz else None
    for attempt in book.attempts(work.id):
        record = book.record(attempt)
        again = _added_up(record) if exam is None else _again(record, exam)
        count += 1
        if not _same(again.score, attempt.score):
            faults.append(_told(attempt.student, attempt.score, again.score))
    faults += _mark_faults(work, place, book, rules)
    return Checked(work, count, tuple(faults))


def _exam(work: Work, place: Path, book: Gradebook) -> Exam:
    papers = read_papers(place / PAPERS) if (place / PAPERS).exists() else None
    return Exam(read_quiz(place / QUIZ), papers, book.decisions(work.id))


def _again(record: Record, exam: Exam) -> Record:
    """Return the record of a response file as it is read and scored now."""
    read = read_responses(record.source.encode(), exam, record.student)
    if read.fault:
        return replace(record, responses=(), checks=(), score=None)
    ran = {each.item: each.ran for each in record.responses}
    responses: tuple[ItemResponse, ...] = tuple(
        replace(each, ran=ran.get(each.item)) for each in read.responses
    )
    quiz = exam.asked(exam.paper_of(record.student))
    return rescored(replace(record, responses=responses), quiz, exam.decisions)


def _added_up(record: Record) -> Record:
    return replace(record, score=score_of(record, {}))


def _mark_faults(work: Work, place: Path, book: Gradebook, rules: Rules) -> Iterator[str]:
    """Yield the marks that do not follow from what the gradebook holds."""
    archived = MARKS_JSON.validate_json((place / MARKS).read_bytes())
    now = {each.student: each for each in standing_of(book, rules, set(work.students)).marks}
    for each in archived:
        mark = now.get(each.student)
        if mark is None:
            yield f"{each.student}: the gradebook holds nothing that gives a mark"
        elif not _same(mark.score, each.score) or not _same(mark.points, each.points):
            yield _told_mark(each, mark)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE


def _told(student: str, kept: float | None, now: float | None) -> str:
    return f"{student}: the gradebook says {_number(kept)}, the responses give {_number(now)}"


def _told_mark(kept: Mark, now: Mark) -> str:
    one, other = _number(kept.score), _number(now.score)
    return (
        f"{kept.student}: the mark was {one} of {kept.points:g}, and is {other} of {now.points:g}"
    )


def _number(score: float | None) -> str:
    return "no score" if score is None else f"{score:g}"
