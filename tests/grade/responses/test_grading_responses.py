"""Response files become records; what nobody foresaw runs in the real box, once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import pytest

from lrquiz.grade.code.box import Box
from lrquiz.grade.intake import ResponseFile
from lrquiz.grade.responses.grading import grade_responses
from lrquiz.grade.responses.reading import Exam
from lrquiz.model.record import Record
from lrquiz.model.run import Ending, Limits, Run
from lrquiz.model.task import Outcome
from lrquiz.sandbox import Sandbox
from tests.grade.responses.examples import PAPERS, QUIZ, RIGHT, file_of, written

EXAM = Exam(QUIZ, PAPERS)


def no_box(_: str) -> AbstractContextManager[Box]:
    raise AssertionError("a box was opened where nothing has to run")


class CountedBox:
    """The real box, and how often it ran something."""

    def __init__(self, box: Box) -> None:
        self.box, self.runs = box, 0

    def run(self, request: bytes, limits: Limits) -> Run:
        self.runs += 1
        return self.box.run(request, limits)


class BrokenBox:
    """A box that fails as ours would if this machine failed."""

    def run(self, request: bytes, limits: Limits) -> Run:
        del request, limits
        raise OSError("no such device")


def graded(
    files: list[ResponseFile], secret: bytes, box: Box | None = None, exam: Exam = EXAM
) -> dict[str, Record]:
    @contextmanager
    def opened(_: str) -> Iterator[Box]:
        assert box is not None
        yield box

    found = grade_responses(files, exam, secret, no_box if box is None else opened, 2)
    return {each.student: each for each in found}


def test_a_record_holds_what_was_handed_in_and_what_it_gives(secret: bytes) -> None:
    """Every item of the paper is a check; nothing is run where every response was foreseen."""
    content = written("label", "paper-of-ada", RIGHT)
    record = graded([file_of("ada", content)], secret)["ada"]
    assert (record.score, record.points, record.ending, record.tier) == (7, 7, Ending.OK, "")
    assert (record.task, record.task_version, record.paper) == ("q1", "q1", "paper-of-ada")
    assert [each.check for each in record.checks] == [each.item for each in record.responses]
    assert record.source.encode() == content


def test_a_flagged_file_costs_nothing_and_stops_nobody(secret: bytes) -> None:
    """It has no score and no checks, what its student's paper is worth, and a reason."""
    files = [
        file_of("ada", written("label", "paper-of-bob", {})),
        file_of("bob", b"{"),
        file_of("eve", written("label", "paper-of-ada", {})),
        replace(file_of("bob", b""), student="BOB", fault="is larger than it may be"),
    ]
    found = graded(files, secret)
    for record in found.values():
        assert (record.score, record.ending, record.checks) == (None, Ending.REFUSED, ())
        assert record.needs_attention
    assert [found[each].points for each in ("ada", "bob", "eve")] == [7, 3, 0]
    assert "bob" not in found["ada"].detail
    assert found["ada"].staff_notes == ("the paper 'paper-of-bob' is bob's",)
    assert "larger than" in found["BOB"].detail


def test_what_nobody_foresaw_is_run_once(box: Sandbox, secret: bytes) -> None:
    """The same text of two students is one run, and both are told what it showed."""
    counted = CountedBox(box)
    texts = {"ada": "1 / 100", "bob": "1 / 100", "cyd": "1 / 50", "dan": "0.01", "eve": "x\ny"}
    files = [file_of(each, written("q1", "", {"blank": text})) for each, text in texts.items()]
    found = graded(files, secret, counted, Exam(QUIZ))
    blanks = {who: next(e for e in r.responses if e.item == "blank") for who, r in found.items()}
    assert {who: each.ran for who, each in blanks.items()} == {
        "ada": True,
        "bob": True,
        "cyd": False,
        "dan": None,
        "eve": False,
    }
    assert {who: each.score for who, each in found.items()} == {
        "ada": 1,
        "bob": 1,
        "cyd": 0,
        "dan": 1,
        "eve": 0,
    }
    assert counted.runs == 2
    assert (found["ada"].tier, found["dan"].tier, found["eve"].tier) == ("full", "", "")


def test_a_fault_of_ours_is_flagged_and_costs_nothing(secret: bytes) -> None:
    """Where running fails by itself, the item waits for a person and staff are told why."""
    files = [file_of("ada", written("q1", "", {"blank": "1/100", "single": ["b"]}))]
    record = graded(files, secret, BrokenBox(), Exam(QUIZ))["ada"]
    assert (record.score, record.ending) == (None, Ending.INTERNAL_ERROR)
    outcomes = {each.check: each.outcome for each in record.checks}
    assert outcomes["blank"] is Outcome.OPEN
    assert outcomes["single"] is Outcome.PASSED
    assert "no such device" in record.staff_notes[0]
    assert "no such device" not in record.detail


def test_a_digest_is_of_the_bytes() -> None:
    """Two files differ where their bytes do, in one space too."""
    one, other = file_of("ada", b"{}"), file_of("ada", b"{} ")
    assert one.digest != other.digest
    assert one.digest == file_of("bob", b"{}").digest


@pytest.mark.parametrize("text", ["1/100", "0.01"])
def test_grading_in_another_order_changes_nothing(text: str, box: Sandbox, secret: bytes) -> None:
    """Each record follows from its own file alone."""
    files = [file_of(each, written("q1", "", {"blank": text})) for each in ("ada", "bob", "cyd")]
    times = {"seconds": 0.0, "memory_mib": 0.0}
    one, other = (graded(each, secret, box, Exam(QUIZ)) for each in (files, files[::-1]))
    for who, record in one.items():
        assert replace(record, **times) == replace(other[who], **times)  # type: ignore[arg-type]
