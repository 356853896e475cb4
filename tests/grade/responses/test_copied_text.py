"""The text that exam pages offer to copy: it says what a file says, or that it was changed."""

from __future__ import annotations

import json
import zlib
from base64 import b32encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.intake import chosen_responses, collect
from lrquiz.grade.responses.parsing import UnreadableResponsesError, parsed
from lrquiz.grade.responses.reading import Exam, read_responses
from lrquiz.model.course import Roster, Student
from tests.grade.responses.examples import PAPERS, QUIZ, RIGHT, written

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ROSTER = Roster((Student("ada", "Ada Lovelace"), Student("bob", "Bob Babbage")))


def copied(quiz: str, paper: str, responses: object) -> str:
    """Return what a page offers: written here by hand, as the page's own script does."""
    content = json.dumps([quiz, paper, responses], ensure_ascii=False).encode()
    letters = b32encode(content + zlib.crc32(content).to_bytes(4)).decode().rstrip("=")
    groups = [letters[at : at + 5] for at in range(0, len(letters), 5)]
    return "LRQUIZ1\n" + " ".join(groups) + "\n"


@given(TEXT, TEXT, st.dictionaries(TEXT, TEXT | st.lists(TEXT, max_size=3), max_size=4))
def test_a_text_says_what_a_file_says(quiz: str, paper: str, responses: dict[str, object]) -> None:
    """However it is wrapped and cased, with or without a byte order mark."""
    text = copied(quiz, paper, responses)
    found = parsed(text.encode())
    assert found == parsed(written(quiz, paper, responses))
    wrapped = "\r\n".join(text.lower().split()).encode("utf-8-sig")
    assert parsed(wrapped) == found


@given(st.data())
def test_a_letter_that_changed_is_noticed(data: st.DataObject) -> None:
    """One letter lost, doubled or made another: the sentence says to copy it again."""
    text = copied("label", "paper-of-ada", RIGHT).replace(" ", "").strip()
    at = data.draw(st.integers(len("LRQUIZ1\n"), len(text) - 2))
    wrong = data.draw(st.sampled_from([*"ABCXYZ2701-é", "", text[at] * 2]).filter(text[at].__ne__))
    with pytest.raises(UnreadableResponsesError, match="checksum does not fit"):
        parsed((text[:at] + wrong + text[at + 1 :]).encode())


@given(st.binary(max_size=60))
def test_nothing_after_the_mark_raises_anything_else(noise: bytes) -> None:
    """Whatever follows the first word, it is read or refused in a sentence."""
    read = read_responses(b"LRQUIZ1 " + noise, Exam(QUIZ, PAPERS), "ada")
    assert read.fault.startswith("this file of responses cannot be scored: ")


@pytest.mark.parametrize("content", [["a", "b"], {"quiz": "a"}, "text", [1, 2, 3]])
def test_a_right_checksum_is_not_enough(content: object) -> None:
    """A text of something else is refused, though nothing of it was changed."""
    inside = json.dumps(content).encode()
    letters = b32encode(inside + zlib.crc32(inside).to_bytes(4)).rstrip(b"=")
    with pytest.raises(UnreadableResponsesError):
        parsed(b"LRQUIZ1 " + letters)


def test_text_files_of_responses_are_collected(tmp_path: Path) -> None:
    """They count by how they begin or are called, whole or torn; other texts are nobody's."""
    for name in ("ada", "bob"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.txt").write_text("my notes")
    text = copied("label", "paper-of-ada", RIGHT)
    (tmp_path / "ada" / "exam.txt").write_text(text)
    (tmp_path / "bob" / "responses-p.txt").write_text(text[9:])
    chosen = chosen_responses(collect(tmp_path, ROSTER))
    assert [(each.student, each.name) for each in chosen.files] == [
        ("ada", "exam.txt"),
        ("bob", "responses-p.txt"),
    ]
    reads = [
        read_responses(each.content, Exam(QUIZ, PAPERS), each.student) for each in chosen.files
    ]
    assert reads[0] == read_responses(
        written("label", "paper-of-ada", RIGHT), Exam(QUIZ, PAPERS), "ada"
    )
    assert "it is not JSON, or was cut short" in reads[1].fault
