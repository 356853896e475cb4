"""Write an archive: one zip, the same bytes from the same course."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from lrquiz.export.archive.contents import (
    COURSE,
    DECIDED,
    GRADEBOOK,
    MANIFEST,
    MANIFEST_JSON,
    MARKS,
    MARKS_JSON,
    PAPERS,
    QUIZ,
    ROSTER,
    Manifest,
    Work,
)
from lrquiz.export.zipped import zipped
from lrquiz.grade.gradebook import Gradebook, Writer
from lrquiz.grade.records import versions
from lrquiz.model.course import Course
from lrquiz.model.decision import Adjustment, Decision, Release
from lrquiz.model.mark import Mark
from lrquiz.quiz.papersfile import PAPERS_FILE
from lrquiz.resources.files import PRIVATE, explained, write_bytes


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided about one task or quiz, for those who read without SQLite."""

    adjustments: tuple[Adjustment, ...]
    decisions: tuple[Decision, ...]
    releases: tuple[Release, ...]


_DECIDED = TypeAdapter(Decided)


@dataclass(frozen=True, slots=True)
class Kept:
    """One task or quiz that goes into an archive."""

    id: str
    marks: tuple[Mark, ...]
    quiz: Path | None = None
    """its quiz.json; None for a task"""

    @property
    def papers(self) -> Path | None:
        """The file of its papers, where it is an exam."""
        beside = None if self.quiz is None else self.quiz.with_name(PAPERS_FILE)
        return beside if beside is not None and beside.exists() else None


def write_archive(path: Path, book: Writer, course: Course | None, kept: Iterable[Kept]) -> int:
    """Write an archive, for its owner's eyes only; return how many files it holds.

    Args:
        path: of the zip.
        book: the gradebook; nothing is written to it, but nobody else may write meanwhile.
        course: whose rules and roster made the marks; None where there is none.
        kept: the tasks and quizzes.

    Raises:
        GradebookError: the gradebook cannot be read.
        OutputError: something cannot be read, or the archive cannot be written.
    """
    chosen = tuple(kept)
    works = tuple(_work(index, each) for index, each in enumerate(chosen, start=1))
    files = dict(_course_files(course))
    files[GRADEBOOK] = _copied(book)
    for work, each in zip(works, chosen, strict=True):
        files |= _work_files(work, each, book)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    manifest = Manifest(versions(), works, dict(sorted(digests.items())))
    files[MANIFEST] = MANIFEST_JSON.dump_json(manifest, indent=1)
    write_bytes(path, zipped(files), PRIVATE)
    return len(files)


def _work(index: int, kept: Kept) -> Work:
    students = tuple(each.student for each in kept.marks)
    return Work(kept.id, f"works/{index}", kept.quiz is not None, students)


def _course_files(course: Course | None) -> Iterator[tuple[str, bytes]]:
    if course is None:
        return
    for name, path in ((COURSE, course.folder / "course.toml"), (ROSTER, course.roster)):
        if path.exists():
            yield name, _read(path)


def _copied(book: Writer) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / GRADEBOOK
        book.copy_to(copy)
        return copy.read_bytes()


def _work_files(work: Work, kept: Kept, book: Gradebook) -> Mapping[str, bytes]:
    decided = Decided(
        book.adjustments(kept.id),
        book.decisions(kept.id),
        tuple(book.releases(kept.id).values()),
    )
    files = {MARKS: MARKS_JSON.dump_json(kept.marks), DECIDED: _DECIDED.dump_json(decided)}
    if kept.quiz is not None:
        files[QUIZ] = _read(kept.quiz)
    if kept.papers is not None:
        files[PAPERS] = _read(kept.papers)
    files |= dict(_handed_in(work, kept, book))
    return {f"{work.folder}/{name}": content for name, content in files.items()}


def _handed_in(work: Work, kept: Kept, book: Gradebook) -> Iterator[tuple[str, bytes]]:
    """Yield what was handed in, as files that anybody can open."""
    suffix = ".json" if work.is_quiz else ".py"
    for number, attempt in enumerate(book.attempts(kept.id), start=1):
        record, folder = book.record(attempt), f"handed_in/{number}"
        yield f"{folder}/student.txt", f"{attempt.student}\n".encode()
        yield f"{folder}/handed_in{suffix}", record.source.encode()
        for name, source in record.modules.items():
            yield f"{folder}/modules/{name}", source.encode()


def _read(path: Path) -> bytes:
    with explained(path, "it belongs into the archive; put it back, or make it readable"):
        return path.read_bytes()
