"""Find what commands wrote, below a course folder."""

from __future__ import annotations

from pathlib import Path

GRADED, PAPERS = Path("staff", "batch.json"), "papers.json"


def graded_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of results below a folder, in order of their paths."""
    return tuple(each.parent.parent for each in sorted(folder.rglob(GRADED.name)) if _is(each))


def _is(path: Path) -> bool:
    return path.parent.name == GRADED.parent.name


def exam_folders(folder: Path) -> tuple[Path, ...]:
    """Return the folders of exam papers below a folder, in order of their paths."""
    return tuple(each.parent for each in sorted(folder.rglob(PAPERS)))
