"""Which tasks and quizzes go into an archive, and which gradebook they were graded into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lrquiz.errors import ArchiveError
from lrquiz.export.archive.writing import Kept
from lrquiz.grade.batch import Batch, read_batch, standing_of
from lrquiz.grade.course.folder import course_roster
from lrquiz.grade.gradebook import Gradebook
from lrquiz.grade.marks import Rules
from lrquiz.model.course import NOBODY, Course, Roster


@dataclass(frozen=True, slots=True)
class Chosen:
    """One task or quiz that was graded, perhaps into several folders."""

    work: str
    students: frozenset[str]
    quiz: Path | None
    course: Course | None
    roster: Roster

    def at(self, book: Gradebook) -> Kept:
        """Return it with its marks as they stand in the gradebook.

        Raises:
            GradebookError: the gradebook cannot be read.
        """
        rules = Rules(self.work, self.course, self.roster)
        marks = standing_of(book, rules, set(self.students)).marks
        return Kept(self.work, marks, self.quiz)


def kept_in(folders: Sequence[Path], course: Course | None) -> tuple[Path, tuple[Chosen, ...]]:
    """Return the one gradebook of folders of results, and what was graded into them.

    Raises:
        ArchiveError: a folder holds no results, or they have several gradebooks.
        RecordsError: a folder's note of what it holds cannot be read.
    """
    batches = [(each, _batch(each)) for each in folders]
    books = {(folder / batch.gradebook).resolve() for folder, batch in batches}
    if len(books) > 1:
        names = ", ".join(sorted(map(str, books)))
        raise ArchiveError(f"these folders have several gradebooks: {names}; archive each apart")
    roster = NOBODY if course is None else course_roster(course)[0]
    found: dict[str, Chosen] = {}
    for folder, batch in batches:
        one = _chosen(folder, batch, course, roster)
        held = found.get(one.work)
        joined = one if held is None else replace(held, students=held.students | one.students)
        found[one.work] = joined
    return books.pop(), tuple(found[each] for each in sorted(found))


def _batch(folder: Path) -> Batch:
    batch = read_batch(folder)
    if batch is None:
        raise ArchiveError(f"{folder}: holds no results of lrquiz grade; name a folder that does")
    return batch


def _chosen(folder: Path, batch: Batch, course: Course | None, roster: Roster) -> Chosen:
    quiz = (folder / batch.quiz).resolve() if batch.quiz else None
    return Chosen(batch.task, frozenset(batch.pages), quiz, course, roster)
