"""Write what a grading found: the scores, the pages of the class, the note of it all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrquiz.cli.grading.tolds import tolds_of
from lrquiz.cli.grading.work import SCORES

if TYPE_CHECKING:
    from pathlib import Path

    from lrquiz.analysis.items import Analysis
    from lrquiz.cli.grading.intake_text import TakenIn
    from lrquiz.cli.grading.naming import Names
    from lrquiz.cli.grading.pages import Pages
    from lrquiz.grade.batch import Batch, Standing
    from lrquiz.model.mark import Mark
    from lrquiz.model.record import Record
    from lrquiz.report.told import Told


@dataclass(frozen=True, slots=True)
class Results:
    """What a grading found, for whoever tells it."""

    tolds: tuple[Told, ...]
    """of everybody whose work counts, in order of what they are called"""
    standing: Standing
    index: Path
    intake: TakenIn
    names: Names
    analysis: Analysis

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that count, by what their students are called."""
        return tuple(self.names.record(each.record) for each in self.tolds)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Everybody's marks, by what they are called."""
        found = map(self.names.mark, self.standing.marks)
        return tuple(sorted(found, key=lambda mark: mark.student))


def write_results(pages: Pages, students: set[str], found: TakenIn) -> Results:
    """Write scores and pages of these students, and note what the folder holds.

    Who shares another's mark and handed in nothing gets a page of the work that is shared.

    Raises:
        OutputError: something cannot be written.
    """
    from lrquiz.grade.batch import standing_of, write_batch
    from lrquiz.grade.records import write_scores
    from lrquiz.report.write import write_class_pages

    work, book = pages.work, pages.book
    standing = standing_of(book, pages.rules, students)
    write_scores(work.out / SCORES, standing.marks)
    tolds = tolds_of(book, standing, pages.telling)
    for told in tolds:
        pages.draw(told)
    missing = sorted(map(pages.names.of, standing.missing))
    analysis = _analysis(pages)
    index = write_class_pages(tolds, work.out, missing=missing, analysis=analysis)
    write_batch(work.out, _note(pages, standing))
    return Results(tolds, standing, index, found, pages.names, analysis)


def _analysis(pages: Pages) -> Analysis:
    from lrquiz.analysis.items import analyse
    from lrquiz.analysis.works import first_works

    book, subject = pages.book, pages.subject
    return analyse(first_works(book, subject.id), subject.quiz, book.decisions(subject.id))


def _note(pages: Pages, standing: Standing) -> Batch:
    from lrquiz.grade.batch import Batch, place_from

    work, file = pages.work, pages.subject.file
    counting = {each.student: each.result for each in standing.counting}
    known = {each.student for each in standing.marks if not each.is_missing}
    return Batch(
        task=pages.subject.id,
        gradebook=place_from(work.out, pages.book.path),
        pages=counting,
        quiz="" if file is None else place_from(work.out, file),
        level=pages.level,
        anonymous=work.anonymous,
        shown={student: each for student, each in pages.shown.items() if student in known},
    )
