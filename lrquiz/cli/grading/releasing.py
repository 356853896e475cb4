"""Write scores and pages of a graded folder again, and note what students are told."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrquiz.cli.grading.graded import Graded, Wanted, find_graded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lrquiz.analysis.items import Analysis
    from lrquiz.cli.grading.tolds import Telling
    from lrquiz.grade.batch import Standing
    from lrquiz.grade.gradebook import Gradebook, Writer
    from lrquiz.model.decision import Level
    from lrquiz.report.told import Told


@dataclass(frozen=True, slots=True)
class Reported:
    """What was written."""

    index: Path
    work: str
    analysis: Analysis

    def as_json(self) -> dict[str, Any]:
        """Return the item analysis, for a JSON document."""
        found = asdict(self.analysis)
        for item, values in zip(self.analysis.items, found["items"], strict=True):
            values["contradicts_key"] = item.contradicts_key
        return {"work": self.work, "index": str(self.index), **found}


def report_folder(wanted: Wanted, console: Console) -> Reported:
    """Write what was asked for; a release is noted when all its pages are there.

    Raises:
        RecordsError: there is nothing to report, or what was graded is not found.
        GradebookError: the gradebook cannot be used.
        OutputError: something cannot be written.
    """
    from lrquiz.cli.course.desk import opened
    from lrquiz.cli.grading.work import OLD_RECORDS

    graded, old = find_graded(wanted.folder, wanted.gradebook), wanted.folder / OLD_RECORDS
    if not graded.gradebook.exists() and old.exists() and wanted.release is None:
        return _report_old(wanted, old)
    with opened(graded.gradebook, dry_run=wanted.release is None) as (book, writer):
        return _report(wanted, graded, book, writer, console)


def _report(
    wanted: Wanted, graded: Graded, book: Gradebook, writer: Writer | None, console: Console
) -> Reported:
    from lrquiz.analysis.items import analyse
    from lrquiz.analysis.works import first_works
    from lrquiz.cli.grading.tolds import telling_of, tolds_of
    from lrquiz.cli.grading.work import SCORES
    from lrquiz.grade.batch import standing_of
    from lrquiz.grade.marks import Rules
    from lrquiz.grade.records import write_scores

    work = graded.work(book)
    telling = telling_of(graded, book, wanted)
    rules = Rules(work, graded.course, graded.roster)
    standing = standing_of(book, rules, graded.students)
    tolds = tolds_of(book, standing, telling)
    quiz = None if telling.subject is None else telling.subject.quiz
    analysis = analyse(first_works(book, work), quiz, book.decisions(work))
    _require(tolds, telling, graded, work)
    _note(wanted, graded, telling)
    write_scores(wanted.out / SCORES, standing.marks)
    missing = sorted(map(telling.names.of, standing.missing))
    index = _write_pages(wanted, tolds, missing, analysis)
    if writer is not None:
        _release(writer, work, standing, telling.level, console)
    return Reported(index, work, analysis)


def _report_old(wanted: Wanted, path: Path) -> Reported:
    """Write the pages of what a release before the gradebook graded."""
    from lrquiz.analysis.items import analyse
    from lrquiz.analysis.works import scored_work
    from lrquiz.errors import RecordsError
    from lrquiz.grade.records import read_records
    from lrquiz.report.told import Told

    tolds = [Told(each) for each in read_records(path)]
    if not tolds:
        raise RecordsError(f"{wanted.folder}: nothing has been graded yet")
    works = (scored_work(each.record, {}) for each in tolds)
    analysis = analyse([each for each in works if each is not None])
    return Reported(_write_pages(wanted, tolds, [], analysis), tolds[0].record.task, analysis)


def _require(tolds: Sequence[Told], telling: Telling, graded: Graded, work: str) -> None:
    from lrquiz.errors import RecordsError
    from lrquiz.model.decision import Level

    if not tolds:
        raise RecordsError(f"{graded.folder}: nothing has been graded yet")
    if telling.level is Level.SOLUTIONS and telling.subject is None:
        message = (
            f"{graded.folder}: the solution of {work} is not found; name what was graded: "
            "--of TASK or --of QUIZ.json"
        )
        raise RecordsError(message)


def _note(wanted: Wanted, graded: Graded, telling: Telling) -> None:
    """Note the level before any page is written: what is killed then is written on, not back."""
    from lrquiz.grade.batch import write_batch

    batch, is_anonymous = graded.batch, telling.names.are_hidden
    if batch is None or wanted.out != wanted.folder:
        return
    if (batch.level, batch.anonymous) != (telling.level, is_anonymous):
        noted = replace(batch, level=telling.level, anonymous=is_anonymous, shown={})
        write_batch(wanted.folder, noted)


def _write_pages(
    wanted: Wanted, tolds: Sequence[Told], missing: Sequence[str], analysis: Analysis
) -> Path:
    """Write all pages; where names are hidden, students' only when they are released."""
    from lrquiz.report.write import (
        remove_other_pages,
        write_class_pages,
        write_staff_page,
        write_student_page,
    )

    is_released = wanted.release is not None
    remove_other_pages(tolds, wanted.out, of_students=is_released)
    for told in tolds:
        write_staff_page(told, wanted.out)
        if is_released or not told.name:
            write_student_page(replace(told, name=""), wanted.out)
    return write_class_pages(tolds, wanted.out, missing=missing, analysis=analysis)


def _release(writer: Writer, work: str, standing: Standing, level: Level, console: Console) -> None:
    from datetime import UTC, datetime

    from lrquiz.model.decision import Release

    now = datetime.now(UTC)
    told = [each for each in standing.marks if not each.is_missing]
    writer.release(
        Release(each.student, work, level, each.score, each.points, now) for each in told
    )
    waiting = sum(each.score is None for each in told)
    left = f"; {waiting} of them that a person will look at it" if waiting else ""
    console.print(f"released to {len(told)} students, level {level}{left}")
