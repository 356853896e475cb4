"""Grade what a class handed in into a gradebook, and write scores and pages."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from lrquiz.cli.grading.intake_text import take_in
from lrquiz.cli.grading.pages import Pages
from lrquiz.cli.grading.progress import metered
from lrquiz.cli.grading.results import write_results
from lrquiz.cli.grading.work import OLD_RECORDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from rich.console import Console

    from lrquiz.cli.grading.intake_text import TakenIn
    from lrquiz.cli.grading.results import Results
    from lrquiz.cli.grading.work import Work
    from lrquiz.grade.gradebook import Writer
    from lrquiz.grade.subjects import Entry, OpenBox, Subject
    from lrquiz.model.record import Record


def grade_folder(work: Work, open_box: OpenBox, console: Console) -> Results:
    """Grade what is not graded yet, and write scores and pages.

    Raises:
        SubmissionsError: there is nothing that can be graded.
    """
    from lrquiz.grade.gradebook import open_gradebook
    from lrquiz.resources.files import make_folder

    found = take_in(work, console)
    make_folder(work.out / "staff", private=True)
    with open_gradebook(work.gradebook_file) as book:
        _import_old(work.out / OLD_RECORDS, book, console)
        subject = work.subject.ruled(book.decisions(work.subject.id))
        book.note_unmatched(subject.id, found.taken.unmatched)
        book.hand_in(subject.id, found.taken.entries, _moments(work, found, console))
        pages = Pages(work, subject, book)
        _grade_missing(work, subject, found.taken.entries, open_box, book, pages, console)
        students = {each.student for each in found.taken.entries}
        return write_results(pages, students, found)


def _import_old(path: Path, book: Writer, console: Console) -> None:
    if path.exists() and (count := book.import_records(path)):
        console.print(
            f"read {count} results of an earlier release from {path}; the file is left as it is"
        )


def _grade_missing(  # noqa: PLR0913, PLR0917 - what is graded, by what, into what
    work: Work,
    subject: Subject,
    found: Sequence[Entry],
    open_box: OpenBox,
    book: Writer,
    pages: Pages,
    console: Console,
) -> None:
    """Grade what has no result yet."""
    from lrquiz.resources.secret import fingerprint, load_secret

    secret = load_secret(work.secret_file)
    waiting = _waiting(found, subject, book, fingerprint(secret))
    if done := len(found) - len(waiting):
        console.print(f"{done} of {len(found)} submissions are graded already and unchanged")
    if not waiting:
        return
    records = subject.grade(waiting, secret, open_box, work.jobs)

    def kept() -> int:
        return len(found) - len(_waiting(found, subject, book, fingerprint(secret)))

    with metered(console, kept, len(found)) as meter, closing(records):
        for record in records:
            if not _is_known(record, book):
                book.add(record)
            meter.add(record)
            pages.draw_first(record)


def _waiting(found: Sequence[Entry], subject: Subject, book: Writer, secret: str) -> list[Entry]:
    graded = book.graded(subject.id, subject.version, secret)
    return [each for each in found if (each.student, each.digest) not in graded]


def _is_known(record: Record, book: Writer) -> bool:
    """Say whether what could not be scored is as it was: then it is no further result."""
    if record.score is not None:
        return False
    held = [e for e in book.attempts(record.task, record.student) if e.score is None]
    return any(e.submission == record.submission and book.record(e) == record for e in held)


def _moments(work: Work, found: TakenIn, console: Console) -> dict[str, datetime]:
    """Return when each student handed in, as the table or else the platform's export says."""
    from datetime import UTC

    from lrquiz.grade.course.handed_in import read_handed_in
    from lrquiz.model.course import folded

    entries, known = found.taken.entries, {}
    moments = {each.student: each.handed_in for each in entries if each.handed_in is not None}
    if work.handed_in is not None:
        known = read_handed_in(work.handed_in, UTC if work.course is None else work.course.zone)
    names = {each.student: folded(each.student) for each in entries}
    moments |= {student: known[name] for student, name in names.items() if name in known}
    untold = [each for each in found.intake.late if each not in moments]
    if untold and work.course is not None and work.course.late is not None:
        console.print(
            f"marked late, by an export that does not tell when: {len(untold)}; the late rule "
            "holds where --handed-in names a time"
        )
    return moments
