"""Find what commands wrote, below a course folder."""

from __future__ import annotations

from pathlib import Path


def graded_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of results below a folder, in order of their paths."""
    from lrquiz.grade.batch import BATCH

    return tuple(each.parent.parent for each in sorted(folder.rglob(str(BATCH))))


def exam_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of exam papers below a folder, in order of their paths."""
    from lrquiz.quiz.papersfile import PAPERS_FILE

    return tuple(each.parent for each in sorted(folder.rglob(PAPERS_FILE)))
