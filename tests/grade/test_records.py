"""Records: appended one by one, read back whole, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import RecordsError, SubmissionsError
from lrquiz.grade.records import read_records, records_json, scores_csv
from lrquiz.model.mark import NOTHING_HANDED_IN, Mark
from lrquiz.model.record import CaseCurves, Record
from lrquiz.model.run import Ending
from lrquiz.resources.secret import hidden_seed, load_secret

RECORD = Record(
    student="ada",
    submission="digest",
    source="x = 1",
    task="task",
    task_version="v",
    ending=Ending.OK,
    detail="",
    score=7.0,
    points=10.0,
    curves=(CaseCurves("constant", (0.5, None), (0.5, 0.4)),),
)
MARK = Mark("ada", 7.0, 10.0, "ok", "", "digest")


def write(path: Path, *records: Record) -> Path:
    """Write a file of records as releases before the gradebook did."""
    path.write_text("".join(json.dumps(each) + "\n" for each in records_json(records)))
    return path


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    """What a file holds is read back, the newest record of a student counting."""
    best = replace(RECORD, score=9.0)
    path = write(tmp_path / "records.jsonl", replace(RECORD, student="bob"), RECORD, best)
    assert read_records(path) == (best, replace(RECORD, student="bob"))


@pytest.mark.parametrize("kept", [1, 10, 200])
def test_a_torn_line_is_not_graded_yet(tmp_path: Path, kept: int) -> None:
    """A line that a kill left unfinished is passed over, and that line alone."""
    path = write(tmp_path / "records.jsonl", replace(RECORD, student="bob"))
    whole = path.read_bytes()
    path.write_bytes(whole + write(path, RECORD).read_bytes()[:kept])
    assert [each.student for each in read_records(path)] == ["bob"]


def test_what_is_no_record_is_refused(tmp_path: Path) -> None:
    """A missing file, one of something else, or one of another version is told in a sentence."""
    with pytest.raises(RecordsError, match="cannot be read"):
        read_records(tmp_path / "none")
    (tmp_path / "other").write_text("hello\n")
    with pytest.raises(RecordsError, match="holds no records"):
        read_records(tmp_path / "other")
    write(tmp_path / "old", replace(RECORD, version=0))
    with pytest.raises(RecordsError, match="version 0"):
        read_records(tmp_path / "old")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_cell_is_a_formula(name: str) -> None:
    """Whatever a student is called, no cell of the scores begins as a formula does."""
    mark = replace(MARK, student=name, detail=name, shared_by=name)
    rows = list(csv.reader(io.StringIO(scores_csv([mark]))))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in rows[1])


def test_open_scores_are_blank() -> None:
    """A submission that awaits a person has no score in the file, not a zero."""
    text = scores_csv([replace(MARK, score=None, ending="internal error")])
    assert text.splitlines()[1].startswith("ada,,10,internal error")


def test_scores_tell_what_the_machine_gave() -> None:
    """Beside what counts stand the machine's score and whether a person changed it."""
    adjusted = replace(MARK, machine=5.0, adjusted=True)
    rows = list(csv.DictReader(io.StringIO(scores_csv([adjusted, MARK]))))
    assert [(row["score"], row["machine"], row["adjusted"]) for row in rows] == [
        ("7", "5", "yes"),
        ("7", "", ""),
    ]


def test_who_handed_in_nothing_needs_nobody_to_look() -> None:
    """The row has neither a score nor a zero, and is not among those that wait for a person."""
    missing = replace(MARK, score=None, ending=NOTHING_HANDED_IN, submission="")
    (row,) = csv.DictReader(io.StringIO(scores_csv([missing])))
    assert (row["score"], row["ending"], row["needs_attention"]) == ("", "nothing handed in", "")


def test_a_secret_is_made_once_and_kept_private(tmp_path: Path) -> None:
    """The secret is random, stays the same, and is readable by its owner only."""
    path = tmp_path / "staff" / "secret"
    assert load_secret(path) == load_secret(path)
    assert load_secret(path) != load_secret(tmp_path / "other")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text("not hex")
    with pytest.raises(SubmissionsError, match="not a secret"):
        load_secret(path)
    path.write_text("abcd")
    with pytest.raises(SubmissionsError, match="shorter"):
        load_secret(path)


@given(st.lists(st.text(), min_size=1), st.lists(st.text(), min_size=1))
def test_hidden_seeds_follow_their_purpose(one: list[str], other: list[str]) -> None:
    """A seed fits torch, is the same for the same purpose, and differs between purposes."""
    first, second = (hidden_seed(b"k" * 32, *purpose) for purpose in (one, other))
    assert 0 <= first < 2**63
    assert first == hidden_seed(b"k" * 32, *one)
    assert hidden_seed(b"l" * 32, *one) != first
    if "\0".join(one) != "\0".join(other):
        assert first != second
