"""Grade a folder of submissions into a gradebook, and write its scores and pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrquiz.cli.common import progress_bar
from lrquiz.cli.grading.intake_text import take_in
from lrquiz.model.course import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from rich.console import Console

    from lrquiz.grade.code.box import Box
    from lrquiz.grade.gradebook import Attempt, Gradebook, Writer
    from lrquiz.grade.intake import Intake, Submission
    from lrquiz.grade.marks import Rules
    from lrquiz.model.course import Course, Roster
    from lrquiz.model.record import Record
    from lrquiz.model.task import Task

GRADEBOOK, SCORES = Path("staff", "gradebook.sqlite"), "scores.csv"
OLD_RECORDS = Path("staff", "records.jsonl")
"""what releases before the gradebook wrote"""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be graded, and where results go; what is None follows from the course."""

    task: Task
    submissions: Path
    out: Path
    secret: Path | None = None
    gradebook: Path | None = None
    jobs: int = 1
    course: Course | None = None
    roster: Roster = NOBODY
    handed_in: Path | None = None
    """a table of when it was handed in; without one nothing is late"""

    @property
    def secret_file(self) -> Path:
        """The file of the secret that draws hidden data."""
        default = self.out / "staff" / "secret" if self.course is None else self.course.secret
        return self.secret or default

    @property
    def gradebook_file(self) -> Path:
        """The file that keeps every result."""
        default = self.out / GRADEBOOK if self.course is None else self.course.gradebook
        return self.gradebook or default


def here(console: Console) -> tuple[Course | None, Roster]:
    """Return the course that the command runs in, and who is in it."""
    from lrquiz.grade.course.folder import course_roster, find_course

    course = find_course(Path.cwd())
    if course is None:
        return None, NOBODY
    roster, notices = course_roster(course)
    for notice in notices:
        console.print(notice)
    return course, roster


def grade_folder(
    work: Work,
    open_box: Callable[[str], AbstractContextManager[Box]],
    console: Console,
    intake: Intake | None = None,
) -> tuple[tuple[Record, ...], Path]:
    """Grade what is not graded yet, and write scores and pages; return records and index.

    What was handed in is collected first, unless `intake` holds it already.
    """
    from lrquiz.grade.gradebook import open_gradebook
    from lrquiz.grade.marks import Rules
    from lrquiz.resources.files import make_folder

    intake = intake or take_in(work.submissions, work.roster, console)
    found = intake.submissions
    make_folder(work.out / "staff", private=True)
    rules = Rules(work.task.id, work.course, work.roster)
    with open_gradebook(work.gradebook_file) as book:
        _import_old(work.out / OLD_RECORDS, book, console)
        drawn = _grade_missing(work, found, open_box, book, console)
        return _write_results(work, {each.student for each in found}, rules, book, drawn)


def _import_old(path: Path, book: Writer, console: Console) -> None:
    if path.exists() and (count := book.import_records(path)):
        console.print(
            f"read {count} results of an earlier release from {path}; the file is left as it is"
        )


def _grade_missing(
    work: Work,
    found: Sequence[Submission],
    open_box: Callable[[str], AbstractContextManager[Box]],
    book: Writer,
    console: Console,
) -> dict[str, int]:
    """Grade what has no result yet; return the result that each page written here shows."""
    from lrquiz.grade.code.box import HARNESS
    from lrquiz.resources.secret import fingerprint, load_secret

    secret = load_secret(work.secret_file)
    book.hand_in(work.task.id, found, _moments(work, found))
    graded = book.graded(work.task.id, work.task.version, fingerprint(secret))
    waiting = [each for each in found if (each.student, each.digest) not in graded]
    if len(waiting) < len(found):
        done = len(found) - len(waiting)
        console.print(f"{done} of {len(found)} submissions are graded already and unchanged")
    if not waiting:
        return {}
    with open_box(HARNESS) as box:
        return _grade(work, waiting, secret, box, book, console)


def _moments(work: Work, found: Sequence[Submission]) -> dict[str, datetime]:
    from datetime import UTC

    from lrquiz.grade.course.handed_in import read_handed_in
    from lrquiz.model.course import folded

    if work.handed_in is None:
        return {}
    known = read_handed_in(work.handed_in, UTC if work.course is None else work.course.zone)
    names = {each.student: folded(each.student) for each in found}
    return {student: known[name] for student, name in names.items() if name in known}


def _grade(  # noqa: PLR0913, PLR0917 - what is graded, by what, into what
    work: Work,
    waiting: list[Submission],
    secret: bytes,
    box: Box,
    book: Writer,
    console: Console,
) -> dict[str, int]:
    from lrquiz.grade.code.grading import Grader
    from lrquiz.report.write import write_feedback

    drawn: dict[str, int] = {}
    with progress_bar(console) as bar:
        row = bar.add_task("grading", total=len(waiting))
        for record in Grader(work.task, secret, box).grade_all(waiting, work.jobs):
            drawn[record.student] = book.add(record)
            write_feedback(record, work.out)
            bar.advance(row)
    return drawn


def _write_results(
    work: Work, students: set[str], rules: Rules, book: Writer, drawn: dict[str, int]
) -> tuple[tuple[Record, ...], Path]:
    from lrquiz.grade.batch import counted, write_batch
    from lrquiz.grade.marks import shared
    from lrquiz.grade.records import write_scores
    from lrquiz.report.write import write_class_pages

    counting = counted(book, rules, students)
    marks = shared([rules.mark(each) for each in counting], rules.roster)
    write_scores(work.out / SCORES, marks)
    records = _write_pages(work, counting, book, _shown(work) | drawn)
    index = write_class_pages(records, work.out)
    write_batch(work.out, work.task.id, book.path, counting)
    return records, index


def _shown(work: Work) -> dict[str, int]:
    """Return the results that pages of an earlier run show, where they are of this work."""
    from lrquiz.grade.batch import read_batch

    before = read_batch(work.out)
    if before is None or before.task != work.task.id:
        return {}
    same = (work.out / before.gradebook).resolve() == work.gradebook_file.resolve()
    return dict(before.pages) if same else {}


def _write_pages(
    work: Work, counting: Sequence[Attempt], book: Gradebook, shown: Mapping[str, int]
) -> tuple[Record, ...]:
    """Write the pages that show another result than the one that counts; return all records."""
    from lrquiz.report.write import write_feedback

    records = tuple(book.record(each) for each in counting)
    for attempt, record in zip(counting, records, strict=True):
        if shown.get(attempt.student) != attempt.result:
            write_feedback(record, work.out)
    return records


def show_scores(records: tuple[Record, ...], console: Console) -> None:
    """Print one line per submission."""
    width = max(len(record.student) for record in records)
    for record in records:
        score = "  ?" if record.score is None else f"{record.score:3g}"
        mistake = "; ".join(f"{each.code} {each.title}" for each in record.diagnoses)
        why = mistake or record.detail
        name = "".join(c if c.isprintable() else "?" for c in record.student)
        console.print(
            f"  {name:{width}}  {score} of {record.points:g}  {record.ending:14}  {why}".rstrip()
        )
