"""What an archive holds, and where in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from lrquiz.model.mark import Mark

MANIFEST, GRADEBOOK = "manifest.json", "gradebook.sqlite"
COURSE, ROSTER = "course/course.toml", "course/roster.csv"
QUIZ, PAPERS, MARKS, DECIDED = "quiz.json", "papers.json", "marks.json", "decided.json"


@dataclass(frozen=True, slots=True)
class Work:
    """One task or quiz in an archive."""

    id: str
    folder: str
    """where its files lie in the archive"""
    is_quiz: bool
    students: tuple[str, ...]
    """whose marks are in it"""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself: the first file to be read."""

    versions: Mapping[str, str]
    """of what wrote it"""
    works: tuple[Work, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of every other file, by its name"""
    schema: str = "lrquiz/archive"
    version: int = 1


MANIFEST_JSON = TypeAdapter(Manifest)
MARKS_JSON = TypeAdapter(tuple[Mark, ...])
