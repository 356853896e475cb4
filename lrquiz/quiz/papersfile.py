"""Files of papers: what the numbers on exam pages stand for, readable by nobody but their owner."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from lrquiz.errors import QuizError
from lrquiz.model.paper import Papers
from lrquiz.resources.files import PRIVATE, write_bytes

PAPERS_FILE = "papers.json"

_PAPERS = TypeAdapter(Papers)


def papers_bytes(papers: Papers) -> bytes:
    """Return papers as their file holds them."""
    return _PAPERS.dump_json(papers, indent=1, exclude_none=True) + b"\n"


def write_papers(papers: Papers, path: Path) -> None:
    """Write papers for their owner's eyes only.

    Raises:
        OutputError: the file cannot be written.
    """
    write_bytes(path, papers_bytes(papers), PRIVATE)


def read_papers(path: Path) -> Papers:
    """Read a file of papers.

    Raises:
        QuizError: it is missing, no file of papers, of another version, or two papers share an id
            that may not.
    """
    try:
        papers = _PAPERS.validate_json(path.read_bytes())
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise QuizError(message) from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        message = f"{path}: no papers of this version: {place} {first['msg'].lower()}"
        raise QuizError(message) from error
    if (papers.schema, papers.version) != ("lrquiz/papers", 1):
        message = f"{path}: {papers.schema} version {papers.version} is not lrquiz/papers version 1"
        raise QuizError(message)
    _refuse_twins(papers, path)
    return papers


def _refuse_twins(papers: Papers, path: Path) -> None:
    """Refuse two papers of one student, and one id for different items."""
    asked: dict[str, object] = {}
    students = Counter(each.student for each in papers.papers)
    for paper in papers.papers:
        known = asked.setdefault(paper.id, paper.items)
        if students[paper.student] > 1 or known != paper.items:
            message = f"{path}: paper {paper.id} is there twice; generate the exam again"
            raise QuizError(message)
