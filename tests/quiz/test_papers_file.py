"""Files of papers: read back as they were written, for their owner alone, refused when wrong."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lrquiz.errors import QuizError
from lrquiz.model.paper import Paper, PaperItem, Papers
from lrquiz.quiz import read_papers, write_papers

ITEM = PaperItem("a", "arms.x.lr=0.1", ("right", "wrong"))
OTHER = Paper("p2", "alan", (replace(ITEM, options=()),))
PAPERS = Papers("quiz", "label", "print", (Paper("p1", "ada", (ITEM,), 90.5, "de"), OTHER))


def test_papers_survive_their_file(tmp_path: Path) -> None:
    """Read back they are what was written, and nobody but their owner may read them."""
    path = tmp_path / "papers.json"
    write_papers(PAPERS, path)
    assert read_papers(path) == PAPERS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"schema": "lrquiz/quiz"}, "lrquiz/quiz version 1 is not lrquiz/papers"),
        ({"version": 2}, "version 2 is not"),
        ({"papers": 3}, "papers input should be"),
        ({"papers": [{"id": "p", "student": "ada", "items": []}] * 2}, "twice"),
    ],
)
def test_what_is_no_file_of_papers_is_refused(
    change: dict[str, Any], told: str, tmp_path: Path
) -> None:
    """The message names the file and the place."""
    path = tmp_path / "papers.json"
    write_papers(PAPERS, path)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(QuizError, match=told) as caught:
        read_papers(path)
    assert str(path) in str(caught.value)


def test_one_id_is_never_two_papers(tmp_path: Path) -> None:
    """Two students may have one id only where they are asked the same."""
    path = tmp_path / "papers.json"
    same = replace(PAPERS.papers[0], student="grace", minutes=1.0)
    write_papers(replace(PAPERS, papers=(*PAPERS.papers, same)), path)
    assert read_papers(path).of("grace") == same
    write_papers(replace(PAPERS, papers=(PAPERS.papers[0], replace(OTHER, id="p1"))), path)
    with pytest.raises(QuizError, match="p1 is there twice"):
        read_papers(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """It is an error of the input, not a fault of ours."""
    with pytest.raises(QuizError, match="cannot be read"):
        read_papers(tmp_path / "papers.json")
